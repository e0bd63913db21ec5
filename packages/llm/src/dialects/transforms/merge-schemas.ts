import type { JsonSchemaObject } from "@mcs/core";
import { isObject } from "../codec.ts";
import { formsOf, leftOver, type FlatSchema } from "./flat-schema.ts";

/** Both hold: how two values of one keyword become one. `undefined` if they do not. */
type Merge = (one: unknown, other: unknown) => unknown;

const larger: Merge = (one, other) => Math.max(Number(one), Number(other));
const smaller: Merge = (one, other) => Math.min(Number(one), Number(other));
const second: Merge = (_, other) => other;
const bothSchemas: Merge = (one, other) => ({ allOf: [one, other] });
const either: Merge = (one, other) => one === true || other === true;

const merges: Readonly<Record<string, Merge>> = {
  $comment: second,
  $defs: second,
  additionalProperties: mergeRest,
  default: second,
  deprecated: either,
  description: (one, other) => (other === "" ? one : other),
  enum: (one, other) => {
    const allowed = new Set(listOf(other).map((value) => JSON.stringify(value)));
    return listOf(one).filter((value) => allowed.has(JSON.stringify(value)));
  },
  example: second,
  examples: second,
  exclusiveMaximum: smaller,
  exclusiveMinimum: larger,
  items: bothSchemas,
  maxItems: smaller,
  maxLength: smaller,
  maxProperties: smaller,
  maximum: smaller,
  minItems: larger,
  minLength: larger,
  minProperties: larger,
  minimum: larger,
  patternProperties: mergeMaps,
  properties: mergeMaps,
  propertyNames: bothSchemas,
  required: (one, other) => [...new Set([...listOf(one), ...listOf(other)])],
  title: second,
  type: mergeTypes,
  unevaluatedProperties: mergeRest,
  uniqueItems: either,
};

/** A schema that only fits what fits both. Where the two disagree in a keyword that has no middle, it is left over. */
export function mergeSchemas(one: FlatSchema, other: FlatSchema): FlatSchema {
  const merged: Record<string, unknown> = { ...one };
  const left = [...(one[leftOver] ?? []), ...(other[leftOver] ?? [])];
  for (const [keyword, value] of Object.entries(other)) {
    // One choice beside another cannot be merged without multiplying them.
    const isSecondChoice = (keyword === "anyOf" || keyword === "oneOf") && formsOf(one) !== undefined;
    if (!Object.hasOwn(merged, keyword) && !isSecondChoice) {
      merged[keyword] = value;
      continue;
    }
    if (!isSecondChoice && JSON.stringify(merged[keyword]) === JSON.stringify(value)) continue;
    const both = isSecondChoice ? undefined : merges[keyword]?.(merged[keyword], value);
    if (both === undefined) left.push({ [keyword]: value });
    else merged[keyword] = both;
  }
  return left.length > 0 ? { ...merged, [leftOver]: left } : merged;
}

function mergeMaps(one: unknown, other: unknown): unknown {
  const merged = new Map(Object.entries(isObject(one) ? one : {}));
  for (const [key, schema] of Object.entries(isObject(other) ? other : {})) {
    const known = merged.get(key);
    const isNew = known === undefined || JSON.stringify(known) === JSON.stringify(schema);
    merged.set(key, isNew ? schema : bothSchemas(known, schema));
  }
  return Object.fromEntries(merged);
}

/** A part that is closed against its own properties only must not hide those of the other part. */
function mergeRest(one: unknown, other: unknown): unknown {
  if (one === false || other === false) return false;
  if (isObject(one) && isObject(other)) return bothSchemas(one, other);
  return isObject(one) ? one : other;
}

function mergeTypes(one: unknown, other: unknown): unknown {
  const [left, right] = [typesIn(one), typesIn(other)];
  const both = left.filter(
    (type) => right.includes(type) || (type === "integer" && right.includes("number")),
  );
  if (right.includes("integer") && left.includes("number") && !both.includes("integer")) both.push("integer");
  if (both.length === 0) return undefined;
  return both.length === 1 ? both[0] : both;
}

/** The values of `type`, which is one or a list. */
export function typesIn(type: unknown): unknown[] {
  return Array.isArray(type) ? type : [type];
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

/** Only says something to people. */
export function isAnnotation(keyword: string): boolean {
  return annotations.has(keyword);
}

const annotations = new Set([
  "$anchor",
  "$comment",
  "$defs",
  "$id",
  "$schema",
  "contentEncoding",
  "contentMediaType",
  "contentSchema",
  "default",
  "definitions",
  "deprecated",
  "description",
  "discriminator",
  "example",
  "examples",
  "externalDocs",
  "nullable",
  "readOnly",
  "title",
  "writeOnly",
  "xml",
]);

/** Whether a schema restricts nothing by itself. */
export function isOnlyAnnotated(schema: JsonSchemaObject): boolean {
  return Object.keys(schema).every((keyword) => isAnnotation(keyword) || keyword.startsWith("x-"));
}
