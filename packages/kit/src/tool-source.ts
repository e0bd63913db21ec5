import { MCSError, type Tool, type ToolArguments } from "@mcs/core";
import { invalidArguments, requireFitting } from "./require-fitting.ts";
import type { DefinedTool, RunContext } from "./define-tool.ts";
import { check } from "./standard-schema.ts";

/**
 * Where a ToolDriver's tools come from when they are not written by hand: from a document, a server, a database.
 * Names are resolved, arguments checked and results scrubbed around it.
 */
export interface ToolSource {
  /** Should give the same array again while nothing changed: what is derived from it is then reused. */
  listTools(context: RunContext): Promise<readonly Tool[]>;
  /** Runs a tool of the list with arguments that fit its schema. */
  execute(tool: Tool, args: ToolArguments, context: RunContext): Promise<unknown>;
}

/** A source that also knows how to check its arguments. */
export interface CheckingSource extends ToolSource {
  /** @returns The arguments to run with (defaults filled in). @throws {MCSError} `MCS_INVALID_ARGUMENTS`. */
  check(tool: Tool, args: ToolArguments): Promise<ToolArguments>;
}

export function toCheckingSource(tools: readonly DefinedTool[] | ToolSource): CheckingSource {
  return isSource(tools) ? checkedBySchema(tools) : checkedByDefinition(tools);
}

function isSource(tools: readonly DefinedTool[] | ToolSource): tools is ToolSource {
  return "listTools" in tools;
}

function checkedBySchema(source: ToolSource): CheckingSource {
  return {
    listTools: (context) => source.listTools(context),
    execute: (tool, args, context) => source.execute(tool, args, context),
    check: async (tool, args) => {
      requireFitting(tool, args);
      return args;
    },
  };
}

function checkedByDefinition(defined: readonly DefinedTool[]): CheckingSource {
  const tools = defined.map(({ tool }) => tool);
  rejectDuplicates(tools);
  const byName = new Map(defined.map((entry) => [entry.tool.name, entry]));
  const definitionOf = ({ name }: Tool): DefinedTool => {
    const entry = byName.get(name);
    if (entry === undefined) throw new MCSError("MCS_UNKNOWN_TOOL", `No tool "${name}".`);
    return entry;
  };
  return {
    listTools: async () => tools,
    check: async (tool, args) => {
      const known = new Set(tool.parameters.map(({ name }) => name));
      const unknown = Object.keys(args).filter((name) => !known.has(name));
      const checked = await check(definitionOf(tool).parameters, args);
      const issues = [
        ...unknown.map((argument) => ({ argument, message: "is not an argument of this tool" })),
        // A strict schema reports unknown keys a second time, at the root or by their names.
        ...(checked.issues ?? []).filter(
          ({ argument }) => unknown.length === 0 || (argument !== "" && !unknown.includes(argument)),
        ),
      ];
      if (checked.issues !== undefined || issues.length > 0) throw invalidArguments(tool, issues);
      return checked.value as ToolArguments;
    },
    execute: async (tool, args, context) => definitionOf(tool).execute(args as never, context),
  };
}

function rejectDuplicates(tools: readonly Tool[]): void {
  const seen = new Set<string>();
  for (const name of tools.flatMap((tool) => [tool.name, ...(tool.aliases ?? [])])) {
    if (seen.has(name)) throw new MCSError("MCS_INVALID_CONFIG", `Two tools are called "${name}".`);
    seen.add(name);
  }
}
