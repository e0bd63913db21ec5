import {
  findTool,
  MCSError,
  toFailure,
  type CallContext,
  type DriverResponse,
  type LlmAnswer,
  type MCSToolDriver,
  type ProcessOptions,
  type ProviderMessage,
  type Tool,
} from "@mcs/core";
import { fillTemplate, jsonStrategy } from "@mcs/llm";
import { nearestNames } from "@mcs/llm/validate";
import { findKeeper } from "./keeps-results.ts";
import { listAll } from "./list-all.ts";
import { processAnswer, type CallHooks } from "./process-answer.ts";
import { failedCall } from "./run-calls.ts";
import type { ResultOptions } from "./shape-results.ts";
import { strategyFor, type StrategyOptions } from "./strategy-options.ts";

/** How to read the answer, and how much of it to run. */
export interface ProcessWithDriversOptions extends ProcessOptions, StrategyOptions, ResultOptions {
  /** Calls that one answer may hold. Default `16`. */
  readonly maxCalls?: number;
  /** For loops around it. Default: none. */
  readonly hooks?: CallHooks;
}

/** What the drivers offer together. */
export interface Offer {
  readonly tools: readonly Tool[];
  readonly ownerOf: (tool: Tool) => MCSToolDriver;
  /** Names of drivers that could not list their tools. */
  readonly unavailable: readonly string[];
}

/**
 * Processes one answer with any number of drivers, so that every call of it is answered exactly once: by the driver
 * that has the tool (the first one, if two have the same name), or, for a name that nobody has, with the nearest
 * known names. `messages` is null while calls are `pending`; once they are resumed, complete messages come from
 * `toCompleteMessages(answer, [...results, ...resumed], options)`. A result that is too large for the conversation is cut
 * there, or kept, if one of the drivers keeps results for all (`createResultTools` of `@mcs/kit/results`).
 *
 * A driver whose tools cannot be listed, within the deadline or else a minute, does not hinder the others. A driver that
 * goes on when its call was cancelled or its time is over is left behind a second later.
 *
 * @throws {MCSError} The listing's error, if no driver at all can list its tools.
 */
export async function processWithDrivers<Message extends object = ProviderMessage>(
  drivers: readonly MCSToolDriver[],
  answer: LlmAnswer,
  options: ProcessWithDriversOptions = {},
): Promise<DriverResponse<Message>> {
  const {
    strategy,
    strategies,
    maxCalls = 16,
    results,
    countTokens,
    showFiles,
    hooks,
    ...processOptions
  } = options;
  const { tools, ownerOf, unavailable } = await gather(drivers, processOptions);
  const speech = { strategy, strategies };
  const { unknownTool: template } = strategyFor(speech, options.modelName).retryPrompts;
  const outcome = await processAnswer(answer, {
    tools,
    execute: (tool, args, context) => ownerOf(tool).executeTool(tool.name, args, context),
    answerUnknown: ({ id, name, failure }) =>
      failedCall(
        { id: id ?? "", name },
        failure ?? toFailure(unknownTool(name, tools, unavailable, template)),
      ),
    ...speech,
    maxCalls,
    hooks,
    results: results ?? findKeeper(drivers),
    countTokens,
    showFiles,
    options: processOptions,
  });
  return outcome as DriverResponse<Message>;
}

/** @throws The first listing's error, if none succeeds. */
export async function gather(drivers: readonly MCSToolDriver[], context: CallContext): Promise<Offer> {
  const lists = await listAll(drivers, context);
  const owners = new Map<Tool, MCSToolDriver>();
  const unavailable: string[] = [];
  for (const [index, list] of lists.entries()) {
    const driver = drivers[index];
    if (driver === undefined) continue;
    if (list.status === "rejected") {
      if (lists.every(({ status }) => status === "rejected")) throw list.reason;
      unavailable.push(driver.meta.name);
      continue;
    }
    const taken = [...owners.keys()];
    for (const tool of list.value) if (findTool(taken, tool.name) === undefined) owners.set(tool, driver);
  }
  const ownerOf = (tool: Tool): MCSToolDriver => {
    const owner = owners.get(tool);
    if (owner === undefined) throw unknownTool(tool.name, [...owners.keys()]);
    return owner;
  };
  return { tools: [...owners.keys()], ownerOf, unavailable };
}

/** Where no name comes near, so many are listed. */
const maxListed = 10;

/** @param template - Says to a model what it may call instead. */
function unknownTool(
  name: string,
  tools: readonly Tool[],
  unavailable: readonly string[] = [],
  template = jsonStrategy.retryPrompts.unknownTool,
): MCSError {
  const names = tools.map((tool) => tool.name);
  const near = nearestNames(name, names);
  const listed = near.length > 0 ? near : names.slice(0, maxListed);
  const hints = [
    fillTemplate(template, { tool_name: name.slice(0, 128), available: listed.join(", ") || "none" }),
    ...(unavailable.length > 0
      ? [`Not available at the moment: the tools of ${unavailable.join(", ")}.`]
      : []),
  ];
  return new MCSError("MCS_UNKNOWN_TOOL", `No tool "${name}".`, { hint: hints.join(" ") });
}
