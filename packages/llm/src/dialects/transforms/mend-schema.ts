import type { JsonSchemaObject } from "@mcs/core";
import { fillTemplate } from "../../prompt-strategy.ts";
import { isObject, sameCodec } from "../codec.ts";
import type { Losses } from "../losses.ts";
import type { SchemaRules } from "../rules/schema-rules.ts";
import { keywordTexts, formTexts } from "../texts.ts";
import { isLegalName, toWireNames } from "../wire-names.ts";
import { describe, type CompiledSchema } from "./compiled-schema.ts";
import { isTakenPattern } from "./drop-keywords.ts";
import { createInliner } from "./inline-references.ts";
import { objectCodec, type Property } from "./object-codec.ts";
import { schemaVocabulary } from "./schema-vocabulary.ts";

/** Levels; no schema that means anything is deeper. */
const deepest = 100;

/**
 * The schema as it is, for a provider that takes all of JSON Schema: only what is none is removed, because it would be
 * refused, and the arguments get names that the provider takes.
 *
 * @returns `undefined` if it is too deep.
 */
export function mendSchema(
  root: Readonly<Record<string, unknown>>,
  rules: SchemaRules,
  losses: Losses,
): CompiledSchema | undefined {
  let isTooDeep = false;
  const dangling = new Set<string>();
  const inliner = createInliner(root, (reference) => dangling.add(reference));

  function mend(schema: unknown, path: string, depth: number): unknown {
    if (!isObject(schema)) return schema === false ? false : {};
    if (depth > deepest) {
      isTooDeep = true;
      return {};
    }
    const notes: string[] = [];
    const mended: [string, unknown][] = [];
    const inside = (value: unknown, ...tokens: readonly (string | number)[]): unknown =>
      mend(value, [path, ...tokens].join("/"), depth + 1);
    for (const [keyword, value] of Object.entries(schema)) {
      if (keyword === "pattern" && typeof value === "string" && !isTakenPattern(value, rules)) {
        losses.add("dropped_keyword", path, keyword);
        notes.push(fillTemplate(keywordTexts["pattern"] ?? "", { value }));
        continue;
      }
      const { kind = "unknown", fits } = schemaVocabulary.get(keyword) ?? {};
      if (fits?.(value) === false || (keyword === "$ref" && isDangling(String(value)))) {
        losses.add("invalid_keyword", path, keyword);
      } else if (kind === "schema") mended.push([keyword, inside(value, keyword)]);
      else if (kind === "list") {
        mended.push([keyword, (value as unknown[]).map((item, index) => inside(item, keyword, index))]);
      } else if (kind === "map") {
        const members = Object.entries(value as object).filter(
          ([key]) => keyword !== "patternProperties" || isTakenPattern(key, rules),
        );
        mended.push([
          keyword,
          Object.fromEntries(members.map(([key, member]) => [key, inside(member, keyword, key)])),
        ]);
      } else if (kind === "names") mended.push([keyword, [...new Set(value as string[])]]);
      else if (kind !== "identity") mended.push([keyword, value]);
    }
    if (notes.length === 0) return Object.fromEntries(mended);
    return { ...Object.fromEntries(mended), ...describe(schema["description"], notes) };
  }

  function isDangling(reference: string): boolean {
    inliner.flatten({ $ref: reference }, new Set());
    return dangling.has(reference);
  }

  const schema = mend(root, "", 0) as JsonSchemaObject;
  return isTooDeep ? undefined : nameArguments(schema, rules, losses);
}

/** Gives the arguments names that the provider takes. */
function nameArguments(schema: JsonSchemaObject, { keys }: SchemaRules, losses: Losses): CompiledSchema {
  const given = Object.entries(schema.properties ?? {});
  const base = { nullable: false, types: new Set(["object"] as const) };
  const asIs = sameCodec(isObject);
  if (keys === undefined || given.every(([key]) => isLegalName(key, keys)))
    return { ...base, schema, ...asIs };
  const names = toWireNames(
    given.map(([key]) => key),
    keys,
  );
  const required = schema.required ?? [];
  const properties = given.map(([key, member]): Property => {
    const wireKey = names.get(key) ?? key;
    if (wireKey !== key) losses.add("renamed_property", `/properties/${key}`, `${key} ↦ ${wireKey}`);
    const note = wireKey === key ? [] : [fillTemplate(formTexts.originalName, { name: key })];
    const named = typeof member === "boolean" ? {} : member;
    return {
      key,
      wireKey,
      isRequired: false,
      schema: wireKey === key ? named : { ...named, ...describe(named.description, note) },
      nullMeansAbsent: false,
      ...sameCodec(() => true),
    };
  });
  return {
    ...base,
    schema: {
      ...schema,
      properties: Object.fromEntries(properties.map(({ wireKey, schema: member }) => [wireKey, member])),
      ...(required.length > 0 && { required: required.map((key) => names.get(key) ?? key) }),
    },
    ...objectCodec(properties, undefined, true),
  };
}
