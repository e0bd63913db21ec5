import type { JsonSchema, JsonSchemaObject } from "@mcs/core";
import { definitionKey, typeName } from "./type-names.ts";

/** Text of a type, and whether it needs parentheses where something is written beside it. */
interface Written {
  readonly text: string;
  readonly isCompound: boolean;
}

const plainKey = /^[A-Za-z_$][\w$-]*$/;
/** For maintainers of the schema, not for its readers. JSON Schema Core 2020-12, 8.3. */
const unsaid = ["$comment"];

/**
 * A JSON Schema as a type in the manner of TypeScript, which says the same in fewer tokens. What the notation has no sign
 * for stands in parentheses under JSON Schema's own name, so that nothing is lost. `docs/types-in-prompts.md` describes it.
 */
export function writeType(schema: JsonSchema): string {
  return write(schema).text;
}

/** A key of an object, or an argument: `name?: type = default // description`. */
function writeProperty(name: string, schema: JsonSchema, isRequired: boolean): string {
  return writeMember(`${writeKey(name)}${isRequired ? "" : "?"}: `, name, schema);
}

function writeKey(key: string): string {
  return plainKey.test(key) ? key : JSON.stringify(key);
}

/** A schema that others refer to by its key: `Name = type // description`. */
export function writeDefinition(key: string, schema: JsonSchema): string {
  const [described, comment] = takeDescription(schema);
  return `${typeName(key)} = ${writeType(described)}${comment}`;
}

function writeMember(head: string, name: string, schema: JsonSchema): string {
  const [described, comment] = takeDescription(schema);
  if (typeof described === "boolean") return head + writeType(described);
  const { default: preset, title, ...rest } = described;
  const kept = title === undefined || isSameWord(title, name) ? rest : { title, ...rest };
  const value = preset === undefined ? "" : ` = ${JSON.stringify(preset)}`;
  return `${head}${writeType(kept)}${value}${comment}`;
}

/** On one line, so that no text can look like the next argument. */
function takeDescription(schema: JsonSchema): readonly [JsonSchema, string] {
  if (typeof schema === "boolean" || typeof schema.description !== "string") return [schema, ""];
  const { description, ...rest } = schema;
  const line = description.replaceAll(/\s+/g, " ").trim();
  return [rest, line === "" ? "" : ` // ${line}`];
}

/** Generated schemas often repeat a key as its title. */
function isSameWord(title: unknown, name: string): boolean {
  return typeof title === "string" && lettersOf(title) === lettersOf(name);
}

function lettersOf(text: string): string {
  return text.toLowerCase().replaceAll(/[\s_-]/g, "");
}

function write(schema: JsonSchema): Written {
  if (typeof schema === "boolean") return { text: schema ? "any" : "never", isCompound: false };
  const said = new Set(unsaid);
  // A title of one word is the name of a class, or the key once more.
  if (typeof schema.title === "string" && !schema.title.includes(" ")) said.add("title");
  const parts = [
    ...writeReference(schema, said),
    ...writeLiterals(schema, said),
    ...writeTypes(schema, said),
    ...writeCombined(schema, said),
  ];
  const rules = Object.entries(schema)
    .filter(([keyword]) => !said.has(keyword))
    .map(([keyword, value]) => writeKey(keyword) + (value === true ? "" : `: ${JSON.stringify(value)}`));
  return withRules(parts.length === 0 ? write(true) : join(parts, " & "), rules);
}

function withRules(written: Written, rules: readonly string[]): Written {
  if (rules.length === 0) return written;
  return { text: `${group(written)}(${rules.join(", ")})`, isCompound: false };
}

function group({ text, isCompound }: Written): string {
  return isCompound ? `(${text})` : text;
}

function join(parts: readonly Written[], sign: string): Written {
  const [only] = parts;
  if (only !== undefined && parts.length === 1) return only;
  return { text: parts.map(group).join(sign), isCompound: true };
}

function writeReference({ $ref }: JsonSchemaObject, said: Set<string>): Written[] {
  const key = definitionKey($ref);
  if (key === undefined) return [];
  said.add("$ref");
  return [{ text: typeName(key), isCompound: false }];
}

function writeLiterals(schema: JsonSchemaObject, said: Set<string>): Written[] {
  return ["enum", "const"].flatMap((keyword) => {
    const values = keyword === "enum" ? schema.enum : [schema.const];
    if (!Object.hasOwn(schema, keyword) || !Array.isArray(values) || values.length === 0) return [];
    said.add(keyword);
    if (values.every((value) => isOfType(value, typesOf(schema)))) said.add("type");
    return [
      join(
        values.map((value) => ({ text: JSON.stringify(value), isCompound: false })),
        " | ",
      ),
    ];
  });
}

function isOfType(value: unknown, types: readonly string[]): boolean {
  if (value === null) return types.includes("null");
  if (typeof value !== "number") return types.includes(typeof value) && typeof value !== "object";
  return types.includes("number") || (Number.isInteger(value) && types.includes("integer"));
}

/** Schemas are other people's: a keyword that is not what it has to be is left to the rules, as it stands. */
function typesOf({ type, properties, items }: JsonSchemaObject): readonly string[] {
  if (typeof type === "string") return [type];
  if (type !== undefined) return isTextList(type) ? type : [];
  if (isSchemaMap(properties)) return ["object"];
  return isSchema(items) ? ["array"] : [];
}

function isSchema(value: unknown): value is JsonSchema {
  return typeof value === "boolean" || (typeof value === "object" && value !== null && !Array.isArray(value));
}

function isSchemaMap(value: unknown): value is Readonly<Record<string, JsonSchema>> {
  return isSchema(value) && Object.values(value).every(isSchema);
}

function isTextList(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((item) => typeof item === "string");
}

function writeTypes(schema: JsonSchemaObject, said: Set<string>): Written[] {
  const types = said.has("type") ? [] : typesOf(schema);
  if (types.length === 0) return [];
  said.add("type");
  const written = types.map((type) => {
    if (type === "object") return { text: writeObject(schema, said), isCompound: false };
    if (type === "array") return { text: writeArray(schema, said), isCompound: false };
    return { text: type, isCompound: false };
  });
  return [join(written, " | ")];
}

function writeArray({ items, prefixItems }: JsonSchemaObject, said: Set<string>): string {
  // Behind the items of a tuple it says something else.
  if (!isSchema(items) || prefixItems !== undefined) return "any[]";
  said.add("items");
  return `${group(write(items))}[]`;
}

function writeObject(schema: JsonSchemaObject, said: Set<string>): string {
  const properties = isSchemaMap(schema.properties) ? schema.properties : {};
  const required = isTextList(schema.required) ? schema.required : [];
  const others = schema.additionalProperties;
  if (properties === schema.properties) said.add("properties");
  if (required === schema.required) said.add("required");
  const members = Object.entries(properties).map(([name, member]) =>
    writeProperty(name, member, required.includes(name)),
  );
  const undeclared = required.filter((name) => !Object.hasOwn(properties, name));
  members.push(...undeclared.map((name) => writeProperty(name, true, true)));
  if (isSchema(others) && others !== false) {
    said.add("additionalProperties");
    members.push(writeMember("[key: string]: ", "", others));
  }
  return members.length === 0 ? "object" : writeMembers(members);
}

function writeMembers(members: readonly string[]): string {
  const isPlain = members.every((member) => !/\n| \/\/ /.test(member));
  if (isPlain) return `{${members.join(", ")}}`;
  const lines = members.map((member) => `\n  ${member.replaceAll("\n", "\n  ")}`);
  return `{${lines.join("")}\n}`;
}

function writeCombined(schema: JsonSchemaObject, said: Set<string>): Written[] {
  return (["anyOf", "oneOf", "allOf"] as const).flatMap((keyword) => {
    const schemas = schema[keyword];
    if (!Array.isArray(schemas) || schemas.length === 0 || !schemas.every(isSchema)) return [];
    said.add(keyword);
    const parts = schemas.map(write);
    if (keyword === "allOf") return parts;
    const union = join(parts, " | ");
    return [keyword === "oneOf" && parts.length > 1 ? withRules(union, ["oneOf"]) : union];
  });
}
