import {
  MCSError,
  toolNamePattern,
  type CallContext,
  type JsonSchema,
  type Tool,
  type ToolAnnotations,
  type ToolParameter,
} from "@mcs/core";
import { toJsonSchema, type DescribingSchema } from "./standard-schema.ts";

/** What {@link defineTool} takes. */
export interface ToolDefinition<Input, Output, Result = unknown> {
  /** Matches `^[A-Za-z][A-Za-z0-9_-]{0,63}$`; by custom `<capability>_<verb>`. */
  readonly name: string;
  readonly title?: string;
  /** What it does, for a model. At least one of `title` and `description` is needed. */
  readonly description?: string;
  /** An object schema. The one that describes the arguments to the model is the one that checks them. */
  readonly parameters: DescribingSchema<Input, Output>;
  /** Schema of the result: it is described to programs and types what `execute` returns; nothing checks it at run time. */
  readonly output?: DescribingSchema<unknown, Result>;
  readonly annotations?: ToolAnnotations;
  readonly aliases?: readonly string[];
  /** Runs with checked arguments. `context.signal` is always there and fires at the deadline, too. */
  readonly execute: (args: Output, context: RunContext) => NoInfer<Result> | Promise<NoInfer<Result>>;
}

/** The context of a running call: the signal covers the caller's abort and the deadline. */
export interface RunContext extends CallContext {
  readonly signal: AbortSignal;
}

/** A tool with what runs it. Made by {@link defineTool}, taken by `createToolDriver`. */
export interface DefinedTool {
  readonly tool: Tool;
  readonly parameters: DescribingSchema;
  readonly execute: (args: never, context: RunContext) => unknown;
}

/**
 * Describes and implements one tool.
 *
 * @throws {MCSError} `MCS_INVALID_CONFIG` if the name is not legal, nothing describes it, or the parameters are no
 *   object schema that JSON Schema can express.
 */
export function defineTool<Input, Output, Result = unknown>(
  definition: ToolDefinition<Input, Output, Result>,
): DefinedTool {
  const { name, title, description, parameters, output, annotations, aliases, execute } = definition;
  for (const used of [name, ...(aliases ?? [])]) {
    if (!toolNamePattern.test(used)) throw invalid(used, `its name must match ${toolNamePattern.source}`);
  }
  if (!title && !description) throw invalid(name, "it needs a title or a description");
  const tool: Tool = {
    name,
    ...(title !== undefined && { title }),
    ...(description !== undefined && { description }),
    ...toParameters(name, parameters),
    ...(aliases !== undefined && { aliases }),
    ...(output !== undefined && { outputSchema: describe(name, output, "output") }),
    ...(annotations !== undefined && { annotations }),
  };
  return { tool, parameters, execute };
}

function toParameters(name: string, schema: DescribingSchema): Pick<Tool, "parameters" | "$defs"> {
  const { type, properties = {}, required = [], $defs } = describe(name, schema, "input");
  if (type !== "object") throw invalid(name, "its parameters must be an object schema");
  const parameters = Object.entries(properties).map(([key, value]) =>
    toParameter(key, value, required.includes(key)),
  );
  return { parameters, ...($defs !== undefined && { $defs }) };
}

function toParameter(name: string, property: JsonSchema, required: boolean): ToolParameter {
  const own = typeof property === "object" ? property : {};
  const { description = "", ...schema } = own;
  return { name, description, required, schema: typeof property === "object" ? schema : property };
}

function describe(
  name: string,
  schema: DescribingSchema & WithMembers,
  side: "input" | "output",
): ReturnType<typeof toJsonSchema> {
  const what = side === "input" ? "parameters" : "output";
  if (!describesItself(schema))
    throw invalid(name, `its ${what} must be a schema that writes JSON Schema, such as one of zod ≥ 4.2`);
  try {
    return toJsonSchema(schema, side);
  } catch (cause) {
    const culprit = Object.entries(schema.shape ?? {}).find(([, member]) => !isWritable(member, side))?.[0];
    const where = culprit === undefined ? "" : `, because of "${culprit}"`;
    const message = `Tool "${name}": its ${what} cannot be written as JSON Schema${where}.`;
    throw new MCSError("MCS_INVALID_CONFIG", message, { cause });
  }
}

/** An object schema of zod, which shows what it is made of. */
interface WithMembers {
  readonly shape?: Readonly<Record<string, DescribingSchema>>;
}

function isWritable(member: DescribingSchema, side: "input" | "output"): boolean {
  try {
    return Boolean(toJsonSchema(member, side));
  } catch {
    return false;
  }
}

/** Programs without types pass bare JSON Schema, and zod before 4.2 writes none. */
function describesItself(schema: { readonly "~standard"?: object }): boolean {
  return "jsonSchema" in (schema["~standard"] ?? {});
}

function invalid(name: string, reason: string): MCSError {
  return new MCSError("MCS_INVALID_CONFIG", `Tool "${name}": ${reason}.`);
}
