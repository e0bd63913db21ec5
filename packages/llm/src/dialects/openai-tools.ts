import { toInputSchema, type InputSchema, type Tool } from "@mcs/core";
import { descriptionOf } from "../describe-tools.ts";
import type { Diagnostic, NativeTools } from "../native-tools.ts";

/** A tool of OpenAI's Chat Completions API, which most servers speak. */
export interface OpenAITool {
  readonly type: "function";
  readonly function: { name: string; description: string; parameters: InputSchema };
}

/** Limits of the API; see its reference, "Create chat completion", `tools`. As of November 2026. */
const limits = { name: /^[A-Za-z0-9_-]{1,64}$/, tools: 128 };

export function toOpenAITools(tools: readonly Tool[]): NativeTools<OpenAITool> {
  const diagnostics: Diagnostic[] = [];
  const names = new Set<string>();
  const native: OpenAITool[] = [];
  for (const tool of tools) {
    const diagnostic = refusalOf(tool.name, names);
    if (diagnostic !== undefined) {
      diagnostics.push(diagnostic);
      continue;
    }
    names.add(tool.name);
    const details = {
      name: tool.name,
      description: descriptionOf(tool),
      parameters: toInputSchema(tool),
    };
    native.push({ type: "function", function: details });
  }
  if (native.length > limits.tools) {
    const message = `${native.length} tools, but OpenAI's own API takes at most ${limits.tools}.`;
    diagnostics.push({ code: "too_many_tools", leftOut: false, message });
  }
  return { tools: native, decode: (name, args) => ({ name, arguments: args }), diagnostics };
}

function refusalOf(name: string, taken: ReadonlySet<string>): Diagnostic | undefined {
  if (!limits.name.test(name)) {
    const message = `The name "${name}" does not match ${limits.name.source}.`;
    return { code: "illegal_name", tool: name, leftOut: true, message };
  }
  if (!taken.has(name)) return undefined;
  const message = `Another tool is called "${name}" too.`;
  return { code: "duplicate_name", tool: name, leftOut: true, message };
}
