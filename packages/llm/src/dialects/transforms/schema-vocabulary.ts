import { isObject } from "../codec.ts";

/** What a keyword of JSON Schema holds. */
export interface Keyword {
  /** One schema, a list or a map of them, names without repetition, a plain value, or what tells a schema from others. */
  readonly kind: "schema" | "list" | "map" | "names" | "plain" | "identity";
  /** Whether a value is allowed; absent: any is. */
  readonly fits?: (value: unknown) => boolean;
}

const isSchema = (value: unknown): boolean => typeof value === "boolean" || isObject(value);
const isText = (value: unknown): boolean => typeof value === "string";
const isNumber = (value: unknown): boolean => typeof value === "number" && Number.isFinite(value);
const isCount = (value: unknown): boolean => Number.isInteger(value) && Number(value) >= 0;
const isTruth = (value: unknown): boolean => typeof value === "boolean";
const isTexts = (value: unknown): boolean => Array.isArray(value) && value.every(isText);

const typeNames = new Set<unknown>(["array", "boolean", "integer", "null", "number", "object", "string"]);
const isTypes = (value: unknown): boolean =>
  typeNames.has(value) ||
  (Array.isArray(value) &&
    value.length > 0 &&
    value.every((type) => typeNames.has(type)) &&
    new Set(value).size === value.length);

const schema: Keyword = { kind: "schema", fits: isSchema };
const list: Keyword = {
  kind: "list",
  fits: (value) => Array.isArray(value) && value.length > 0 && value.every(isSchema),
};
const map: Keyword = {
  kind: "map",
  fits: (value) => isObject(value) && Object.values(value).every(isSchema),
};
const names: Keyword = { kind: "names", fits: isTexts };
const text: Keyword = { kind: "plain", fits: isText };
const count: Keyword = { kind: "plain", fits: isCount };
const number: Keyword = { kind: "plain", fits: isNumber };
const truth: Keyword = { kind: "plain", fits: isTruth };
const identity: Keyword = { kind: "identity" };

/** The keywords of JSON Schema 2020-12, as its meta-schemas describe them. */
export const schemaVocabulary: ReadonlyMap<string, Keyword> = new Map<string, Keyword>([
  ...Object.entries({
    $anchor: identity,
    $comment: text,
    $defs: map,
    $dynamicAnchor: identity,
    $dynamicRef: identity,
    $id: identity,
    $ref: text,
    $schema: identity,
    $vocabulary: identity,
    additionalProperties: schema,
    allOf: list,
    anyOf: list,
    contains: schema,
    contentEncoding: text,
    contentMediaType: text,
    contentSchema: schema,
    definitions: map,
    dependentRequired: {
      kind: "plain",
      fits: (value) => isObject(value) && Object.values(value).every(isTexts),
    },
    dependentSchemas: map,
    deprecated: truth,
    description: text,
    else: schema,
    enum: { kind: "plain", fits: Array.isArray },
    examples: { kind: "plain", fits: Array.isArray },
    exclusiveMaximum: number,
    exclusiveMinimum: number,
    format: text,
    if: schema,
    items: schema,
    maxContains: count,
    maxItems: count,
    maxLength: count,
    maxProperties: count,
    maximum: number,
    minContains: count,
    minItems: count,
    minLength: count,
    minProperties: count,
    minimum: number,
    multipleOf: { kind: "plain", fits: (value) => isNumber(value) && Number(value) > 0 },
    not: schema,
    oneOf: list,
    pattern: text,
    patternProperties: map,
    prefixItems: list,
    properties: map,
    propertyNames: schema,
    readOnly: truth,
    required: names,
    title: text,
    type: { kind: "plain", fits: isTypes },
    unevaluatedItems: schema,
    unevaluatedProperties: schema,
    uniqueItems: truth,
    writeOnly: truth,
  } satisfies Record<string, Keyword>),
  ["then", schema],
]);
