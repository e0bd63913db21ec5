import { toInputSchema, type JsonSchema, type Tool } from "@mcs/core";
import { fillTemplate, type PromptStrategy } from "./prompt-strategy.ts";
import { sharedTypes } from "./prompt/shared-types.ts";
import { writeDefinition, writeType } from "./prompt/write-type.ts";
import { jsonStrategy } from "./strategies/json.ts";

/**
 * The tools as text for a model without native tools: name, description and arguments of each, in the order given, and the
 * same bytes each time. Where the strategy writes arguments as types, what several tools share stands once behind them all.
 */
export function describeTools(tools: readonly Tool[], strategy: PromptStrategy = jsonStrategy): string {
  const { template, separator, types } = strategy.toolDescription;
  const shared = template.includes("{arguments}") ? sharedTypes(tools) : new Map<string, JsonSchema>();
  const described = tools.map((tool) =>
    fillTemplate(template, {
      tool_name: tool.name,
      description: descriptionOf(tool),
      arguments: writeArguments(tool, shared),
      schema: JSON.stringify(toInputSchema(tool)),
      definition: JSON.stringify(definitionOf(tool)),
    }),
  );
  const listed = described.join(separator);
  return shared.size === 0 ? listed : listed + fillTemplate(types, { types: writeTypes([...shared]) });
}

/** The arguments as one type, with the schemas that mean something else in another tool behind it. */
function writeArguments({ parameters, $defs = {} }: Tool, shared: ReadonlyMap<string, JsonSchema>): string {
  // That there are no other arguments is said once for all tools, by the system message.
  const { additionalProperties: _, ...root } = toInputSchema({ parameters });
  const own = Object.entries($defs).filter(([key]) => !shared.has(key));
  return [writeType(root), ...(own.length > 0 ? [writeTypes(own)] : [])].join("\n");
}

function writeTypes(types: readonly (readonly [string, JsonSchema])[]): string {
  return types.map(([key, schema]) => writeDefinition(key, schema)).join("\n");
}

function definitionOf(tool: Tool): object {
  const { name } = tool;
  return {
    type: "function",
    function: { name, description: descriptionOf(tool), parameters: toInputSchema(tool) },
  };
}

/** The whole system message for a model without native tools: instructions, tools, and how to call one. */
export function writeSystemMessage(tools: readonly Tool[], strategy: PromptStrategy = jsonStrategy): string {
  return fillTemplate(strategy.systemMessage.template, {
    tools: describeTools(tools, strategy),
    call_example: strategy.callExample.example,
  });
}

/** The system message for a model that is given its tools natively: instructions, and no tool by name. */
export function writeNativeSystemMessage(strategy: PromptStrategy = jsonStrategy): string {
  return strategy.systemMessage.native;
}

/** A tool's description, which falls back to its title. */
export function descriptionOf({ description = "", title = "" }: Pick<Tool, "description" | "title">): string {
  return description === "" ? title : description;
}
