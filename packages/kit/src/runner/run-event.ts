import type { CallResult, LlmAnswer, PendingCall, Progress, ProviderMessage, ToolArguments } from "@mcs/core";
import type { LimitName } from "./run-limits.ts";

/** What a run has used up. */
export interface RunSpending {
  readonly turns: number;
  readonly calls: number;
  readonly tokens: number;
  readonly seconds: number;
}

/** A run that waits for consent: plain data, to be stored and given to `resume`. */
export interface PausedRun {
  readonly messages: readonly ProviderMessage[];
  /** The answer that made the calls. */
  readonly answer: LlmAnswer;
  /** Ids of all its calls, in their order. */
  readonly ids: readonly string[];
  readonly results: readonly CallResult[];
  readonly pending: readonly PendingCall[];
  readonly spent: RunSpending;
}

/**
 * How a run ended: with the model's answer, at a limit, waiting for consent, cancelled, or by the failure of the model or
 * of all drivers.
 */
export type RunReason = "answered" | "limit" | "pending" | "aborted" | "failed";

/** The last event of every run. */
export interface RunDone {
  readonly type: "done";
  readonly reason: RunReason;
  /** The words of the last answer, as far as it came. */
  readonly text: string;
  /** The conversation as it was given and what the run added. Every call in it is answered; an answer that broke off is not in it. */
  readonly messages: readonly ProviderMessage[];
  readonly spent: RunSpending;
  /** With `pending`. */
  readonly paused?: PausedRun;
  /** With `failed`: what was thrown. */
  readonly error?: unknown;
}

/** What happens in a run, in order; calls that run at once mix theirs. */
export type RunEvent =
  /** Words of the model to show: nothing of a call, nor of reasoning. */
  | { readonly type: "text"; readonly text: string }
  /** An answer is whole, and asks for so many calls. */
  | { readonly type: "answer"; readonly answer: LlmAnswer; readonly calls: number }
  /** A call begins to run. */
  | { readonly type: "call"; readonly id: string; readonly name: string; readonly arguments: ToolArguments }
  | { readonly type: "progress"; readonly id: string; readonly progress: Progress }
  /** What became of a call; `ran` is false for one that never began. */
  | ({ readonly type: "result"; readonly ran: boolean } & CallResult)
  /** A call waits for consent. */
  | { readonly type: "pending"; readonly pending: PendingCall }
  /** A limit was reached. What the model still says is its last answer. */
  | { readonly type: "limit"; readonly limit: LimitName; readonly most: number; readonly message: string }
  | RunDone;
