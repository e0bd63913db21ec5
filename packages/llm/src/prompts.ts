export { describeTools, writeNativeSystemMessage, writeSystemMessage } from "./describe-tools.ts";
export { estimateTokens } from "./prompt/estimate-tokens.ts";
export {
  shortenTools,
  type PromptBudget,
  type PromptDiagnostic,
  type ShortenedTools,
} from "./prompt/shorten-tools.ts";
export { writeRetryPrompt } from "./write-retry-prompt.ts";
