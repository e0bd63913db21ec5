import { toInputSchema, type JsonSchemaObject, type Tool } from "@mcs/core";
import { isObject, type Codec } from "./codec.ts";
import { Losses } from "./losses.ts";
import { exceededLimit, measureSchema } from "./measure-schema.ts";
import type { SchemaLimits, SchemaRules } from "./rules/schema-rules.ts";
import { compileSchema } from "./transforms/compile-schema.ts";
import { mendSchema } from "./transforms/mend-schema.ts";

/** The arguments of one tool with one provider. */
export interface CompiledArguments extends Codec {
  readonly schema: JsonSchemaObject;
  readonly losses: Losses;
}

/** Levels that are tried in turn, where a provider has no limit of its own. */
const nestings = [40, 12, 9, 7, 6, 5, 4, 3, 2, 1];

/** Lengths of enumerations that are tried in turn. */
const enumLengths = [Infinity, 250, 50, 10];

/** References in place multiply what a schema holds: more than this helps no model. */
const mostSchemas = 3000;

/**
 * Compiles the schema of a tool's arguments, as far as the provider's limits go: what lies too deep, or is too long to
 * be listed, is given up level by level.
 *
 * @returns `undefined` if it cannot be made to fit.
 */
export function compileArguments(
  tool: Pick<Tool, "parameters" | "$defs">,
  rules: SchemaRules,
  limits: SchemaLimits = rules.limits,
): CompiledArguments | undefined {
  const root = toInputSchema(tool);
  if (rules.kind === "whole") {
    const losses = new Losses();
    const mended = mendSchema(root, rules, losses);
    return mended && { ...mended, losses };
  }
  const { nesting: deepest = Infinity } = limits;
  const depths =
    deepest === Infinity ? nestings : Array.from({ length: deepest }, (_, index) => deepest - index);
  const lengths = limits.enumValues === undefined ? [Infinity] : enumLengths;
  for (const nesting of depths) {
    for (const longestEnum of lengths) {
      const losses = new Losses();
      const extent = { limits: { ...limits, nesting }, longestEnum, mostSchemas };
      const compiled = compileSchema(root, rules, extent, losses);
      if (compiled === undefined) break;
      const size = measureSchema(compiled.schema);
      if (exceededLimit(size, limits) === undefined) {
        const written = rules.protobuf ? toProtobuf(compiled.schema) : compiled.schema;
        return { ...compiled, schema: written as JsonSchemaObject, losses };
      }
      // Shorter enumerations make nothing flatter.
      if (size.nesting > deepest) break;
    }
  }
  return undefined;
}

/** Names of types in capitals, as Protocol Buffers have them. */
function toProtobuf(schema: unknown): unknown {
  if (!isObject(schema)) return schema;
  const { type, properties, items, anyOf } = schema;
  return {
    ...schema,
    ...(typeof type === "string" && { type: type.toUpperCase() }),
    ...(isObject(properties) && {
      properties: Object.fromEntries(
        Object.entries(properties).map(([key, member]) => [key, toProtobuf(member)]),
      ),
    }),
    ...(items !== undefined && { items: toProtobuf(items) }),
    ...(Array.isArray(anyOf) && { anyOf: anyOf.map((form: unknown) => toProtobuf(form)) }),
  };
}
