import type { Tool } from "@mcs/core";
import { describeTools } from "@mcs/llm/prompts";
import { toNativeTools } from "@mcs/llm/dialects";
import { offer, type OfferFormat } from "./offer-formats.ts";

/** What tools cost in every request. */
export interface Cost {
  /** OpenAI's models since GPT-4o. */
  readonly encoding: "o200k_base";
  readonly format: OfferFormat;
  /** Of all tools together, as they are sent. */
  readonly total: number;
  /** The dearest first; a tool that the format leaves out costs nothing. */
  readonly tools: readonly { readonly name: string; readonly tokens: number }[];
}

/**
 * Counts tokens with OpenAI's own encoding, in what is sent. Providers rewrite tools before a model sees them, and others
 * than OpenAI have other encodings, so that their bills differ.
 */
export async function countCost(tools: readonly Tool[], format: OfferFormat): Promise<Cost> {
  // 2 MB of ranks, which no other command needs.
  const { countTokens } = await import("gpt-tokenizer/encoding/o200k_base");
  // What looks like a special token in a document is text.
  const tokensOf = (text: string): number => countTokens(text, { disallowedSpecial: new Set() });
  const costs = tools.map((tool) => ({ name: tool.name, tokens: tokensOf(textOf(tool, format)) }));
  const request = offer(tools, format);
  return {
    encoding: "o200k_base",
    format,
    total: tools.length === 0 ? 0 : tokensOf(typeof request === "string" ? request : JSON.stringify(request)),
    tools: costs.toSorted((one, other) => other.tokens - one.tokens),
  };
}

function textOf(tool: Tool, format: OfferFormat): string {
  if (format === "text") return describeTools([tool]);
  return toNativeTools([tool], format)
    .tools.map((native) => JSON.stringify(native))
    .join("");
}
