import type { LlmAnswer, ProcessOptions, ProviderMessage } from "@mcs/core";
import { toMessages, type ShownResult } from "@mcs/llm";
import { allFormats } from "@mcs/llm/formats";
import { strategyFor, type StrategyOptions } from "./strategy-options.ts";

/** What the answer was processed with. */
export interface CompleteMessagesOptions
  extends StrategyOptions, Pick<ProcessOptions, "modelName" | "format"> {}

/**
 * The messages that a processed answer adds to the conversation once nothing of it is pending any more, in the shape of any
 * provider: the assistant's message, then a result for every call.
 *
 * @param results - Those of the response, and those that `resume` returned.
 * @throws {MCSError} `MCS_UNSUPPORTED` for a format that does not exist.
 */
export function toCompleteMessages(
  answer: LlmAnswer,
  results: readonly ShownResult[],
  { format, modelName, ...speech }: CompleteMessagesOptions = {},
): readonly ProviderMessage[] {
  return toMessages(answer, results, format, strategyFor(speech, modelName), allFormats);
}
