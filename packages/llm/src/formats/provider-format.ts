import type { LlmAnswer } from "@mcs/core";
import type { FoundCalls } from "../found-call.ts";
import type { LlmFormat } from "../llm-format.ts";
import type { PromptStrategy } from "../prompt-strategy.ts";
import type { ShownResult } from "../shown-result.ts";
import type { KnownNames, TextGrammar } from "../text/text-source.ts";

/** What a format needs in order to write. */
export interface WriteContext {
  readonly strategy: PromptStrategy;
  /** Every native format in use: text too comes and goes in the envelope of one. */
  readonly formats: readonly ProviderFormat[];
}

/** What a format needs in order to read. */
export interface ReadContext extends WriteContext {
  readonly names: KnownNames;
  /** How calls may be written in text, in the order in which they are tried. */
  readonly grammars: readonly TextGrammar[];
}

/** How an API wraps what a model says, be it calls or text. What an answer inherits does not count. */
export interface Envelope {
  /** Whether an answer came in it. */
  holds(answer: LlmAnswer): boolean;
  /** The prose of an answer, without its reasoning. */
  textOf(answer: LlmAnswer): string;
  /** Whether the provider says that the answer ended before its end. */
  isCutOff(answer: LlmAnswer): boolean;
  /** The assistant's part of an answer, as the API wants it back: the parts themselves, unchanged. */
  echo(answer: LlmAnswer): readonly object[];
  /** A message of the user. */
  say(text: string): object;
}

/** One provider's shapes, in both directions. A new one is a file of its own and a line in the table. */
export interface ProviderFormat {
  readonly name: LlmFormat;
  readonly envelope: Envelope;
  /** Whether an answer has this shape; its format owns it then, also when it holds no call. */
  claims(answer: LlmAnswer, requested: LlmFormat | undefined): boolean;
  read(answer: LlmAnswer, context: ReadContext): FoundCalls;
  /** The assistant's message, then one answer to each of its calls. */
  toMessages(answer: LlmAnswer, results: readonly ShownResult[], context: WriteContext): object[];
  /** The assistant's message, then the hint. */
  toRetryMessages(answer: LlmAnswer, retryPrompt: string, context: WriteContext): object[];
}
