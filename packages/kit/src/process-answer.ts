import {
  emptyResponse,
  findTool,
  type CallContext,
  type CallResult,
  type DriverResponse,
  type LlmAnswer,
  type ProcessOptions,
  type Tool,
  type ToolArguments,
  type UnclaimedCall,
} from "@mcs/core";
import { readToolCalls, type ReadCall, type ReadFailure, type ToolCallReading } from "@mcs/llm";
import { createDecoder } from "@mcs/llm/dialects";
import { allFormats } from "@mcs/llm/formats";
import { allGrammars } from "@mcs/llm/grammars";
import { validateArguments } from "@mcs/llm/validate";
import type { KeepsResults } from "./keeps-results.ts";
import { toResponse, unreadableCall, unreadableResponse } from "./respond.ts";
import { runCalls, tooManyCalls, type AroundCall } from "./run-calls.ts";
import { shapeResults, type ResultOptions } from "./shape-results.ts";
import { strategyFor, type StrategyOptions } from "./strategy-options.ts";

/** What an answer is read against. */
export interface ReadingOptions extends StrategyOptions {
  readonly tools: readonly Tool[];
  /** What arguments may name in place of a value. Default: nothing. */
  readonly results?: KeepsResults | undefined;
  readonly options: ProcessOptions;
}

/** For loops around the processing of answers: they see and bound what happens. */
export interface CallHooks {
  /** What an answer was read as; what is returned counts. Nothing has run. */
  readonly onReading?: (reading: ToolCallReading) => ToolCallReading;
  readonly around?: AroundCall;
}

/** How the calls of a reading are run. */
export interface RunningOptions extends ReadingOptions, ResultOptions {
  readonly execute: (tool: Tool, args: ToolArguments, context: CallContext) => Promise<unknown>;
  /** Answers a call of a tool that is not in `tools`; without it such calls stay unclaimed. */
  readonly answerUnknown?: (call: UnclaimedCall) => CallResult;
  readonly maxCalls: number;
  readonly hooks?: CallHooks | undefined;
}

/** The first step: what an answer asks for. Nothing runs. */
export function readAnswer(
  answer: LlmAnswer,
  { tools, results, options, ...speech }: ReadingOptions,
): ToolCallReading {
  const { modelName, format, streaming, cutOff, otherTools } = options;
  if (streaming === true) return { kind: "none" };
  return readToolCalls(answer, {
    tools,
    // What a name stands for is checked when it is known.
    validate: (tool, args) => (results?.namesKept(args) === true ? [] : validateArguments(tool, args)),
    decode: createDecoder(tools, format),
    formats: allFormats,
    grammars: allGrammars,
    strategy: strategyFor(speech, modelName),
    ...(format !== undefined && { format }),
    ...(cutOff !== undefined && { cutOff }),
    ...(otherTools !== undefined && { otherTools }),
  });
}

/** The second step: runs the calls that are ours, and leaves the others unclaimed (contract rules 1 to 4). */
export async function runReading(
  answer: LlmAnswer,
  reading: ToolCallReading,
  running: RunningOptions,
): Promise<DriverResponse> {
  const { tools, execute, answerUnknown, maxCalls, options, results: keeper } = running;
  const strategy = strategyFor(running, options.modelName);
  if (reading.kind === "none") return emptyResponse;
  if (reading.kind === "failed") return unreadableResponse(answer, reading, strategy);

  const find = (name: string): Tool | undefined => findTool(tools, name);
  const isForeign = ({ name }: ReadFailure): boolean => name !== undefined && find(name) === undefined;
  // The tools may be others by now than those that the answer was read against.
  const context = toCallContext(options);
  const found = reading.calls.map((call) => ({ call, tool: call.known ? find(call.name) : undefined }));
  const { results, pending } = await runCalls(
    found.flatMap(({ call, tool }) => (tool === undefined ? [] : [{ call, tool }])),
    {
      execute: keeper === undefined ? execute : withKept(keeper, execute),
      context,
      maxCalls,
      around: running.hooks?.around,
    },
  );
  const unreadable = reading.failures.filter((failure) => !isForeign(failure)).map(unreadableCall);
  const unclaimed = [
    ...found.flatMap(({ call, tool }) => (tool === undefined ? [unclaimedCall(call)] : [])),
    ...reading.failures.filter(isForeign).map(unclaimedFailure),
  ];
  return toResponse({
    answer,
    reading,
    results: [
      ...results,
      ...unreadable,
      ...(answerUnknown === undefined ? [] : answerAll(unclaimed, answerUnknown, maxCalls)),
    ],
    pending,
    unclaimed: answerUnknown === undefined ? unclaimed : [],
    strategy,
    shape: (shown) => shapeResults(shown, running, context),
  });
}

/** Both steps. */
export function processAnswer(answer: LlmAnswer, running: RunningOptions): Promise<DriverResponse> {
  const reading = readAnswer(answer, running);
  return runReading(answer, running.hooks?.onReading?.(reading) ?? reading, running);
}

/** Runs calls with what is kept in place of its names. */
function withKept(keeper: KeepsResults, execute: RunningOptions["execute"]): RunningOptions["execute"] {
  return async (tool, args, context) =>
    execute(tool, await keeper.fillArguments(tool, args, context), context);
}

/** What a tool gets to see of the options: how to read an answer is none of its business. */
function toCallContext({
  modelName: _model,
  format: _format,
  streaming: _streaming,
  cutOff: _cutOff,
  otherTools: _otherTools,
  ...context
}: ProcessOptions): CallContext {
  return context;
}

/** A flood of unknown names costs no search for the nearest known ones, either. */
function answerAll(
  unclaimed: readonly UnclaimedCall[],
  answerUnknown: (call: UnclaimedCall) => CallResult,
  maxCalls: number,
): CallResult[] {
  return unclaimed.map((call, index) =>
    index < maxCalls ? answerUnknown(call) : tooManyCalls({ id: "", ...call }, maxCalls),
  );
}

function unclaimedCall({ id, name, arguments: args }: ReadCall): UnclaimedCall {
  return { id, name, arguments: args };
}

/** Nobody must run it: its arguments could not be read, and the failure says so. */
function unclaimedFailure(failure: ReadFailure): UnclaimedCall {
  const { failure: reason } = unreadableCall(failure);
  return {
    id: failure.id,
    name: failure.name ?? "",
    arguments: {},
    ...(reason !== undefined && { failure: reason }),
  };
}
