import type { CallResult, LlmAnswer } from "@mcs/core";
import { assignIds } from "../call-ids.ts";
import type { CallProblem, FoundCall } from "../found-call.ts";
import type { LlmFormat } from "../llm-format.ts";
import type { PromptStrategy } from "../prompt-strategy.ts";
import { resultText } from "../result-text.ts";
import type { ShownFile } from "../shown-result.ts";
import { imageTypes, pdf } from "./files.ts";
import type { Envelope, ProviderFormat } from "./provider-format.ts";

/** One call as a provider's message holds it. */
export interface NativeCall {
  readonly id?: string | undefined;
  readonly name?: string | undefined;
  /** JSON text or a value, not yet looked at. */
  readonly arguments?: unknown;
  /** It cannot be used, whatever its arguments are. */
  readonly problem?: CallProblem | undefined;
  /** Where its answer differs from that of other calls: its kind, in the provider's words. */
  readonly kind?: string;
}

/** What goes back to the model for one call. */
export interface AnsweredCall {
  readonly call: NativeCall;
  /** The provider's id, even where two calls share one; else the one that was given on reading. */
  readonly id: string;
  readonly name: string;
  /** What the model reads of it. Empty only if the tool's result is an empty text. */
  readonly content: string;
  /** What it sees of it: files of the types that the API takes. */
  readonly files: readonly ShownFile[];
  readonly outcome: CallResult["outcome"];
}

/** What tells one API from another. */
export interface NativeShape extends Envelope {
  readonly name: LlmFormat;
  /**
   * The calls that an answer asks the client to run. Those that the provider runs itself are left out.
   *
   * @param requested - The format that the tools were written for, which decides where two APIs look the same.
   * @returns `undefined` if the answer has no place for calls in this shape.
   */
  callsOf(answer: LlmAnswer, requested: LlmFormat | undefined): readonly NativeCall[] | undefined;
  /** Whether the provider says that the model wrote a call which it could not read itself. */
  isMalformed?(answer: LlmAnswer): boolean;
  /** Media types of the files that may go with a result. Default: those that nearly every provider takes, and PDF. */
  readonly fileTypes?: readonly string[];
  /** The messages that answer the calls, at least one call. */
  answer(answered: readonly AnsweredCall[], strategy: PromptStrategy): readonly object[];
}

/** What the provider marked as unfinished. */
export const unfinished: CallProblem = { prompt: "cutOff", error: "the provider says that it is unfinished" };

/** What all APIs with native calls have in common. */
export function nativeFormat(shape: NativeShape): ProviderFormat {
  const { name, fileTypes = [...imageTypes, pdf] } = shape;
  const callsOf = (answer: LlmAnswer): readonly NativeCall[] => shape.callsOf(answer, name) ?? [];
  return {
    name,
    envelope: shape,

    claims(answer, requested) {
      const calls = shape.callsOf(answer, requested);
      // Servers that read calls out of the text themselves send an empty list when they did not look.
      return calls !== undefined && !(requested === "text" && calls.length === 0);
    },

    read(answer) {
      const calls = callsOf(answer).map(toFoundCall);
      const found = { calls, text: shape.textOf(answer), cutOff: shape.isCutOff(answer) };
      if (calls.length > 0 || shape.isMalformed?.(answer) !== true) return found;
      return { ...found, refused: "it held a call that the provider could not read" };
    },

    toMessages(answer, results, { strategy }) {
      const calls = callsOf(answer);
      const ids = assignIds(calls.map(({ id }) => id));
      const byId = new Map(results.map((result) => [result.id, result]));
      const answered = answerCalls(calls, (index) => {
        const result = byId.get(ids[index]);
        if (result === undefined) return failed(strategy.results.missing);
        const { outcome, files = [] } = result;
        return {
          content: resultText(result, strategy),
          files: outcome === "executed" ? files.filter(({ mediaType }) => fileTypes.includes(mediaType)) : [],
          outcome,
        };
      });
      return [...shape.echo(answer), ...(answered.length > 0 ? shape.answer(answered, strategy) : [])];
    },

    toRetryMessages(answer, retryPrompt, { strategy }) {
      const answered = answerCalls(callsOf(answer), (index) =>
        failed(index === 0 ? retryPrompt : strategy.results.missing),
      );
      const messages = answered.length > 0 ? shape.answer(answered, strategy) : [shape.say(retryPrompt)];
      return [...shape.echo(answer), ...messages];
    },
  };
}

function toFoundCall({ id, name, arguments: rawArguments, problem }: NativeCall): FoundCall {
  const found = { ...(id !== undefined && { id }), ...(name !== undefined && { name }), repairs: [] };
  if (problem !== undefined) return { ...found, problem };
  if (name === undefined || name === "")
    return { ...found, problem: { prompt: "noToolField", error: "it has no name" } };
  return { ...found, rawArguments };
}

/** What goes back, beside to whom. */
type Said = Pick<AnsweredCall, "content" | "files" | "outcome">;

function failed(content: string): Said {
  return { content, files: [], outcome: "failed" };
}

function answerCalls(calls: readonly NativeCall[], write: (index: number) => Said): AnsweredCall[] {
  const ids = assignIds(calls.map(({ id }) => id));
  return calls.map((call, index) => ({
    call,
    id: call.id ?? ids[index] ?? "",
    name: call.name ?? "",
    ...write(index),
  }));
}
