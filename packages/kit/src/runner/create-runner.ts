import type { CallContext, ConsentAnswer, MCSToolDriver, ProviderMessage } from "@mcs/core";
import { formatForModel } from "@mcs/llm/dialects";
import { estimateResultTokens } from "@mcs/llm/results";
import { requireOptions } from "../require-options.ts";
import type { ResultOptions } from "../shape-results.ts";
import type { StrategyOptions } from "../strategy-options.ts";
import type { Model } from "./model.ts";
import { Run } from "./run.ts";
import type { PausedRun, RunEvent } from "./run-event.ts";
import { toRunLimits, type RunLimits } from "./run-limits.ts";
import { toUserMessage } from "./user-message.ts";

/** What a {@link Runner} is made from. */
export interface RunnerOptions extends StrategyOptions, ResultOptions {
  /** One driver, or several, whose tools are offered together. They stay the caller's. */
  readonly driver: MCSToolDriver | readonly MCSToolDriver[];
  readonly model: Model;
  /** Chooses format and wording. */
  readonly modelName?: string | undefined;
  /** Shape of messages and tools. Default: what the model's name suggests. */
  readonly format?: string | undefined;
  /** Instructions in front of those for the tools. */
  readonly system?: string | undefined;
  readonly limits?: RunLimits | undefined;
  /** Calls that one answer may hold. Default 16. */
  readonly maxCalls?: number | undefined;
}

/** Lets a model work with tools until it has its answer. It keeps nothing between runs, which may be as many at once as wanted. */
export interface Runner {
  /**
   * One run: the model's answers and their calls, up to an answer without calls. Reads of an answer that stand side by side run
   * at once, all else in order; a call that fails costs no other its result. The last event is always `done`, and nothing is
   * thrown for what models and drivers do. Who leaves the loop ends the run, and what it has running.
   *
   * @param conversation - What the user says, or the messages so far in the shape of the model's API, without the system
   *   message: those of the last `done` and one more.
   * @param context - For every call. A `signal` ends the run at any point; with an `idempotencyKey` every call gets one of
   *   its own, made from it, the number of the answer and the call's id.
   */
  run(
    conversation: string | readonly ProviderMessage[],
    context?: CallContext,
  ): AsyncGenerator<RunEvent, void>;
  /**
   * Goes on with a run that waits for consent.
   *
   * @param answers - By `consentId`. What has no answer, or `later`, goes on waiting.
   */
  resume(
    paused: PausedRun,
    answers: Readonly<Record<string, ConsentAnswer>>,
    context?: CallContext,
  ): AsyncGenerator<RunEvent, void>;
}

/**
 * Makes a runner.
 *
 * @throws {MCSError} `MCS_INVALID_CONFIG` if `driver` or `model` is missing, or a limit is no number.
 */
export function createRunner(options: RunnerOptions): Runner {
  requireOptions("createRunner", options, ["driver", "model"]);
  const {
    driver,
    modelName,
    format = formatForModel(modelName),
    system = "",
    limits,
    maxCalls = 16,
  } = options;
  const settings = {
    ...options,
    drivers: "listTools" in driver ? [driver] : driver,
    format,
    system,
    maxCalls,
    limits: toRunLimits(limits),
    countTokens: options.countTokens ?? estimateResultTokens,
  };
  return {
    run(conversation, context = {}) {
      const messages =
        typeof conversation === "string" ? [toUserMessage(conversation, format)] : conversation;
      return new Run(settings, messages, context).events();
    },
    resume: (paused, answers, context = {}) =>
      new Run(settings, paused.messages, context, paused).resumed(paused, answers),
  };
}
