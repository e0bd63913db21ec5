import type { JsonSchemaObject } from "@mcs/core";
import { isObject } from "./codec.ts";
import type { ToolFormat } from "./rules/provider-rules.ts";

/** What every provider wants to know of a tool. */
export interface WireTool {
  readonly name: string;
  readonly description: string;
  readonly schema: JsonSchemaObject;
}

/** How a provider's request holds its tools. */
export interface ToolShape {
  write(tools: readonly WireTool[]): object[];
  /** The tools of a request; what is no tool is passed over. */
  read(tools: readonly object[]): readonly WireTool[];
}

const asChat = (strict: object): ToolShape => ({
  write: (tools) =>
    tools.map(({ name, description, schema: parameters }) => ({
      type: "function",
      function: { name, description, parameters, ...strict },
    })),
  read: (tools) => tools.flatMap((tool) => readTool(member(tool, "function"), "parameters")),
});

const chat = asChat({});

/** By format; a new one is a line here, its rules, and its type. */
export const toolShapes: Readonly<Record<ToolFormat, ToolShape>> = {
  openai: chat,
  "openai-strict": asChat({ strict: true }),
  "openai-responses": {
    write: (tools) =>
      tools.map(({ name, description, schema: parameters }) => ({
        type: "function",
        name,
        description,
        parameters,
        strict: false,
      })),
    read: (tools) => tools.flatMap((tool) => readTool(tool, "parameters")),
  },
  anthropic: {
    write: (tools) =>
      tools.map(({ name, description, schema }) => ({ name, description, input_schema: schema })),
    read: (tools) => tools.flatMap((tool) => readTool(tool, "input_schema")),
  },
  gemini: {
    write: (tools) => (tools.length === 0 ? [] : [{ functionDeclarations: tools.map(toDeclaration) }]),
    read: (tools) =>
      tools.flatMap((tool) => {
        const declarations = member(tool, "functionDeclarations");
        return Array.isArray(declarations)
          ? declarations.flatMap((one: unknown) => readTool(one, "parameters"))
          : [];
      }),
  },
  bedrock: {
    write: (tools) =>
      tools.map(({ name, description, schema }) => ({
        toolSpec: { name, ...(description !== "" && { description }), inputSchema: { json: schema } },
      })),
    read: (tools) =>
      tools.flatMap((tool) => {
        const spec = member(tool, "toolSpec");
        return isObject(spec)
          ? readTool({ ...spec, schema: member(spec["inputSchema"], "json") }, "schema")
          : [];
      }),
  },
  mistral: chat,
  ollama: chat,
  "ai-sdk": {
    write: (tools) =>
      tools.map(({ name, description, schema }) => ({
        type: "function",
        name,
        description,
        inputSchema: schema,
      })),
    read: (tools) => tools.flatMap((tool) => readTool(tool, "inputSchema")),
  },
};

/** An object without properties is refused. */
function toDeclaration({ name, description, schema }: WireTool): object {
  const hasParameters = Object.keys(schema.properties ?? {}).length > 0;
  return { name, description, ...(hasParameters && { parameters: schema }) };
}

function readTool(tool: unknown, schemaKey: string): readonly WireTool[] {
  if (!isObject(tool)) return [];
  const { name, description, [schemaKey]: schema } = tool;
  return [
    {
      name: typeof name === "string" ? name : "",
      description: typeof description === "string" ? description : "",
      schema: isObject(schema) ? schema : {},
    },
  ];
}

function member(value: unknown, key: string): unknown {
  return isObject(value) && Object.hasOwn(value, key) ? value[key] : undefined;
}
