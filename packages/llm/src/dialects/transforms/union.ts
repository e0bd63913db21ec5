import type { JsonSchemaObject } from "@mcs/core";
import { isObject, typeOf, withNull, type Codec, type JsonType } from "../codec.ts";
import { formTexts } from "../texts.ts";
import { toWireNames } from "../wire-names.ts";
import { describe, type Compilation, type CompiledSchema } from "./compiled-schema.ts";
import { writeNullable } from "./nullable.ts";

/**
 * One of several forms. Forms of which none is written in another way stay side by side, and so do those that can be told
 * apart by what the model writes: by their types, or by a property whose texts differ. Others are each put into an object
 * whose only key names the form.
 */
export function joinForms(
  given: readonly CompiledSchema[],
  annotations: JsonSchemaObject,
  compilation: Compilation,
): CompiledSchema {
  // Null alone has no form of its own.
  const forms = distinct(given.filter((form) => form.types.size > 0));
  const nullable = given.some((form) => form.nullable);
  const [first = given[0]] = forms;
  if (forms.length <= 1 && first !== undefined) {
    return {
      ...first,
      nullable,
      schema: { ...first.schema, ...describe(annotations.description ?? first.schema.description, []) },
    };
  }
  const decode = chooser(forms);
  const codec: Codec = {
    same: forms.every((form) => form.same),
    encode: (value) => encodeFirst(forms, value),
    decode: decode ?? ((wire) => wire),
  };
  if (decode === undefined && !codec.same) return { ...wrapForms(forms, annotations, compilation), nullable };
  return { ...codec, schema: writeForms(forms, annotations, compilation), nullable, types: unionOf(forms) };
}

/** Forms that a model writes in the same way, and that come back in the same way, are one. */
function distinct(forms: readonly CompiledSchema[]): readonly CompiledSchema[] {
  const seen = new Set<string>();
  return forms.filter((form) => {
    const key = JSON.stringify(form.schema);
    if (form.same && seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}

function writeForms(
  forms: readonly CompiledSchema[],
  { description }: JsonSchemaObject,
  { rules }: Compilation,
): JsonSchemaObject {
  const schemas = forms.map(({ schema }) => schema);
  const [first, ...others] = schemas;
  if (!rules.anyOfAlone || first === undefined) return { ...describe(description, []), anyOf: schemas };
  return { anyOf: [{ ...first, ...describe(description, [textIn(first.description)]) }, ...others] };
}

function textIn(description: unknown): string {
  return typeof description === "string" ? description : "";
}

function unionOf(forms: readonly CompiledSchema[]): ReadonlySet<JsonType> {
  return new Set(forms.flatMap(({ types }) => [...types]));
}

function encodeFirst(forms: readonly CompiledSchema[], value: unknown): unknown {
  for (const form of forms) {
    const encoded = form.encode(value);
    if (encoded !== undefined) return encoded;
  }
  return undefined;
}

/** How to tell which form a model has written; `undefined` if that cannot always be told. */
function chooser(forms: readonly CompiledSchema[]): Codec["decode"] | undefined {
  const byType = new Map<JsonType, readonly CompiledSchema[]>();
  for (const type of unionOf(forms))
    byType.set(
      type,
      forms.filter(({ types }) => types.has(type)),
    );
  const choices = new Map<JsonType, Codec["decode"]>();
  for (const [type, candidates] of byType) {
    const [only] = candidates;
    if (only === undefined || candidates.every((form) => form.same)) continue;
    const choose =
      candidates.length === 1 ? only.decode : type === "object" ? chooserByTag(candidates) : undefined;
    if (choose === undefined) return undefined;
    choices.set(type, choose);
  }
  return (wire) => {
    const type = typeOf(wire);
    const choose = type === undefined ? undefined : choices.get(type);
    return choose === undefined ? wire : choose(wire);
  };
}

function chooserByTag(forms: readonly CompiledSchema[]): Codec["decode"] | undefined {
  const [first] = forms;
  for (const key of first?.tags?.keys() ?? []) {
    const texts = forms.map(({ tags }) => tags?.get(key) ?? []);
    const formOf = new Map(
      forms.flatMap((form, index) => (texts[index] ?? []).map((text) => [text, form] as const)),
    );
    const isTold = texts.every((list) => list.length > 0) && formOf.size === texts.flat().length;
    if (!isTold) continue;
    return (wire) => {
      const tag = isObject(wire) && Object.hasOwn(wire, key) ? wire[key] : undefined;
      const form = typeof tag === "string" ? formOf.get(tag) : undefined;
      return form === undefined ? wire : form.decode(wire);
    };
  }
  return undefined;
}

const labelRule = { pattern: /^[A-Za-z][A-Za-z0-9_]*$/, longest: 40 };

function wrapForms(
  forms: readonly CompiledSchema[],
  annotations: JsonSchemaObject,
  compilation: Compilation,
): Omit<CompiledSchema, "nullable"> {
  const { rules } = compilation;
  const wanted = forms.map(({ label }, index) => label ?? `${formTexts.formName}_${index + 1}`);
  const unique = wanted.map((label, index) =>
    wanted.indexOf(label) === index ? label : `${label}_${index + 1}`,
  );
  const names = toWireNames(unique, labelRule);
  const labels = unique.map((label) => names.get(label) ?? label);
  const codecs = forms.map((form) => (form.nullable ? withNull(form) : form));
  const wrapped = forms.map((form, index): CompiledSchema => {
    const label = labels[index] ?? "";
    return {
      ...form,
      schema: {
        type: "object",
        properties: { [label]: writeNullable({ ...form, nullable: false }, rules) },
        required: [label],
        ...(rules.keywords.has("additionalProperties") && { additionalProperties: false }),
      },
    };
  });
  const description = describe(annotations.description, [formTexts.wrappedForms]);
  return {
    schema: writeForms(wrapped, description, compilation),
    types: new Set(["object"]),
    same: false,
    encode(value) {
      for (const [index, codec] of codecs.entries()) {
        const encoded = codec.encode(value);
        if (encoded !== undefined && encoded !== null) return { [labels[index] ?? ""]: encoded };
      }
      return undefined;
    },
    decode(wire) {
      if (!isObject(wire)) return wire;
      const [label = "", ...others] = Object.keys(wire);
      const codec = others.length === 0 ? codecs[labels.indexOf(label)] : undefined;
      return codec === undefined ? wire : codec.decode(wire[label]);
    },
  };
}
