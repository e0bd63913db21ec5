import type { JsonSchemaObject } from "@mcs/core";

/** What could not be merged with the rest: further schemas that a value has to fit, too. */
export const leftOver: unique symbol = Symbol("left over");

/** A schema whose own level has neither `$ref` nor `allOf`. */
export interface FlatSchema extends JsonSchemaObject {
  readonly [leftOver]?: readonly JsonSchemaObject[];
}

/** The forms to choose from at a schema's own level. */
export function formsOf(schema: JsonSchemaObject): readonly unknown[] | undefined {
  const forms = schema.anyOf ?? schema.oneOf;
  return Array.isArray(forms) && forms.length > 0 ? forms : undefined;
}
