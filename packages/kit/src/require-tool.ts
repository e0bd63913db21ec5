import { findTool, MCSError, type Tool, type ToolArguments } from "@mcs/core";
import { nearestNames } from "@mcs/llm/validate";

/**
 * Resolves a name, once and first.
 *
 * @throws {MCSError} `MCS_UNKNOWN_TOOL` that names what comes near.
 */
export function requireTool(tools: readonly Tool[], name: string): Tool {
  const tool = findTool(tools, name);
  if (tool !== undefined) return tool;
  const near = nearestNames(
    name,
    tools.map((known) => known.name),
  );
  throw new MCSError("MCS_UNKNOWN_TOOL", `No tool "${name}".`, {
    hint: near.length > 0 ? `Did you mean ${near.join(", ")}?` : "Use the name of a listed tool.",
  });
}

/**
 * @param args - What `copyArguments` gave.
 * @throws {MCSError} `MCS_INVALID_ARGUMENTS` if they are no plain data.
 */
export function requireArguments(tool: Tool, args: ToolArguments | undefined): ToolArguments {
  if (args !== undefined) return args;
  throw new MCSError("MCS_INVALID_ARGUMENTS", `Arguments of "${tool.name}" must be an object of plain data.`);
}
