import { MCSError, type Tool } from "@mcs/core";
import { toLlmFormat } from "../llm-format.ts";
import type { NativeTools } from "../native-tools.ts";
import { toOpenAITools, type OpenAITool } from "./openai-tools.ts";

/** The type of one tool in a format; `text` has none, and a name known only at run time says no more than `object`. */
export type NativeToolOf<Format extends string> = Format extends "openai"
  ? OpenAITool
  : Format extends "text"
    ? never
    : object;

/**
 * The tools in a provider's shape, in the order given and the same bytes each time. A tool that the provider would
 * refuse is left out with a diagnostic, because it would fail the whole request. `text` has no native tools: the list
 * is empty, and `writeSystemMessage` describes them instead.
 *
 * @throws {MCSError} `MCS_UNSUPPORTED` if there is no such format.
 */
export function toNativeTools<Format extends string>(
  tools: readonly Tool[],
  format: Format,
): NativeTools<NativeToolOf<Format>> {
  return write(tools, format) as NativeTools<NativeToolOf<Format>>;
}

function write(tools: readonly Tool[], format: string): NativeTools {
  const known = toLlmFormat(format);
  if (known === "openai") return toOpenAITools(tools);
  if (known === "text")
    return { tools: [], decode: (name, args) => ({ name, arguments: args }), diagnostics: [] };
  throw new MCSError("MCS_UNSUPPORTED", `Tools are not written in the format "${format}" yet.`, {
    hint: "Use the format openai, or text.",
  });
}
