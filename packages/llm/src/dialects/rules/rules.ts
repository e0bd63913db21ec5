import { aiSdkRules } from "./ai-sdk.ts";
import { anthropicRules } from "./anthropic.ts";
import { bedrockRules } from "./bedrock.ts";
import { geminiRules } from "./gemini.ts";
import { mistralRules } from "./mistral.ts";
import { ollamaRules } from "./ollama.ts";
import { openaiResponsesRules } from "./openai-responses.ts";
import { openaiStrictRules } from "./openai-strict.ts";
import { openaiRules } from "./openai.ts";
import type { ProviderRules, ToolFormat } from "./provider-rules.ts";

/** What each provider takes, by format. */
export const providerRules: Readonly<Record<ToolFormat, ProviderRules>> = {
  openai: openaiRules,
  "openai-strict": openaiStrictRules,
  "openai-responses": openaiResponsesRules,
  anthropic: anthropicRules,
  gemini: geminiRules,
  bedrock: bedrockRules,
  mistral: mistralRules,
  ollama: ollamaRules,
  "ai-sdk": aiSdkRules,
};
