import { isObject } from "./codec.ts";
import type { SchemaLimits } from "./rules/schema-rules.ts";

/** How large a schema is, in what providers count. */
export interface SchemaSize {
  readonly properties: number;
  readonly nesting: number;
  readonly enumValues: number;
  readonly characters: number;
  /** Of each enumeration: how many values, and their characters. */
  readonly enums: readonly { readonly values: number; readonly characters: number }[];
}

/** Counts a schema as it is written; what it refers to counts once. */
export function measureSchema(schema: unknown): SchemaSize {
  const size = {
    properties: 0,
    nesting: 0,
    enumValues: 0,
    characters: 0,
    enums: [] as SchemaSize["enums"][number][],
  };
  measure(schema, 0, size);
  return size;
}

interface Counting extends SchemaSize {
  properties: number;
  nesting: number;
  enumValues: number;
  characters: number;
  readonly enums: SchemaSize["enums"][number][];
}

function measure(schema: unknown, depth: number, size: Counting): void {
  if (!isObject(schema)) return;
  const { properties, items, enum: values } = schema;
  const isContainer = isObject(properties) || items !== undefined;
  const level = isContainer ? depth + 1 : depth;
  size.nesting = Math.max(size.nesting, level);
  if (Array.isArray(values)) {
    const characters = values.reduce<number>((sum, value) => sum + textOf(value).length, 0);
    size.enumValues += values.length;
    size.characters += characters;
    size.enums.push({ values: values.length, characters });
  }
  for (const [key, member] of Object.entries(isObject(properties) ? properties : {})) {
    size.properties += 1;
    size.characters += key.length;
    measure(member, level, size);
  }
  measure(items, level, size);
  for (const form of Array.isArray(schema["anyOf"]) ? (schema["anyOf"] as readonly unknown[]) : [])
    measure(form, depth, size);
}

function textOf(value: unknown): string {
  return typeof value === "string" ? value : JSON.stringify(value);
}

/** The first limit that a schema exceeds, in words; `undefined` if it exceeds none. */
export function exceededLimit(size: SchemaSize, limits: SchemaLimits): string | undefined {
  const counted = ["properties", "nesting", "enumValues", "characters"] as const;
  for (const name of counted) {
    const limit = limits[name];
    if (limit !== undefined && size[name] > limit) return `${name}: ${size[name]}, but at most ${limit}`;
  }
  const { longEnum } = limits;
  const isTooLong = (one: SchemaSize["enums"][number]): boolean =>
    longEnum !== undefined && one.values > longEnum.values && one.characters > longEnum.characters;
  return size.enums.some(isTooLong)
    ? `an enumeration of more than ${longEnum?.characters} characters`
    : undefined;
}
