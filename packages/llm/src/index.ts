export type { LlmFormat } from "./llm-format.ts";
export type { OpenAIFilesMessage, OpenAIToolMessage } from "./formats/openai.ts";
export type { ProviderFormat } from "./formats/provider-format.ts";
export type { TextUserMessage } from "./formats/text.ts";
export type { Diagnostic, DiagnosticCode, NamedCall, NativeTools } from "./native-tools.ts";
export { fillTemplate, type HealingRule, type PromptStrategy } from "./prompt-strategy.ts";
export type {
  DecodeCall,
  ReadCall,
  ReadFailure,
  ReadOptions,
  ToolCallReading,
  ValidateArguments,
} from "./reading.ts";
export { readToolCalls } from "./read-tool-calls.ts";
export { jsonStrategy } from "./strategies/json.ts";
export type { ShownFile, ShownResult } from "./shown-result.ts";
export { toMessages, toRetryMessages, type EchoOf, type FollowUp } from "./to-messages.ts";
export type { TextGrammar } from "./text/text-source.ts";
