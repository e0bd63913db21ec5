export { toNativeTools, type NativeToolOf } from "./dialects/to-native-tools.ts";
export { formatForModel } from "./format-for-model.ts";
export type { OpenAITool } from "./dialects/openai-tools.ts";
