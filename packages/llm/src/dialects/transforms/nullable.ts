import type { JsonSchemaObject } from "@mcs/core";
import { formTexts } from "../texts.ts";
import type { SchemaRules } from "../rules/schema-rules.ts";
import { withNull, type Codec } from "../codec.ts";
import { describe, type CompiledSchema } from "./compiled-schema.ts";

/** A schema that admits null where the compiled one does. */
export function writeNullable({ schema, nullable }: CompiledSchema, rules: SchemaRules): JsonSchemaObject {
  return nullable ? admitNull(schema, rules) : schema;
}

function admitNull(schema: JsonSchemaObject, { nulls }: SchemaRules): JsonSchemaObject {
  const { type, enum: values, anyOf } = schema;
  if (nulls === "nullable") {
    const [first, ...others] = anyOf ?? [];
    // Beside anyOf nothing may stand.
    if (typeof first === "object") return { ...schema, anyOf: [{ ...first, nullable: true }, ...others] };
    return { ...schema, nullable: true };
  }
  if (anyOf !== undefined) return { ...schema, anyOf: [...anyOf, { type: "null" }] };
  if (type === undefined) return schema;
  const types = (Array.isArray(type) ? type : [type]) as readonly string[];
  if (types.includes("null")) return schema;
  return { ...schema, type: [...types, "null"], ...(Array.isArray(values) && { enum: [...values, null] }) };
}

/** A property that need not be given. */
export interface OptionalSchema extends Codec {
  readonly schema: JsonSchemaObject;
  /** The model gives null for it when it is left out. */
  readonly nullMeansAbsent: boolean;
}

/**
 * An optional property where every property is required: null leaves it out. Where the property itself may be null, a
 * value is wrapped, so that the two stay apart.
 */
export function nullForAbsent(compiled: CompiledSchema, rules: SchemaRules): OptionalSchema {
  if (!compiled.nullable) {
    return { ...codecOf(compiled), schema: admitNull(compiled.schema, rules), nullMeansAbsent: true };
  }
  const wrapped: JsonSchemaObject = {
    type: "object",
    ...describe(compiled.schema.description, [formTexts.wrappedNull]),
    properties: { value: writeNullable(compiled, rules) },
    required: ["value"],
    additionalProperties: false,
  };
  const inner = withNull(compiled);
  return {
    schema: admitNull(wrapped, rules),
    nullMeansAbsent: true,
    same: false,
    encode(value) {
      const encoded = inner.encode(value);
      return encoded === undefined ? undefined : { value: encoded };
    },
    decode(wire) {
      const isWrapped =
        typeof wire === "object" &&
        wire !== null &&
        !Array.isArray(wire) &&
        Object.keys(wire).join() === "value";
      return inner.decode(isWrapped ? Reflect.get(wire, "value") : wire);
    },
  };
}

function codecOf({ same, encode, decode }: CompiledSchema): Codec {
  return { same, encode, decode };
}
