import { MCSError, toFailure, type CallContext, type CallResult, type Failure } from "@mcs/core";
import type { ReadFailure, ToolCallReading } from "@mcs/llm";
import type { CallHooks } from "../process-answer.ts";
import { failedCall, type AroundCall } from "../run-calls.ts";
import { readThrown } from "../thrown.ts";
import type { EqualFailures } from "./equal-failures.ts";
import { limitTexts } from "./limit-texts.ts";
import type { RunEvent } from "./run-event.ts";
import type { RunLife } from "./run-life.ts";
import type { LimitName, LimitValues } from "./run-limits.ts";

/** What a guard needs to know of its run. */
export interface GuardOptions {
  readonly limits: LimitValues;
  readonly life: RunLife;
  readonly failures: EqualFailures;
  /** A limit by which no call of this answer runs. */
  readonly stop: LimitName | undefined;
  /** Whether one more call may run; it is counted then. */
  readonly takeCall: () => boolean;
  readonly reach: (limit: LimitName) => void;
  readonly emit: (event: RunEvent) => void;
}

/** Stands around the calls of one answer. */
export interface CallGuard {
  readonly hooks: Required<CallHooks>;
  /** Of the results that were not told of yet: those of calls that never ran. */
  restOf(results: readonly CallResult[]): readonly RunEvent[];
}

/** Tells what happens to the calls of an answer, and lets none run that a limit forbids. */
export function createCallGuard(options: GuardOptions): CallGuard {
  const { limits, life, failures, stop, takeCall, reach, emit } = options;
  const begun = new Set<string>();
  const told = new Set<string>();

  const tell = (result: CallResult, ran: boolean): void => {
    told.add(result.id ?? "");
    emit({ type: "result", ran, ...result });
  };

  /** @returns What to tell the model beside the failure, if it was one too many. */
  const count = (
    tool: string,
    args: unknown,
    failure: Pick<Failure, "code" | "message">,
  ): string | undefined => {
    if (life.signal.aborted || failures.add(tool, args, failure) < limits.equalFailures) return undefined;
    reach("equalFailures");
    return limitTexts.failedAgain(limits.equalFailures);
  };

  const around: AroundCall = async ({ call, tool }, context, run) => {
    const { id, arguments: args } = call;
    const { name } = tool;
    if (life.signal.aborted) throw notBegun(life.signal.reason as MCSError);
    const refusal = stop ?? (takeCall() ? undefined : "calls");
    if (refusal !== undefined) {
      reach(refusal);
      throw notExecuted(refusal, limits);
    }
    begun.add(id);
    emit({ type: "call", id, name, arguments: args });
    try {
      const result = await run(withProgress(context, id, emit));
      failures.clear(name);
      tell({ id, name, outcome: "executed", result }, true);
      return result;
    } catch (error) {
      const thrown = readThrown(error);
      if ("pending" in thrown) throw error;
      const hint = count(name, args, thrown.failure);
      const failure = hint === undefined ? thrown.failure : { ...thrown.failure, hint };
      tell(failedCall({ id, name }, failure), true);
      throw toError(failure);
    }
  };

  const amend = (failure: ReadFailure): ReadFailure => {
    const { name = "", detail, retryPrompt } = failure;
    const more = count(name, detail, { code: "MCS_UNREADABLE_CALL", message: detail });
    return more === undefined
      ? failure
      : { ...failure, detail: `${detail} ${more}`, retryPrompt: `${retryPrompt} ${more}` };
  };

  const onReading = (reading: ToolCallReading): ToolCallReading => {
    if (reading.kind === "none") return reading;
    if (reading.kind === "calls") return { ...reading, failures: reading.failures.map(amend) };
    const { detail } = reading;
    tell(failedCall({ id: "", name: "" }, toFailure(new MCSError("MCS_UNREADABLE_CALL", detail))), false);
    const more = count("", detail, { code: "MCS_UNREADABLE_CALL", message: detail });
    return more === undefined ? reading : { ...reading, retryPrompt: `${reading.retryPrompt} ${more}` };
  };

  return {
    hooks: { around, onReading },
    restOf: (results) =>
      results
        .filter(({ id = "" }) => !told.has(id))
        .map((result): RunEvent => {
          const { id = "", name, failure } = result;
          if (failure?.code === "MCS_UNKNOWN_TOOL") count(name, undefined, failure);
          return { type: "result", ran: begun.has(id), ...result };
        }),
  };
}

/** The failure of a call that a limit forbids. */
function notExecuted(limit: LimitName, limits: LimitValues): MCSError {
  return new MCSError("MCS_TOO_LARGE", limitTexts.notExecuted(limit, limits[limit]), {
    effect: "none",
    hint: limitTexts.closing,
  });
}

/** Why a run ended, for a call that it never came to. */
function notBegun({ code, message }: MCSError): MCSError {
  return new MCSError(code, message, { effect: "none" });
}

function toError({ code, message, ...rest }: Failure): MCSError {
  return new MCSError(code, message, rest);
}

function withProgress(context: CallContext, id: string, emit: (event: RunEvent) => void): CallContext {
  const { onProgress } = context;
  return {
    ...context,
    onProgress: (progress) => {
      emit({ type: "progress", id, progress });
      onProgress?.(progress);
    },
  };
}
