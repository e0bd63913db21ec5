import {
  MCSError,
  toFailure,
  type CallResult,
  type DriverResponse,
  type LlmAnswer,
  type PendingCall,
  type UnclaimedCall,
} from "@mcs/core";
import {
  toMessages,
  toRetryMessages,
  type PromptStrategy,
  type ReadFailure,
  type ShownResult,
  type ToolCallReading,
} from "@mcs/llm";
import { allFormats } from "@mcs/llm/formats";
import { writeRetryPrompt } from "@mcs/llm/prompts";
import { failedCall } from "./run-calls.ts";

/** The entry for a call that was recognised but could not be read. */
export function unreadableCall({ id, name = "", detail, issues }: ReadFailure): CallResult {
  const error =
    issues === undefined
      ? new MCSError("MCS_UNREADABLE_CALL", detail)
      : new MCSError("MCS_INVALID_ARGUMENTS", detail, { issues });
  return failedCall({ id, name }, toFailure(error));
}

/** The response to an answer in which a call was meant but none could be read. */
export function unreadableResponse(
  answer: LlmAnswer,
  { detail, retryPrompt, format }: Extract<ToolCallReading, { kind: "failed" }>,
  strategy: PromptStrategy | undefined,
): DriverResponse {
  return {
    toolCallResult: null,
    callExecuted: false,
    callFailed: true,
    callDetail: detail,
    retryPrompt,
    messages: toRetryMessages(answer, retryPrompt, format, strategy, allFormats),
    results: [],
    pending: [],
    unclaimed: [],
  };
}

/** What {@link toResponse} puts together. */
export interface Outcome {
  readonly answer: LlmAnswer;
  readonly reading: Extract<ToolCallReading, { kind: "calls" }>;
  readonly results: readonly CallResult[];
  readonly pending: readonly PendingCall[];
  readonly unclaimed: readonly UnclaimedCall[];
  readonly strategy: PromptStrategy | undefined;
  /** What the conversation gets of the results. */
  readonly shape: (results: readonly CallResult[]) => Promise<readonly ShownResult[]>;
}

/** Puts one response together: results in the order of the answer, messages only when every call has a result. */
export async function toResponse({
  answer,
  reading,
  results,
  pending,
  unclaimed,
  strategy,
  shape,
}: Outcome): Promise<DriverResponse> {
  const positions = new Map(reading.ids.map((id, position) => [id, position]));
  const positionOf = ({ id = "" }: CallResult): number => positions.get(id) ?? positions.size;
  const sorted = results.toSorted((a, b) => positionOf(a) - positionOf(b));
  const executed = sorted.find(({ outcome }) => outcome === "executed");
  const failed = sorted.filter(({ outcome }) => outcome !== "executed");
  const complete = sorted.length > 0 && pending.length === 0 && unclaimed.length === 0;
  return {
    toolCallResult: executed?.result ?? null,
    callExecuted: executed !== undefined,
    callFailed: failed.length > 0,
    callDetail: describe(failed, reading.healed),
    retryPrompt: toRetryPrompt(failed, reading.failures, strategy),
    messages: complete ? toMessages(answer, await shape(sorted), reading.format, strategy, allFormats) : null,
    results: sorted,
    pending,
    unclaimed,
  };
}

function describe(failed: readonly CallResult[], healed: readonly string[]): string | null {
  const details = failed.map(({ name, failure }) => `${name}: ${failure?.message ?? "failed"}`);
  const repairs = healed.map((repair) => `healed: ${repair}`);
  return details.length + repairs.length === 0 ? null : [...details, ...repairs].join("\n");
}

/** The reader's own hint for what it could not read; a denied call is not to be tried again, so it prompts nothing. */
function toRetryPrompt(
  failed: readonly CallResult[],
  unread: readonly ReadFailure[],
  strategy: PromptStrategy | undefined,
): string | null {
  const prompts = failed
    .filter(({ outcome }) => outcome === "failed")
    .map(
      (result) =>
        unread.find(({ id }) => id === result.id)?.retryPrompt ?? writeRetryPrompt(result, strategy),
    );
  return prompts.length === 0 ? null : prompts.join("\n");
}
