import type { JsonSchemaObject } from "@mcs/core";
import { isObject, typeOf, type Codec, type JsonType } from "../codec.ts";
import { formTexts } from "../texts.ts";
import type { SchemaRules } from "../rules/schema-rules.ts";
import { toWireNames } from "../wire-names.ts";
import type { Compilation, CompiledSchema } from "./compiled-schema.ts";
import { describeForm } from "./describe-form.ts";

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
  const forms = distinct(given.flatMap((form) => form.parts ?? form).filter((form) => form.types.size > 0));
  const nullable = given.some((form) => form.nullable);
  const [first = given[0]] = forms;
  const about = typeof annotations.description === "string" ? [annotations.description] : [];
  if (forms.length <= 1 && first !== undefined) {
    const isTold = about.includes(String(first.schema.description));
    return {
      ...first,
      nullable,
      schema: isTold ? first.schema : describeForm(first.schema, about, [], compilation.rules),
    };
  }
  const isTold = forms.every((form) => form.same) || chooser(forms) !== undefined;
  const told = isTold ? forms : wrapForms(forms, compilation.rules);
  return {
    schema: describeForm(
      { anyOf: told.map(({ schema }) => schema) },
      isTold ? about : [...about, formTexts.wrappedForms],
      [],
      compilation.rules,
    ),
    nullable,
    types: unionOf(told),
    parts: told,
    same: told.every((form) => form.same),
    encode: (value) => encodeFirst(told, value),
    decode: chooser(told) ?? ((wire) => wire),
  };
}

/** Forms that look alike to the model, and go over as they are, are one. */
function distinct(forms: readonly CompiledSchema[]): readonly CompiledSchema[] {
  const found = new Map<string, CompiledSchema>();
  for (const [index, form] of forms.entries()) {
    const key = form.same ? JSON.stringify(form.schema) : String(index);
    const known = found.get(key);
    const encode = (value: unknown): unknown => known?.encode(value) ?? form.encode(value);
    found.set(key, known === undefined ? form : { ...known, encode });
  }
  return [...found.values()];
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
      candidates.length === 1
        ? only.decode
        : type === "object"
          ? (chooserByKey(candidates) ?? chooserByTag(candidates))
          : undefined;
    if (choose === undefined) return undefined;
    choices.set(type, choose);
  }
  return (wire) => {
    const type = typeOf(wire);
    const choose = type === undefined ? undefined : choices.get(type);
    return choose === undefined ? wire : choose(wire);
  };
}

function chooserByKey(forms: readonly CompiledSchema[]): Codec["decode"] | undefined {
  const byKey = new Map(forms.map((form) => [form.onlyKey, form]));
  if (byKey.has(undefined) || byKey.size < forms.length) return undefined;
  return (wire) => {
    const [key, ...others] = isObject(wire) ? Object.keys(wire) : [];
    const form = others.length === 0 ? byKey.get(key) : undefined;
    return form === undefined ? wire : form.decode(wire);
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

/** Each form as the one member of an object. */
function wrapForms(forms: readonly CompiledSchema[], rules: SchemaRules): readonly CompiledSchema[] {
  const wanted = forms.map(({ label }, index) => label ?? `${formTexts.formName}_${index + 1}`);
  const unique = wanted.map((label, index) =>
    wanted.indexOf(label) === index ? label : `${label}\0${index + 1}`,
  );
  const names = toWireNames(unique, labelRule);
  return forms.map((form, index) => wrapForm(form, names.get(unique[index] ?? "") ?? "", rules));
}

function wrapForm(
  { schema, encode, decode }: CompiledSchema,
  label: string,
  rules: SchemaRules,
): CompiledSchema {
  return {
    schema: {
      type: "object",
      properties: { [label]: schema },
      required: [label],
      ...(rules.keywords.has("additionalProperties") && { additionalProperties: false }),
    },
    nullable: false,
    types: new Set(["object"]),
    onlyKey: label,
    same: false,
    encode(value) {
      const encoded = encode(value);
      return encoded === undefined ? undefined : { [label]: encoded };
    },
    decode: (wire) => (isObject(wire) ? decode(wire[label]) : wire),
  };
}
