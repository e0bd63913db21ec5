import type { JsonSchemaObject } from "@mcs/core";
import type { SchemaRules } from "../rules/schema-rules.ts";
import { describe } from "./compiled-schema.ts";

/** Says more about a schema; where nothing may stand beside `anyOf`, with its first form. */
export function describeForm(
  schema: JsonSchemaObject,
  before: readonly string[],
  after: readonly string[],
  rules: SchemaRules,
): JsonSchemaObject {
  const [first, ...others] = schema.anyOf ?? [];
  if (rules.anyOfAlone && typeof first === "object") {
    return { ...schema, anyOf: [describeForm(first, before, after, rules), ...others] };
  }
  const own = typeof schema.description === "string" ? [schema.description] : [];
  return { ...schema, ...describe("", [...before, ...own, ...after]) };
}
