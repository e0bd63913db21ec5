import type { CallResult, LlmAnswer, ProcessOptions, ProviderMessage } from "@mcs/core";
import { toMessages } from "@mcs/llm";
import { allFormats } from "@mcs/llm/formats";
import { shapeResults, type ResultOptions } from "./shape-results.ts";
import { strategyFor, type StrategyOptions } from "./strategy-options.ts";

/** What the answer was processed with. */
export interface CompleteMessagesOptions
  extends
    StrategyOptions,
    ResultOptions,
    Pick<ProcessOptions, "modelName" | "format" | "budget" | "principal"> {}

/**
 * The messages that a processed answer adds to the conversation once nothing of it is pending any more, in the shape of any
 * provider: the assistant's message, then a result for every call.
 *
 * @param results - Those of the response, and those that `resume` returned.
 * @throws {MCSError} `MCS_UNSUPPORTED` for a format that does not exist.
 */
export async function toCompleteMessages(
  answer: LlmAnswer,
  results: readonly CallResult[],
  options: CompleteMessagesOptions = {},
): Promise<readonly ProviderMessage[]> {
  const { format, modelName, budget, principal } = options;
  const context = { ...(budget !== undefined && { budget }), ...(principal !== undefined && { principal }) };
  const shaped = await shapeResults(results, options, context);
  return toMessages(answer, shaped, format, strategyFor(options, modelName), allFormats);
}
