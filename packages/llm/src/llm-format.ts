/** Name of a shape: `openai` is Chat Completions, which most servers speak; `text` is for models without native tools. */
export type LlmFormat =
  | "openai"
  | "openai-responses"
  | "openai-agents"
  | "anthropic"
  | "gemini"
  | "gemini-interactions"
  | "ollama"
  | "mistral"
  | "bedrock"
  | "ai-sdk"
  | "langchain"
  | "mastra"
  | "mcp"
  | "text";

/** Ways to write tools that are answered in the shape of another format. */
const sharedShapes = new Map<string, LlmFormat>([["openai-strict", "openai"]]);

/** The name of the shape in which answers come, for a way to write tools. */
export function answerShapeOf(name: string): string {
  return sharedShapes.get(name) ?? name;
}
