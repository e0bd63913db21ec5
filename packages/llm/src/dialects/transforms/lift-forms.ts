import { isObject } from "../codec.ts";
import { fillTemplate } from "../../prompt-strategy.ts";
import { formTexts } from "../texts.ts";
import { formsOf, type FlatSchema } from "./flat-schema.ts";
import type { Inliner, OpenReferences } from "./inline-references.ts";
import { isAnnotation, isOnlyAnnotated, mergeSchemas } from "./merge-schemas.ts";

export interface Lifted {
  readonly schema: FlatSchema;
  readonly open: OpenReferences;
  /** What the schema no longer says, for the description. */
  readonly notes: readonly string[];
}

const liftable = new Set(["properties", "required", "type", "additionalProperties", "anyOf", "oneOf"]);

/**
 * An object with properties of its own and forms to choose from, as one object that has the properties of all forms, those
 * that only some forms have being optional.
 */
export function liftForms(schema: FlatSchema, open: OpenReferences, inliner: Inliner): Lifted {
  const forms = formsOf(schema);
  if (forms === undefined) return { schema, open, notes: [] };
  const { anyOf: _any, oneOf: _one, ...base } = schema;
  const properties = new Map<string, unknown[]>();
  const requirements: string[][] = [];
  let opened = open;
  for (const form of forms) {
    const flat = inliner.flatten(form, open);
    if (flat.kind === "recursion") {
      requirements.push(["…"]);
      continue;
    }
    const lifted = liftForms(flat.schema, flat.open, inliner);
    opened = new Set([...opened, ...lifted.open]);
    for (const [key, member] of membersOf(lifted.schema)) {
      const known = properties.get(key) ?? [];
      if (!known.some((other) => JSON.stringify(other) === JSON.stringify(member))) known.push(member);
      properties.set(key, known);
    }
    requirements.push(describeForm(lifted.schema));
  }
  const merged = [...properties].map(
    ([key, schemas]) => [key, schemas.length === 1 ? schemas[0] : { anyOf: schemas }] as const,
  );
  const shared = requiredByAll(requirements);
  const own: FlatSchema = {
    ...base,
    properties: {
      ...Object.fromEntries(merged),
      ...Object.fromEntries(
        membersOf(base).filter(([key, member]) => !properties.has(key) || !saysNothing(member)),
      ),
    } as NonNullable<FlatSchema["properties"]>,
  };
  return {
    schema: shared.length === 0 ? own : mergeSchemas(own, { required: shared }),
    open: opened,
    notes: [
      fillTemplate(formTexts.forms, {
        forms: requirements.map((keys) => `(${keys.join(", ")})`).join(", or "),
      }),
    ],
  };
}

/** The form that is chosen says more. */
function saysNothing(schema: unknown): boolean {
  return !isObject(schema) || isOnlyAnnotated(schema);
}

function membersOf(schema: FlatSchema): readonly (readonly [string, unknown])[] {
  return Object.entries(isObject(schema.properties) ? schema.properties : {});
}

/** The keys of a form, optional ones with `?`, and whatever else it demands. */
function describeForm(schema: FlatSchema): string[] {
  const required = Array.isArray(schema.required) ? schema.required.map(String) : [];
  const optional = membersOf(schema)
    .map(([key]) => key)
    .filter((key) => !required.includes(key));
  const others = Object.keys(schema).filter((keyword) => !liftable.has(keyword) && !isAnnotation(keyword));
  return [
    ...required,
    ...optional.map((key) => `${key}?`),
    ...others.map((keyword) => `${keyword}: ${JSON.stringify(schema[keyword]).slice(0, 100)}`),
  ];
}

function requiredByAll([first = [], ...rest]: readonly (readonly string[])[]): string[] {
  return first.filter(
    (key) => !key.endsWith("?") && !key.includes(": ") && rest.every((keys) => keys.includes(key)),
  );
}
