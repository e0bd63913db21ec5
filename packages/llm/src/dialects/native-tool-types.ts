import type { JsonSchemaObject } from "@mcs/core";

/** A schema of arguments, as most providers take it. */
export interface ArgumentsSchema extends Record<string, unknown> {
  readonly type: "object";
  readonly properties: Record<string, JsonSchemaObject>;
  readonly required?: string[];
}

/** A tool of OpenAI's Chat Completions API, which most servers speak; Ollama's and Mistral's are alike. */
export interface OpenAITool {
  readonly type: "function";
  readonly function: {
    readonly name: string;
    readonly description: string;
    readonly parameters: ArgumentsSchema;
    /** Only of `openai-strict`. */
    readonly strict?: true;
  };
}

/** A tool of OpenAI's Responses API. */
export interface OpenAIResponsesTool {
  readonly type: "function";
  readonly name: string;
  readonly description: string;
  readonly parameters: ArgumentsSchema;
  /** Said, because the API takes its absence for `true`. */
  readonly strict: false;
}

/** A tool of Anthropic's Messages API. */
export interface AnthropicTool {
  readonly name: string;
  readonly description: string;
  readonly input_schema: ArgumentsSchema;
}

/** All tools of a request to Gemini: it refuses several such objects. */
export interface GeminiTool {
  readonly functionDeclarations: GeminiFunction[];
}

export interface GeminiFunction {
  readonly name: string;
  readonly description: string;
  /** `Schema` of the API, absent for a tool without parameters. */
  readonly parameters?: object;
}

/** A tool of Bedrock's Converse API: for `toolConfig.tools`. */
export interface BedrockTool {
  readonly toolSpec: {
    readonly name: string;
    readonly description?: string;
    readonly inputSchema: { readonly json: BedrockDocument };
  };
}

/** Any JSON value, as the SDK's types have it. */
export type BedrockDocument =
  | null
  | boolean
  | number
  | string
  | BedrockDocument[]
  | { [key: string]: BedrockDocument };

/** A tool as AI SDK hands it to a provider; `jsonSchema(inputSchema)` makes it one for `tools` of `generateText`. */
export interface AiSdkTool {
  readonly type: "function";
  readonly name: string;
  readonly description: string;
  readonly inputSchema: { readonly type: "object" };
}

/** A tool of Ollama's own chat API. */
export interface OllamaTool {
  readonly type: "function";
  readonly function: {
    readonly name: string;
    readonly description: string;
    readonly parameters: {
      readonly type: "object";
      readonly properties: Record<string, { type?: string | string[]; description?: string }>;
      readonly required?: string[];
    };
  };
}

/** A tool of Mistral's chat API. */
export interface MistralTool {
  readonly type: "function";
  readonly function: {
    readonly name: string;
    readonly description: string;
    readonly parameters: Record<string, unknown>;
  };
}

/** One tool by format. */
export interface NativeToolTypes {
  readonly openai: OpenAITool;
  readonly "openai-strict": OpenAITool;
  readonly "openai-responses": OpenAIResponsesTool;
  readonly anthropic: AnthropicTool;
  readonly gemini: GeminiTool;
  readonly bedrock: BedrockTool;
  readonly mistral: MistralTool;
  readonly ollama: OllamaTool;
  readonly "ai-sdk": AiSdkTool;
}

/** The type of one tool in a format; `text` has none, and a name known only at run time says no more than `object`. */
export type NativeToolOf<Format extends string> = Format extends keyof NativeToolTypes
  ? NativeToolTypes[Format]
  : Format extends "text"
    ? never
    : object;
