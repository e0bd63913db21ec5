import { MCSError } from "@mcs/core";

/** The shapes that this package knows, `text` being the one for models without native tools. */
export const llmFormats = [
  "openai",
  "openai-responses",
  "openai-agents",
  "anthropic",
  "gemini",
  "gemini-interactions",
  "ollama",
  "mistral",
  "bedrock",
  "ai-sdk",
  "langchain",
  "mastra",
  "mcp",
  "text",
] as const;

/** Name of a shape: `openai` is Chat Completions, which most servers speak. */
export type LlmFormat = (typeof llmFormats)[number];

/** Ways to write tools that are answered in the shape of another format. */
const sharedShapes = new Map<string, LlmFormat>([["openai-strict", "openai"]]);

/**
 * The format of that name; for a way to write tools, that of the answers.
 *
 * @throws {MCSError} `MCS_UNSUPPORTED` if there is none: a mistake of the program, not of a model.
 */
export function toLlmFormat(name: string): LlmFormat {
  const format = sharedShapes.get(name) ?? llmFormats.find((known) => known === name);
  if (format !== undefined) return format;
  throw new MCSError("MCS_UNSUPPORTED", `Unknown LLM format "${name}". Known: ${llmFormats.join(", ")}.`, {
    hint: "Use a known format, or leave it out.",
  });
}
