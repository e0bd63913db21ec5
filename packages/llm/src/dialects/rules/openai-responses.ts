import { openaiRules } from "./openai.ts";
import type { ProviderRules } from "./provider-rules.ts";

export const openaiResponsesRules: ProviderRules = {
  ...openaiRules,
  format: "openai-responses",
  sources: ["OpenAI API reference, Create a model response, tools", ...openaiRules.sources.slice(1)],
};
