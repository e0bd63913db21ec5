import type { JsonSchema, Tool } from "@mcs/core";

/** Keywords that hold a schema, a list of schemas, or schemas by name. What other keywords hold is data. */
const schemaKeywords = new Set(
  "additionalProperties allOf anyOf contains else if items not oneOf prefixItems propertyNames then unevaluatedItems unevaluatedProperties".split(
    " ",
  ),
);
const schemaMapKeywords = new Set("$defs dependentSchemas patternProperties properties".split(" "));

/** Where a description stands: at the tool itself, or at something within its arguments. */
export type DescriptionPlace = "tool" | "arguments";

/** The tool with every description replaced; what it is given is not changed. */
export function mapDescriptions(
  tool: Tool,
  replace: (description: string, place: DescriptionPlace) => string,
): Tool {
  const inSchema = (schema: unknown): unknown => {
    if (Array.isArray(schema)) return schema.map(inSchema);
    if (typeof schema !== "object" || schema === null) return schema;
    return Object.fromEntries(
      Object.entries(schema).map(([keyword, value]: [string, unknown]) => {
        if (keyword === "description" && typeof value === "string")
          return [keyword, replace(value, "arguments")];
        if (schemaKeywords.has(keyword)) return [keyword, inSchema(value)];
        return [keyword, schemaMapKeywords.has(keyword) ? inMap(value) : value];
      }),
    );
  };
  const inMap = (schemas: unknown): unknown => {
    if (typeof schemas !== "object" || schemas === null) return schemas;
    return Object.fromEntries(Object.entries(schemas).map(([key, schema]) => [key, inSchema(schema)]));
  };
  const { description, parameters, $defs } = tool;
  return {
    ...tool,
    ...(description !== undefined && { description: replace(description, "tool") }),
    parameters: parameters.map((parameter) => ({
      ...parameter,
      description: replace(parameter.description, "arguments"),
      ...(parameter.schema !== undefined && { schema: inSchema(parameter.schema) as JsonSchema }),
    })),
    ...($defs !== undefined && { $defs: inMap($defs) as NonNullable<Tool["$defs"]> }),
  };
}
