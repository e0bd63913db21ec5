import type { JsonSchemaObject } from "@mcs/core";
import { fillTemplate } from "../../prompt-strategy.ts";
import { isObject, withNull, type Codec } from "../codec.ts";
import { formTexts } from "../texts.ts";
import { toWireNames } from "../wire-names.ts";
import { describe, within, type Compilation, type CompiledSchema, type Place } from "./compiled-schema.ts";
import { describeForm } from "./describe-form.ts";
import { dropKeywords } from "./drop-keywords.ts";
import type { FlatSchema } from "./flat-schema.ts";
import { compileMap, restOf } from "./free-map.ts";
import { asJsonText } from "./json-text.ts";
import { nullForAbsent, writeNullable } from "./nullable.ts";
import { objectCodec, type Property } from "./object-codec.ts";
import { textOf } from "./scalar.ts";
import { sketch } from "./sketch.ts";

const structural = [
  "type",
  "properties",
  "required",
  "additionalProperties",
  "patternProperties",
  "unevaluatedProperties",
];

/** An object: its properties by the names that the provider takes, and whatever else it may hold. */
export function compileObject(
  schema: FlatSchema,
  extraNotes: readonly string[],
  compilation: Compilation,
  place: Place,
): CompiledSchema {
  const { rules, losses } = compilation;
  const isRoot = place.depth === 0;
  const members = membersOf(schema);
  const rest = restOf(schema, members.length === 0);
  const { kept, notes: dropped } = dropKeywords(schema, "object", structural, compilation, place);
  const notes = [...extraNotes, ...dropped];
  if (rules.enforced && members.length === 0 && !isRoot) {
    if (rest !== undefined) return compileMap(schema, rest, notes, compilation, place);
    if (!rules.emptyObjects) {
      losses.add("json_text", place.path);
      return asJsonText({ description: textOf(schema), notes, types: new Set(["object"]), sketch: "{}" });
    }
  }
  const properties = compileProperties(members, compilation, place, isRoot);
  const isUnsaid = schema.additionalProperties === undefined && schema["unevaluatedProperties"] === undefined;
  const wireRest =
    rest === undefined || !rules.enforced ? undefined : compileRest(rest, properties, compilation, place);
  if (rules.enforced && rest === undefined && isUnsaid) losses.add("closed_object", place.path);
  const all = wireRest === undefined ? properties : [...properties, wireRest];
  const written: JsonSchemaObject = {
    type: "object",
    ...kept,
    ...describe(textOf(schema), [...notes, ...(rules.enforced ? [] : openNotes(schema, compilation, place))]),
    properties: Object.fromEntries(all.map(({ wireKey, schema: member }) => [wireKey, member])),
    ...requiredOf(all, rules.optional === "null"),
    ...closing(schema, compilation),
  };
  return {
    schema: isRoot && rules.rootKeywords !== undefined ? onlyKeywords(written, rules.rootKeywords) : written,
    nullable: false,
    types: new Set(["object"]),
    tags: new Map(
      properties.flatMap(({ wireKey, isRequired, texts }) => (isRequired && texts ? [[wireKey, texts]] : [])),
    ),
    ...objectCodec(properties, wireRest, rules.enforced || schema.additionalProperties === false),
  };
}

/** Its properties, with those that are required and nowhere described. */
function membersOf({ properties, required }: FlatSchema): readonly (readonly [string, unknown, boolean])[] {
  const named = Object.entries(isObject(properties) ? properties : {}).filter(
    ([, member]) => member !== false,
  );
  const needed = new Set(Array.isArray(required) ? required.filter((key) => typeof key === "string") : []);
  const known = new Set(named.map(([key]) => key));
  const unnamed = [...needed].filter((key) => !known.has(key));
  return [
    ...named.map(([key, member]) => [key, member, needed.has(key)] as const),
    ...unnamed.map((key) => [key, {}, true] as const),
  ];
}

function compileProperties(
  members: ReturnType<typeof membersOf>,
  compilation: Compilation,
  place: Place,
  isRoot: boolean,
): readonly Property[] {
  const { rules, losses } = compilation;
  const names = members.map(([key]) => key);
  const isNamed = rules.keys !== undefined && (isRoot || rules.keys.everywhere);
  const wireKeys =
    isNamed && rules.keys ? toWireNames(names, rules.keys) : new Map(names.map((key) => [key, key]));
  return members.map(([key, member, isRequired]) => {
    const at = within(place, ["properties", key], 1);
    const compiled = compilation.compile(member, at);
    const wireKey = wireKeys.get(key) ?? key;
    const called = wireKey === key ? [] : [fillTemplate(formTexts.originalName, { name: key })];
    const named = { ...compiled, schema: describeForm(compiled.schema, [], called, rules) };
    if (wireKey !== key) losses.add("renamed_property", at.path, `${key} ↦ ${wireKey}`);
    return {
      key,
      wireKey,
      isRequired,
      ...(compiled.texts && compiled.same && { texts: compiled.texts }),
      ...optional(named, isRequired, compilation),
    };
  });
}

function optional(
  compiled: CompiledSchema,
  isRequired: boolean,
  { rules }: Compilation,
): Codec & Pick<Property, "schema" | "nullMeansAbsent"> {
  if (!isRequired && rules.optional === "null") return nullForAbsent(compiled, rules);
  const { same, encode, decode } = compiled.nullable ? withNull(compiled) : compiled;
  return { same, encode, decode, schema: writeNullable(compiled, rules), nullMeansAbsent: false };
}

function compileRest(
  rest: NonNullable<ReturnType<typeof restOf>>,
  properties: readonly Property[],
  compilation: Compilation,
  place: Place,
): Property {
  const taken = new Set(properties.map(({ wireKey }) => wireKey));
  let wireKey: string = formTexts.restName;
  while (taken.has(wireKey)) wireKey += "_";
  const map = compileMap({ description: formTexts.rest }, rest, [], compilation, within(place, [], 1));
  return { key: wireKey, wireKey, isRequired: false, ...optional(map, false, compilation) };
}

function requiredOf(
  all: readonly Property[],
  everything: boolean,
): { readonly required?: readonly string[] } {
  const required = all.filter(({ isRequired }) => everything || isRequired).map(({ wireKey }) => wireKey);
  return required.length > 0 || everything ? { required } : {};
}

/** Whether further properties are allowed, in the provider's words. */
function closing(schema: FlatSchema, { rules }: Compilation): JsonSchemaObject {
  if (!rules.keywords.has("additionalProperties")) return {};
  if (rules.enforced) return { additionalProperties: false };
  const { additionalProperties: rest } = schema;
  return typeof rest === "boolean" ? { additionalProperties: rest } : {};
}

/** What the values of a map are, where the schema cannot say it. */
function openNotes(schema: FlatSchema, { inliner }: Compilation, place: Place): readonly string[] {
  const rest = restOf(schema, false);
  if (rest?.values === undefined) return [];
  return [fillTemplate(formTexts.map, { sketch: sketch(rest.values, inliner, place.open) })];
}

function onlyKeywords(schema: JsonSchemaObject, keywords: ReadonlySet<string>): JsonSchemaObject {
  return Object.fromEntries(
    Object.entries(schema).filter(([keyword]) => keyword === "type" || keywords.has(keyword)),
  );
}
