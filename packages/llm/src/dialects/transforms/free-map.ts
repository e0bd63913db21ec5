import { fillTemplate } from "../../prompt-strategy.ts";
import { isObject, withNull } from "../codec.ts";
import { formTexts } from "../texts.ts";
import { describe, within, type Compilation, type CompiledSchema, type Place } from "./compiled-schema.ts";
import { asJsonText } from "./json-text.ts";
import type { FlatSchema } from "./flat-schema.ts";
import { isOnlyAnnotated } from "./merge-schemas.ts";
import { writeNullable } from "./nullable.ts";
import { textOf } from "./scalar.ts";

/** What an object may hold besides its named properties. */
export interface Rest {
  /** Schema of the values; `undefined` for values of any form. */
  readonly values: unknown;
  /** Patterns that keys match, where only those may stand. */
  readonly patterns: readonly string[];
}

/** @returns `undefined` if nothing else may stand, or it is not said. */
export function restOf(schema: FlatSchema, isOpen: boolean): Rest | undefined {
  const { additionalProperties = schema["unevaluatedProperties"], patternProperties } = schema;
  const patterned = isObject(patternProperties) ? patternProperties : {};
  const others =
    isObject(additionalProperties) && !isOnlyAnnotated(additionalProperties) ? [additionalProperties] : [];
  const isAny = additionalProperties === true || (isObject(additionalProperties) && others.length === 0);
  const isClosed = additionalProperties === false;
  const schemas = [...Object.values(patterned), ...others];
  if (schemas.length === 0)
    return isAny || (isOpen && !isClosed) ? { values: undefined, patterns: [] } : undefined;
  const patterns = isClosed || others.length > 0 ? Object.keys(patterned) : [];
  const isMixed = isAny || schemas.some((one) => !isObject(one));
  if (isMixed) return { values: undefined, patterns: [] };
  return {
    values: schemas.length === 1 ? schemas[0] : { anyOf: schemas },
    patterns: isClosed ? patterns : [],
  };
}

/** A map of any keys, as a list of pairs; as JSON text where its values may be anything. */
export function compileMap(
  schema: FlatSchema,
  rest: Rest,
  notes: readonly string[],
  compilation: Compilation,
  place: Place,
): CompiledSchema {
  const { rules, losses } = compilation;
  if (rest.values === undefined) {
    losses.add("json_text", place.path);
    const types = new Set(["object"] as const);
    return asJsonText({ description: textOf(schema), notes, types, sketch: formTexts.jsonObject });
  }
  const values = compilation.compile(rest.values, within(place, ["additionalProperties"], 2));
  const [pattern] = rest.patterns;
  const keyNotes =
    pattern === undefined
      ? []
      : [fillTemplate(formTexts.keyPattern, { pattern: rest.patterns.join(" or ") })];
  const codec = withNullIf(values);
  return {
    schema: {
      type: "array",
      ...describe(textOf(schema), [...notes, formTexts.pairs]),
      items: {
        type: "object",
        properties: {
          key: { type: "string", ...describe(formTexts.key, keyNotes) },
          value: writeNullable(values, rules),
        },
        required: ["key", "value"],
        ...(rules.keywords.has("additionalProperties") && { additionalProperties: false }),
      },
    },
    nullable: false,
    types: new Set(["array"]),
    same: false,
    encode: (map) => (isObject(map) ? encodePairs(map, codec.encode) : undefined),
    decode: (wire) =>
      isPairs(wire) ? Object.fromEntries(wire.map(({ key, value }) => [key, codec.decode(value)])) : wire,
  };
}

function withNullIf(values: CompiledSchema): Pick<CompiledSchema, "encode" | "decode"> {
  return values.nullable ? withNull(values) : values;
}

function encodePairs(map: object, encode: (value: unknown) => unknown): unknown {
  const pairs: object[] = [];
  for (const [key, value] of Object.entries(map)) {
    const encoded = encode(value);
    if (encoded === undefined) return undefined;
    pairs.push({ key, value: encoded });
  }
  return pairs;
}

interface Pair {
  readonly key: string;
  readonly value: unknown;
}

/** A key that comes twice has two values, and neither counts more. */
function isPairs(wire: unknown): wire is readonly Pair[] {
  if (!Array.isArray(wire)) return false;
  const keys = new Set<string>();
  for (const pair of wire as readonly unknown[]) {
    if (!isObject(pair) || typeof pair["key"] !== "string" || !Object.hasOwn(pair, "value")) return false;
    if (keys.has(pair["key"])) return false;
    keys.add(pair["key"]);
  }
  return true;
}
