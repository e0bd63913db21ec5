import { fillTemplate } from "../../prompt-strategy.ts";
import { withNull } from "../codec.ts";
import { formTexts } from "../texts.ts";
import { describe, within, type Compilation, type CompiledSchema, type Place } from "./compiled-schema.ts";
import { dropKeywords } from "./drop-keywords.ts";
import type { FlatSchema } from "./flat-schema.ts";
import { writeNullable } from "./nullable.ts";
import { textOf } from "./scalar.ts";
import { sketch } from "./sketch.ts";

const structural = ["type", "items", "prefixItems"];

/** A list. One whose items differ by position is a list of any of them; the description says the order. */
export function compileArray(schema: FlatSchema, compilation: Compilation, place: Place): CompiledSchema {
  const { rules, losses, inliner } = compilation;
  const { kept, notes: dropped } = dropKeywords(schema, "array", structural, compilation, place);
  const notes = [...dropped];
  const prefix = Array.isArray(schema["prefixItems"]) ? (schema["prefixItems"] as readonly unknown[]) : [];
  const others = schema.items === undefined || typeof schema.items === "boolean" ? [] : [schema.items];
  const forms = [...prefix, ...others];
  const isOpen = forms.length === 0 || (prefix.length > 0 && schema.items !== false && others.length === 0);
  if (prefix.length > 0) {
    losses.add("dropped_keyword", place.path, "prefixItems");
    const order = prefix.map((form) => sketch(form, inliner, place.open)).join(", ");
    notes.push(fillTemplate(formTexts.items, { sketch: `[${order}]` }));
  }
  const at = within(place, prefix.length > 0 ? ["prefixItems"] : ["items"], 1);
  const items = compilation.compile(isOpen ? {} : forms.length === 1 ? forms[0] : { anyOf: forms }, at);
  const { same, encode, decode } = items.nullable ? withNull(items) : items;
  const written = writeNullable(items, rules);
  return {
    schema: {
      type: "array",
      ...kept,
      ...describe(textOf(schema), notes),
      ...((rules.enforced || Object.keys(written).length > 0) && { items: written }),
    },
    nullable: false,
    types: new Set(["array"]),
    same,
    encode: (value) => (hasLength(value, schema) ? encodeAll(value, encode) : undefined),
    decode: (wire) => (same || !Array.isArray(wire) ? wire : wire.map((item) => decode(item))),
  };
}

/** Tells lists from others among the forms of a value. */
function hasLength(value: unknown, { minItems, maxItems }: FlatSchema): value is readonly unknown[] {
  if (!Array.isArray(value)) return false;
  const isLongEnough = typeof minItems !== "number" || value.length >= minItems;
  return isLongEnough && (typeof maxItems !== "number" || value.length <= maxItems);
}

function encodeAll(value: readonly unknown[], encode: (item: unknown) => unknown): unknown {
  const wire = value.map((item) => encode(item));
  return wire.includes(undefined) ? undefined : wire;
}
