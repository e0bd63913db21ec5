import type { Tool } from "@mcs/core";
import { toNativeTools, toolFormats, type ToolFormat } from "@mcs/llm/dialects";
import { writeSystemMessage } from "@mcs/llm/prompts";

/** How tools are offered to a model; `text` is the prompt for one without native tools. */
export type OfferFormat = ToolFormat | "text";

export const offerFormats: readonly OfferFormat[] = [...toolFormats, "text"];

/**
 * What a request says of these tools: the part of its body by the provider's API (for `ai-sdk` of the options that a
 * provider gets, LanguageModelV4CallOptions), or for `text` the system message.
 */
export function offer(tools: readonly Tool[], format: OfferFormat): object | string {
  if (format === "text") return writeSystemMessage(tools);
  const { tools: native } = toNativeTools(tools, format);
  return format === "bedrock" ? { toolConfig: { tools: native } } : { tools: native };
}
