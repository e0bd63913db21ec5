import type { OpenAIProvider } from "@ai-sdk/openai";
import type Anthropic from "@anthropic-ai/sdk";
import type { Tool as BedrockTool } from "@aws-sdk/client-bedrock-runtime";
import type { Tool } from "@mcs/core";
import { toNativeTools } from "@mcs/llm/dialects";
import type { ToolUnion } from "@google/genai";
import type { Tool as MistralTool } from "@mistralai/mistralai/models/components";
import type { Tool as OllamaTool } from "ollama";
import type { jsonSchema } from "ai";
import type OpenAI from "openai";
import { expectTypeOf, test } from "vitest";

declare const tools: readonly Tool[];

/** What AI SDK hands to a provider. */
type ProviderTools = NonNullable<Parameters<ReturnType<OpenAIProvider>["doGenerate"]>[0]["tools"]>;

test("native tools fit the types of the official clients", () => {
  expectTypeOf(toNativeTools(tools, "openai").tools).toExtend<OpenAI.ChatCompletionTool[]>();
  expectTypeOf(toNativeTools(tools, "openai-strict").tools).toExtend<OpenAI.ChatCompletionTool[]>();
  expectTypeOf(toNativeTools(tools, "openai-responses").tools).toExtend<OpenAI.Responses.Tool[]>();
  expectTypeOf(toNativeTools(tools, "anthropic").tools).toExtend<Anthropic.ToolUnion[]>();
  expectTypeOf(toNativeTools(tools, "gemini").tools).toExtend<ToolUnion[]>();
  expectTypeOf(toNativeTools(tools, "bedrock").tools).toExtend<BedrockTool[]>();
  expectTypeOf(toNativeTools(tools, "mistral").tools).toExtend<MistralTool[]>();
  expectTypeOf(toNativeTools(tools, "ollama").tools).toExtend<OllamaTool[]>();
  expectTypeOf(toNativeTools(tools, "ai-sdk").tools).toExtend<ProviderTools>();
  expectTypeOf(toNativeTools(tools, "ai-sdk").tools[0]!.inputSchema).toExtend<
    Parameters<typeof jsonSchema>[0]
  >();
  expectTypeOf(toNativeTools(tools, "text").tools).toEqualTypeOf<never[]>();
});
