import type { Issue, Tool, ToolArguments, ToolCall } from "@mcs/core";
import type { ProviderFormat } from "./formats/provider-format.ts";
import type { LlmFormat } from "./llm-format.ts";
import type { NamedCall } from "./native-tools.ts";
import type { PromptStrategy } from "./prompt-strategy.ts";
import type { TextGrammar } from "./text/text-source.ts";

/** Checks the arguments of a known tool; `validateArguments` of `@mcs/llm/validate` is one. */
export type ValidateArguments = (tool: Tool, args: ToolArguments) => readonly Issue[];

/**
 * Undoes what a provider's dialect did to a call. `decode` of `toNativeTools`, and what `createDecoder` of
 * `@mcs/llm/dialects` makes, are such.
 *
 * @param shape - The format that the answer came in.
 * @throws {MCSError} If the arguments cannot be read.
 */
export type DecodeCall = (name: string, args: ToolArguments, shape: LlmFormat) => NamedCall;

/** How to read an answer. */
export interface ReadOptions {
  /** The tools whose calls are wanted. */
  readonly tools: readonly Tool[];
  /** Names of tools that belong to others: in plain text, an object that calls one is a call too. */
  readonly otherTools?: readonly string[];
  /** The strategy that wrote the prompt. */
  readonly strategy?: PromptStrategy;
  /**
   * The format that the prompt or the tools were written for. The answer's own shape decides; this only settles what a
   * message with an empty list of native calls is: final, unless `text` says that its text is to be read.
   */
  readonly format?: LlmFormat | (string & {});
  /** The answer was cut off, as far as the caller knows; the provider's own reason counts as well. */
  readonly cutOff?: boolean;
  /**
   * For tools written by `toNativeTools`: names and arguments come back in terms of `tools`. Arguments that fit the tool only
   * as the model wrote them are taken so. Without it everything is taken as written.
   */
  readonly decode?: DecodeCall;
  /** Without it arguments are not checked. */
  readonly validate?: ValidateArguments;
  /**
   * The message shapes that are read. Default: OpenAI Chat Completions and Anthropic. `allFormats` of
   * `@mcs/llm/formats` are all there are.
   */
  readonly formats?: readonly ProviderFormat[];
  /** The text forms that are read. Default: JSON and Hermes. `allGrammars` of `@mcs/llm/grammars` are all there are. */
  readonly grammars?: readonly TextGrammar[];
}

/** A call that can be used. */
export interface ReadCall extends ToolCall {
  /** The provider's id, or `call_<n>` by the position in the answer, from 1; distinct within the answer. */
  readonly id: string;
  /** The tool's own name where the tool is known, else as the model wrote it. */
  readonly name: string;
  readonly arguments: ToolArguments;
  /** Whether it calls one of `tools`. */
  readonly known: boolean;
}

/** A call that was recognised and cannot be used. */
export interface ReadFailure {
  /** As {@link ReadCall.id}. */
  readonly id: string;
  /** As {@link ReadCall.name}; absent if it could not be read. */
  readonly name?: string;
  /** What happened, for people. */
  readonly detail: string;
  /** What to do differently, for the model. */
  readonly retryPrompt: string;
  /** What is wrong with the arguments, if it is only that. */
  readonly issues?: readonly Issue[];
}

/**
 * What an answer asks for. `none`: nothing, it is final. `calls`: calls and failures, at least one in all; together they
 * are every call of the answer, and each can be answered. `failed`: the answer as a whole could not be read.
 */
export type ToolCallReading =
  | { readonly kind: "none" }
  | {
      readonly kind: "calls";
      readonly calls: readonly ReadCall[];
      readonly failures: readonly ReadFailure[];
      /** Ids of calls and failures together, in the order of the answer. */
      readonly ids: readonly string[];
      /** What was mended, call by call, for people. */
      readonly healed: readonly string[];
      /** Prose beside the calls. */
      readonly text: string;
      /** The shape that the answer came in: give it to `toMessages`. */
      readonly format: LlmFormat;
    }
  | {
      readonly kind: "failed";
      readonly detail: string;
      readonly retryPrompt: string;
      readonly format: LlmFormat;
    };
