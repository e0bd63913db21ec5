export { formatForModel } from "./format-for-model.ts";
export { createDecoder } from "./dialects/dialect-decoder.ts";
export type {
  AiSdkTool,
  AnthropicTool,
  BedrockTool,
  GeminiTool,
  MistralTool,
  NativeToolOf,
  OllamaTool,
  OpenAIResponsesTool,
  OpenAITool,
} from "./dialects/native-tool-types.ts";
export { predictRefusals, type Refusal } from "./dialects/predict-refusals.ts";
export { toolFormats, type ProviderRules, type ToolFormat } from "./dialects/rules/provider-rules.ts";
export { providerRules } from "./dialects/rules/rules.ts";
export type { SchemaLimits, SchemaRules } from "./dialects/rules/schema-rules.ts";
export { toNativeTools, type NativeToolsOptions } from "./dialects/to-native-tools.ts";
