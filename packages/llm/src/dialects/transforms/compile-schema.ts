import { fillTemplate } from "../../prompt-strategy.ts";
import { isObject, sameCodec, typeOf, type JsonType } from "../codec.ts";
import type { Losses } from "../losses.ts";
import type { SchemaLimits, SchemaRules } from "../rules/schema-rules.ts";
import { formTexts } from "../texts.ts";
import { compileArray } from "./array.ts";
import { describe, type Compilation, type CompiledSchema, type Place } from "./compiled-schema.ts";
import { dropKeywords } from "./drop-keywords.ts";
import { formsOf, type FlatSchema } from "./flat-schema.ts";
import { createInliner } from "./inline-references.ts";
import { asJsonText } from "./json-text.ts";
import { liftForms } from "./lift-forms.ts";
import { isAnnotation, isOnlyAnnotated, typesIn } from "./merge-schemas.ts";
import { compileObject } from "./object.ts";
import { compileEnum, compileScalar, textOf } from "./scalar.ts";
import { sketch } from "./sketch.ts";
import { joinForms } from "./union.ts";

/** How far a schema is followed. */
export interface Extent {
  readonly limits: SchemaLimits;
  /** As in {@link Compilation.longestEnum}. */
  readonly longestEnum: number;
  /** Schemas, counted where they end up; references in place multiply them. */
  readonly mostSchemas: number;
}

const scalars = new Set<unknown>(["string", "number", "integer", "boolean"]);
const typeNames = new Set<unknown>([...scalars, "array", "null", "object"]);
const objectKeywords = ["properties", "additionalProperties", "patternProperties"];

/** Keywords that say which type is meant where none is named. */
const tellingKeywords: readonly (readonly [string, readonly string[]])[] = [
  ["object", [...objectKeywords, "required", "propertyNames", "minProperties", "maxProperties"]],
  ["array", ["items", "prefixItems", "minItems", "maxItems", "uniqueItems"]],
  ["string", ["pattern", "minLength", "maxLength", "format"]],
  ["number", ["minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf"]],
];

/**
 * Rebuilds the schema of a tool's arguments from what a provider takes.
 *
 * @returns `undefined` if it has more schemas than wanted.
 */
export function compileSchema(
  root: Readonly<Record<string, unknown>>,
  rules: SchemaRules,
  { limits, longestEnum, mostSchemas }: Extent,
  losses: Losses,
): CompiledSchema | undefined {
  let count = 0;
  const compilation: Compilation = {
    rules,
    limits,
    longestEnum,
    losses,
    inliner: createInliner(root, (reference) => losses.add("invalid_keyword", "", `$ref ${reference}`)),
    compile(schema, place) {
      count += 1;
      return count > mostSchemas ? unknown : compile(schema, place, compilation);
    },
  };
  const compiled = compilation.compile(root, { path: "", depth: 0, open: new Set() });
  return count > mostSchemas ? undefined : compiled;
}

/** Stands for what is not looked at any more. */
const unknown: CompiledSchema = { schema: {}, nullable: false, types: new Set(), ...sameCodec(() => true) };

const onlyNull: CompiledSchema = {
  schema: { type: "null" },
  nullable: true,
  types: new Set(),
  ...sameCodec((value) => value === null),
};

function compile(given: unknown, place: Place, compilation: Compilation): CompiledSchema {
  const flat = compilation.inliner.flatten(given, place.open);
  if (flat.kind === "recursion") return cut("cut_recursion", given, flat.schema, place, compilation);
  const { schema } = flat;
  const at = { ...place, open: flat.open };
  const forms = formsOf(schema);
  if (forms !== undefined) return compileForms(schema, forms, at, compilation);
  const values = "const" in schema ? [schema.const] : schema.enum;
  if (Array.isArray(values) && values.length > 0) {
    return values.every((value) => value === null)
      ? nullOnly(compilation)
      : compileEnum(schema, values, compilation, at);
  }
  return compileTypes(schema, given, at, compilation);
}

function compileForms(
  schema: FlatSchema,
  forms: readonly unknown[],
  place: Place,
  compilation: Compilation,
): CompiledSchema {
  const { inliner, losses } = compilation;
  const { anyOf: _any, oneOf: _one, ...own } = schema;
  const flatForms = forms.map((form) => inliner.flatten(form, place.open));
  const isObjectWithForms = objectKeywords.some((keyword) => isObject(own[keyword]));
  const areConditions = flatForms.every((flat) => flat.kind === "schema" && isCondition(flat.schema));
  if (isObjectWithForms || areConditions) {
    losses.add("merged_forms", place.path);
    const lifted = liftForms(schema, place.open, inliner);
    const at = { ...place, open: lifted.open };
    const object = compileContainer("object", lifted.schema, schema, at, compilation, lifted.notes);
    // The forms are those of an object, whatever else the value may be.
    const others = own.type === undefined ? [] : typesIn(own.type).filter((type) => type !== "object");
    if (others.length === 0) return object;
    const rest = compilation.compile({ ...own, description: undefined, type: others }, place);
    return joinForms([object, rest], {}, compilation);
  }
  const restrictions = Object.fromEntries(Object.entries(own).filter(([keyword]) => !isAnnotation(keyword)));
  const isFree = isOnlyAnnotated(own);
  const compiled = forms.map((form, index) => {
    const branch = isFree ? form : { allOf: [form, restrictions] };
    const at = { ...place, path: `${place.path}/${schema.anyOf === undefined ? "oneOf" : "anyOf"}/${index}` };
    const label = labelOf(form);
    return { ...compilation.compile(branch, at), ...(label !== undefined && { label }) };
  });
  const { notes } = dropKeywords(
    Object.fromEntries(Object.entries(own).filter(([keyword]) => isAnnotation(keyword))),
    "",
    [],
    compilation,
    place,
  );
  return joinForms(compiled, describe(textOf(own), notes), compilation);
}

/** Restricts an object without naming a property. */
function isCondition(schema: FlatSchema): boolean {
  const keywords = Object.keys(schema).filter((keyword) => !isAnnotation(keyword));
  return keywords.length > 0 && keywords.every((keyword) => keyword === "required" || keyword === "not");
}

function labelOf(form: unknown): string | undefined {
  if (!isObject(form)) return undefined;
  const { title, $ref: reference } = form;
  if (typeof reference === "string") return reference.split("/").at(-1);
  return typeof title === "string" && title !== "" ? title : undefined;
}

function compileTypes(
  schema: FlatSchema,
  given: unknown,
  place: Place,
  compilation: Compilation,
): CompiledSchema {
  const { rules, losses } = compilation;
  const named = [...new Set(typesIn(schema.type).filter((type) => typeNames.has(type)))].map(String);
  const told =
    named.length > 0
      ? undefined
      : tellingKeywords.find(([, keywords]) => keywords.some((one) => one in schema));
  if (told !== undefined) losses.add("assumed_type", place.path, told[0]);
  const all = told === undefined ? named : [told[0]];
  if (all.length === 0) return anyValue(schema, place, compilation);
  const nullable = all.includes("null");
  const types = all.filter((type) => type !== "null" && !(type === "integer" && all.includes("number")));
  const [type] = types;
  if (type === undefined) return nullOnly(compilation);
  const isOne = types.length === 1 || (rules.nulls === "type" && types.every((name) => scalars.has(name)));
  const compiled = !isOne
    ? joinForms(
        types.map((name) => compilation.compile({ ...schema, type: name, description: undefined }, place)),
        describe(textOf(schema), []),
        compilation,
      )
    : scalars.has(type)
      ? compileScalar(schema, types, compilation, place)
      : compileContainer(type, schema, given, place, compilation);
  return nullable ? { ...compiled, nullable } : compiled;
}

function compileContainer(
  type: string,
  schema: FlatSchema,
  given: unknown,
  place: Place,
  compilation: Compilation,
  notes: readonly string[] = [],
): CompiledSchema {
  const { nesting = Infinity } = compilation.limits;
  if (place.depth >= nesting) return cut("cut_nesting", given, schema, place, compilation);
  return type === "object"
    ? compileObject(schema, notes, compilation, place)
    : compileArray(schema, compilation, place);
}

/** A value that may be anything. */
function anyValue(schema: FlatSchema, place: Place, compilation: Compilation): CompiledSchema {
  const { kept, notes } = dropKeywords(schema, "", [], compilation, place);
  if (!compilation.rules.enforced) return openForm({ ...kept, ...describe(textOf(schema), notes) });
  compilation.losses.add("json_text", place.path);
  return asJsonText({ description: textOf(schema), notes, sketch: formTexts.jsonAny });
}

/** What lies deeper than the provider takes, or contains itself. */
function cut(
  code: "cut_recursion" | "cut_nesting",
  given: unknown,
  schema: FlatSchema,
  place: Place,
  { rules, losses, inliner }: Compilation,
): CompiledSchema {
  losses.add(code, place.path);
  const form = sketch(given, inliner, new Set());
  if (!rules.enforced) {
    const notes = [fillTemplate(formTexts.openForm, { sketch: form })];
    return openForm(describe(schema.description, notes));
  }
  const types = typesIn(schema.type).filter((type) => typeNames.has(type) && type !== "null");
  const known = types.length === 0 ? {} : { types: new Set(types.map(toJsonType)) };
  return asJsonText({ description: schema.description, sketch: form, ...known });
}

function toJsonType(type: unknown): JsonType {
  return type === "integer" ? "number" : (type as JsonType);
}

function openForm(schema: CompiledSchema["schema"]): CompiledSchema {
  const types = new Set<JsonType>(["array", "boolean", "number", "object", "string"]);
  return { schema, nullable: false, types, ...sameCodec((value) => typeOf(value) !== undefined) };
}

function nullOnly({ rules }: Compilation): CompiledSchema {
  // Gemini has no type for null alone.
  return rules.nulls === "type"
    ? onlyNull
    : { ...onlyNull, schema: { type: "string", description: formTexts.onlyNull } };
}
