import type { Refuse } from "./check-whole-schema.ts";
import { isObject, typeOf } from "./codec.ts";
import { exceededLimit, measureSchema } from "./measure-schema.ts";
import { assertions, type SchemaRules } from "./rules/schema-rules.ts";
import { isTakenPattern } from "./transforms/drop-keywords.ts";
import { schemaVocabulary } from "./transforms/schema-vocabulary.ts";
import { isLegalName } from "./wire-names.ts";

type Schema = Readonly<Record<string, unknown>>;

const basicKeywords = new Set(["anyOf", "description", "enum", "items", "properties", "required", "type"]);

const isText = (one: unknown): boolean => typeof one === "string" && one !== "";
const isScalar = (one: unknown): boolean => typeOf(one) !== "object" && typeOf(one) !== "array";
const isTypes = (one: unknown): boolean => schemaVocabulary.get("type")?.fits?.(one) === true;

/** A schema of arguments that may use some keywords only. */
export function checkRebuiltSchema(root: Schema, rules: SchemaRules, refuse: Refuse): void {
  if (typesOf(root).join() !== "object") refuse("The root is no object.", "");
  const limit = exceededLimit(measureSchema(root), rules.limits);
  if (limit !== undefined) refuse(`Too large: ${limit}.`, "");
  checkSchema(root, "", rules, refuse);
}

function checkSchema(schema: unknown, path: string, rules: SchemaRules, refuse: Refuse): void {
  if (!isObject(schema)) return refuse("It is no object.", path);
  const isRoot = path === "";
  const accepted = isRoot && rules.rootKeywords !== undefined ? rules.rootKeywords : undefined;
  for (const [keyword, value] of Object.entries(schema)) {
    const isBasic = basicKeywords.has(keyword) || rules.keywords.has(keyword);
    const isTaken = accepted === undefined ? isBasic : keyword === "type" || accepted.has(keyword);
    if (!isTaken) refuse(`${keyword} is not taken.`, path);
    else checkValue(keyword, value, schema, path, rules, refuse);
  }
  const { anyOf: forms } = schema;
  if (Array.isArray(forms)) {
    if (isRoot) refuse("There is anyOf at the root.", path);
    if (rules.anyOfAlone && Object.keys(schema).length > 1) refuse("Something stands beside anyOf.", path);
    for (const [index, form] of forms.entries()) checkSchema(form, `${path}/anyOf/${index}`, rules, refuse);
  } else if (rules.enforced && schema["type"] === undefined) refuse("It has no type.", path);
  const types = typesOf(schema);
  if (types.includes("object")) checkObject(schema, path, rules, refuse);
  if (types.includes("array") && (rules.enforced || schema["items"] !== undefined)) {
    if (schema["items"] === undefined) refuse("It has no items.", path);
    else checkSchema(schema["items"], `${path}/items`, rules, refuse);
  }
}

/** The names of its types, without null. */
function typesOf({ type }: Schema): string[] {
  const types: readonly unknown[] = Array.isArray(type) ? type : [type];
  return types
    .filter((one) => typeof one === "string" && one !== "null")
    .map((one) => String(one).toLowerCase());
}

function checkValue(
  keyword: string,
  value: unknown,
  schema: Schema,
  path: string,
  rules: SchemaRules,
  refuse: Refuse,
): void {
  const [type = ""] = typesOf(schema);
  if (keyword === "type") return checkType(value, path, rules, refuse);
  const isWide = rules.protobuf && /^(?:min|max)(?:Items|Length|Properties)$/.test(keyword);
  const fits = isWide ? /^\d+$/.test(String(value)) : schemaVocabulary.get(keyword)?.fits?.(value);
  if (fits === false) refuse(`${keyword} has a value that is none.`, path);
  if (keyword === "pattern" && !isTakenPattern(String(value), rules))
    refuse("The pattern is not taken.", path);
  const { formats } = rules;
  if (
    keyword === "format" &&
    assertions.includes(keyword) &&
    formats !== undefined &&
    formats[type]?.has(String(value)) !== true
  ) {
    refuse(`The format ${String(value)} is not taken of ${type}.`, path);
  }
  if (keyword !== "enum" || !Array.isArray(value)) return;
  if (value.length === 0) refuse("It enumerates nothing.", path);
  const isTaken = rules.enums === "strings" ? isText : isScalar;
  if (rules.enums !== "any" && !value.every(isTaken)) refuse("It enumerates what cannot be.", path);
  else if (rules.enums === "strings" && type !== "string") refuse("Only texts are enumerated.", path);
}

function checkType(value: unknown, path: string, rules: SchemaRules, refuse: Refuse): void {
  const isTaken = rules.protobuf
    ? typeof value === "string" && value === value.toUpperCase() && isTypes(value.toLowerCase())
    : isTypes(value);
  if (!isTaken) refuse("The type is none.", path);
}

function checkObject(schema: Schema, path: string, rules: SchemaRules, refuse: Refuse): void {
  const properties = isObject(schema["properties"]) ? schema["properties"] : {};
  const required: readonly unknown[] = Array.isArray(schema["required"]) ? schema["required"] : [];
  const names = Object.keys(properties);
  if (names.length === 0 && !rules.emptyObjects) refuse("It has no properties.", path);
  if (
    rules.enforced &&
    rules.keywords.has("additionalProperties") &&
    schema["additionalProperties"] !== false
  ) {
    refuse("It is not closed.", path);
  }
  if (rules.optional === "null" && names.some((name) => !required.includes(name))) {
    refuse("Not every property is required.", path);
  }
  if (rules.enforced && required.some((name) => !names.includes(String(name)))) {
    refuse("It requires a property that it does not have.", path);
  }
  const { keys } = rules;
  for (const name of names) {
    if (keys !== undefined && (keys.everywhere || path === "") && !isLegalName(name, keys)) {
      refuse(`The name "${name}" does not match ${keys.pattern.source}, or is too long.`, path);
    }
    checkSchema(properties[name], `${path}/properties/${name}`, rules, refuse);
  }
}
