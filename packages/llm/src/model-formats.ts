import type { LlmFormat } from "./llm-format.ts";

/** The format of a model whose name fits no pattern: most models, and most servers, speak it. */
export const defaultFormat: LlmFormat = "openai";

/**
 * Models that need another format than the default, first match wins. A name is what a server or hub calls the model:
 * `google/gemma-2-9b-it`, `gemma2:9b`. As of November 2026, from the makers' model cards and the chat templates
 * published with the weights: the first were trained without native tools. The others are names that only a maker's own API
 * uses: `claude-sonnet-4-5` is asked for there, and `anthropic/claude-sonnet-4.5` by way of a router that speaks OpenAI's.
 */
export const modelFormats: readonly { readonly pattern: RegExp; readonly format: LlmFormat }[] = [
  // Gemma 1 to 3 with their variants; version 4 and FunctionGemma have native tools.
  { pattern: /(?<![a-z])(?:code|recurrent|med|shield)?gemma(?!-?[4-9](?!b))/i, format: "text" },
  { pattern: /(?<![a-z])(?:code-?|tiny-?)llama/i, format: "text" },
  { pattern: /(?<![a-z])llama-?2(?![.\d])/i, format: "text" },
  { pattern: /(?<![a-z])phi-?(?:1|1\.5|2|3|3\.5)(?![.\d])/i, format: "text" },
  { pattern: /(?<![a-z])mistral-7b-instruct-v0\.[12]/i, format: "text" },
  {
    pattern:
      /(?<![a-z])(?:alpaca|falcon-(?:7|40|180)b|mpt|neural-chat|orca|starcoder|vicuna|wizardlm|zephyr)/i,
    format: "text",
  },
  { pattern: /(?<![a-z])o1-(?:mini|preview)/i, format: "text" },
  { pattern: /^claude-/i, format: "anthropic" },
  { pattern: /^(?:models\/)?gemini-/i, format: "gemini" },
  { pattern: /^arn:[\w-]+:bedrock:/i, format: "bedrock" },
  {
    pattern:
      /^(?:[a-z-]{2,8}\.)?(?:ai21|amazon|anthropic|cohere|deepseek|meta|mistral|openai|qwen|writer)\.[a-z][\w.-]*(?::\d+)?$/i,
    format: "bedrock",
  },
  {
    pattern:
      /^(?:open-)?(?:codestral|devstral|magistral|ministral|mistral|mixtral|pixtral)-(?:[\w.]+-)*(?:latest|\d{4})$/i,
    format: "mistral",
  },
];
