import type { JsonSchemaObject } from "@mcs/core";
import { fillTemplate } from "../../prompt-strategy.ts";
import { sameCodec, typeOf, type JsonType } from "../codec.ts";
import { shortHash } from "../short-hash.ts";
import { formTexts } from "../texts.ts";
import { describe, type Compilation, type CompiledSchema, type Place } from "./compiled-schema.ts";
import { dropKeywords } from "./drop-keywords.ts";
import type { FlatSchema } from "./flat-schema.ts";

/** Values of a long enumeration that a description names. */
const namedValues = 20;

/** A text, a number or a truth value, of any number of types. */
export function compileScalar(
  schema: FlatSchema,
  types: readonly string[],
  compilation: Compilation,
  place: Place,
): CompiledSchema {
  const [type = "string"] = types;
  const { kept, notes } = dropKeywords(schema, type, ["type"], compilation, place);
  const wire = new Set(types.map((name): JsonType => (name === "integer" ? "number" : (name as JsonType))));
  const isInteger = types.includes("integer") && !types.includes("number");
  const fits = (value: unknown): boolean => {
    const given = typeOf(value);
    return (
      given !== undefined && wire.has(given) && !(isInteger && given === "number" && !Number.isInteger(value))
    );
  };
  return {
    schema: { type: types.length === 1 ? type : types, ...kept, ...describe(textOf(schema), notes) },
    nullable: false,
    types: wire,
    ...sameCodec(fits),
  };
}

/** One of some values. Where only texts are taken, others are named by texts. */
export function compileEnum(
  schema: FlatSchema,
  given: readonly unknown[],
  compilation: Compilation,
  place: Place,
): CompiledSchema {
  const { rules, longestEnum, losses } = compilation;
  const values = uniqueOf(given.filter((value) => value !== null));
  const nullable = given.includes(null);
  const types = [...new Set(values.map(typeOf))];
  const isPlain =
    rules.enums === "strings"
      ? values.every((value) => typeof value === "string" && value !== "")
      : rules.enums === "any" || types.every((type) => type !== "object" && type !== "array");
  const handled = ["type", "enum", "const", "format", ...lengths];
  const { notes } = dropKeywords(schema, String(types[0]), handled, compilation, place);
  const isLong = values.length > longestEnum;
  if (isLong) losses.add("long_enum", place.path);
  if (!isPlain) return { ...labelled(schema, values, notes, isLong), nullable };

  const allowed = new Set(values.map((value) => JSON.stringify(value)));
  const type = types.length === 1 ? typeName(values, types[0]) : types.map((one) => typeName(values, one));
  const named = isLong ? [fillTemplate(formTexts.values, { values: listed(values) })] : [];
  const isText = types.length === 1 && types[0] === "string" && !isLong;
  const wire: JsonSchemaObject = {
    type,
    ...(!isLong && { enum: values }),
    ...describe(textOf(schema), [...notes, ...named]),
  };
  return {
    schema: wire,
    nullable,
    types: new Set(types.filter((one): one is JsonType => one !== undefined)),
    ...(isText && { texts: values.map(String) }),
    ...sameCodec((value) => allowed.has(JSON.stringify(value))),
  };
}

function uniqueOf(values: readonly unknown[]): readonly unknown[] {
  return [...new Map(values.map((value) => [JSON.stringify(value), value])).values()];
}

/** They say nothing about values that are listed. */
const lengths = [
  "maxLength",
  "minLength",
  "pattern",
  "minimum",
  "maximum",
  "exclusiveMinimum",
  "exclusiveMaximum",
  "multipleOf",
];

function typeName(values: readonly unknown[], type: JsonType | undefined): string {
  const isWhole =
    type === "number" && values.every((value) => typeof value !== "number" || Number.isInteger(value));
  return isWhole ? "integer" : String(type);
}

function labelled(
  schema: FlatSchema,
  values: readonly unknown[],
  notes: readonly string[],
  isLong: boolean,
): Omit<CompiledSchema, "nullable"> {
  const valueOf = new Map<string, unknown>();
  const labelOf = new Map<string, string>();
  for (const value of values) {
    const json = JSON.stringify(value);
    const near = value === "" ? "(empty)" : typeof value === "string" ? value : json;
    const label = valueOf.has(near) ? `${near}_${shortHash(json)}` : near;
    valueOf.set(label, value);
    labelOf.set(json, label);
  }
  const labels = [...valueOf].filter(([label, value]) => label !== value);
  const meaning = labels.map(([label, value]) => `"${label}" ${JSON.stringify(value)}`);
  const isPlainText = labels.every(([label, value]) => label === JSON.stringify(value));
  const told = isPlainText ? [] : [fillTemplate(formTexts.enumLabels, { labels: listedTexts(meaning) })];
  const named = isLong ? [fillTemplate(formTexts.values, { values: listed([...valueOf.keys()]) })] : [];
  return {
    schema: {
      type: "string",
      ...(!isLong && { enum: [...valueOf.keys()] }),
      ...describe(textOf(schema), [...notes, ...told, ...named]),
    },
    types: new Set(["string"]),
    same: false,
    encode: (value) => labelOf.get(JSON.stringify(value)),
    decode: (wire) => (typeof wire === "string" && valueOf.has(wire) ? valueOf.get(wire) : wire),
  };
}

function listed(values: readonly unknown[]): string {
  return listedTexts(values.map((value) => JSON.stringify(value)));
}

function listedTexts(texts: readonly string[]): string {
  const more = texts.length > namedValues ? `, … (${texts.length} in all)` : "";
  return texts.slice(0, namedValues).join(", ") + more;
}

/** The description of a schema, which falls back to its title. */
export function textOf({ description, title }: FlatSchema): unknown {
  return typeof description === "string" && description !== "" ? description : title;
}
