import {
  MCSError,
  toFailure,
  type CallContext,
  type CallResult,
  type Failure,
  type PendingCall,
  type Tool,
  type ToolArguments,
} from "@mcs/core";
import type { ReadCall } from "@mcs/llm";
import { readThrown } from "./thrown.ts";
import { untilGivenUp } from "./until-given-up.ts";

/** A call and the tool that it means. */
export interface FoundCall {
  readonly call: ReadCall;
  readonly tool: Tool;
}

/** What stands around every call that runs: it may see it, bound it, and say what the driver gets to know. */
export type AroundCall = (
  found: FoundCall,
  context: CallContext,
  run: (context: CallContext) => Promise<unknown>,
) => Promise<unknown>;

/** How calls are run. */
export interface RunOptions {
  readonly execute: (tool: Tool, args: ToolArguments, context: CallContext) => Promise<unknown>;
  readonly context: CallContext;
  /** Calls beyond it fail unexecuted: a looping model is told so instead of obeyed. */
  readonly maxCalls: number;
  /** Default: nothing. */
  readonly around?: AroundCall | undefined;
}

/** What became of the calls, in their order. */
export interface BatchOutcome {
  readonly results: readonly CallResult[];
  readonly pending: readonly PendingCall[];
}

/** One call's outcome: a result, or the wait for consent. */
type Settled = { readonly result: CallResult } | { readonly pending: PendingCall };

/**
 * Runs a batch: neighbouring reads together, writes one after the other in the order of the answer. A failed call
 * never loses its siblings' results.
 */
export async function runCalls(calls: readonly FoundCall[], options: RunOptions): Promise<BatchOutcome> {
  const settled: Settled[] = [];
  for (const group of groupReads(calls.slice(0, options.maxCalls))) {
    settled.push(...(await Promise.all(group.map((found) => runCall(found, options)))));
  }
  for (const { call } of calls.slice(options.maxCalls))
    settled.push({ result: tooManyCalls(call, options.maxCalls) });
  return {
    results: settled.flatMap((one) => ("result" in one ? [one.result] : [])),
    pending: settled.flatMap((one) => ("pending" in one ? [one.pending] : [])),
  };
}

/** The entry for a call that failed. */
export function failedCall(
  { id, name }: { readonly id: string; readonly name: string },
  failure: Failure,
): CallResult {
  return { id, name, outcome: failure.code.startsWith("MCS_CONSENT_") ? "denied" : "failed", failure };
}

function groupReads(calls: readonly FoundCall[]): FoundCall[][] {
  const groups: FoundCall[][] = [];
  let lastWasRead = false;
  for (const found of calls) {
    const isRead = found.tool.annotations?.readOnly === true;
    const current = groups.at(-1);
    if (current !== undefined && isRead && lastWasRead) current.push(found);
    else groups.push([found]);
    lastWasRead = isRead;
  }
  return groups;
}

async function runCall(
  found: FoundCall,
  { execute, context, around = asItIs }: RunOptions,
): Promise<Settled> {
  const { call, tool } = found;
  const run = (own: CallContext): Promise<unknown> => execute(tool, call.arguments, own);
  try {
    const result = await untilGivenUp(() => around(found, contextOf(call, context), run), context);
    return { result: { id: call.id, name: tool.name, outcome: "executed", result } };
  } catch (error) {
    const thrown = readThrown(error);
    if ("failure" in thrown) return { result: failedCall({ id: call.id, name: tool.name }, thrown.failure) };
    const { pending } = thrown;
    return { pending: { ...pending, call: { ...pending.call, id: call.id } } };
  }
}

const asItIs: AroundCall = (_, context, run) => run(context);

/** A key is for one call, and the context for all calls of an answer. */
function contextOf({ id }: ReadCall, context: CallContext): CallContext {
  const { idempotencyKey } = context;
  return idempotencyKey === undefined ? context : { ...context, idempotencyKey: `${idempotencyKey}/${id}` };
}

/** The entry for a call that is one too many. */
export function tooManyCalls(
  { id, name }: { readonly id: string; readonly name: string },
  maxCalls: number,
): CallResult {
  const error = new MCSError("MCS_TOO_LARGE", `Not executed: one answer may hold ${maxCalls} calls.`, {
    effect: "none",
    hint: "Make the remaining calls in the next answer.",
  });
  return failedCall({ id, name }, toFailure(error));
}
