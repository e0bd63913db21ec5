import type { LlmAnswer, ProviderMessage } from "@mcs/core";
import { coreFormats, formatNamed, formatOf } from "./formats/formats.ts";
import type { OpenAIFilesMessage, OpenAIToolMessage } from "./formats/openai.ts";
import type { ProviderFormat } from "./formats/provider-format.ts";
import { textFormat, type TextUserMessage } from "./formats/text.ts";
import type { PromptStrategy } from "./prompt-strategy.ts";
import type { ShownResult } from "./shown-result.ts";
import { jsonStrategy } from "./strategies/json.ts";

/** The assistant's message in an answer: the object itself, that of a whole response, or one made of a text. */
export type EchoOf<Answer extends LlmAnswer> = Answer extends string
  ? { readonly role: "assistant"; readonly content: string }
  : Answer extends { readonly choices: readonly { readonly message: infer Message }[] }
    ? Message
    : Answer;

/**
 * A message to append to the conversation after an answer. What is known of its type is that of Chat Completions and of
 * text; for other shapes it is any object.
 */
export type FollowUp<Answer extends LlmAnswer> =
  EchoOf<Answer> extends { readonly content: string | null }
    ? EchoOf<Answer> | OpenAIToolMessage | OpenAIFilesMessage | TextUserMessage
    : ProviderMessage;

/**
 * The messages that an answer and the outcome of its calls add to the conversation: the assistant's message, its parts
 * unchanged (a message object is the same object), then the results, never in the system role.
 *
 * Native calls are each answered once, in their order, by their own ids; one without a result is answered with a note
 * that it was not run. Results of a text answer go into one user message, each in a fence with a random nonce.
 *
 * @param format - The `format` of the reading; default: what the answer's shape says.
 * @param formats - The table that the answer was read with.
 * @throws {MCSError} `MCS_UNSUPPORTED` if there is no such format, or it is not in the table.
 */
export function toMessages<Answer extends LlmAnswer>(
  answer: Answer,
  results: readonly ShownResult[],
  format?: string,
  strategy: PromptStrategy = jsonStrategy,
  formats: readonly ProviderFormat[] = coreFormats,
): FollowUp<Answer>[] {
  const shape = shapeFor(answer, format, formats);
  return shape.toMessages(answer, results, { strategy, formats }) as FollowUp<Answer>[];
}

/**
 * The messages that ask for an answer once more: the assistant's message and the hint, as the result of its first call
 * where it has native calls (each of them is answered), else as the user's.
 *
 * @param format - As in {@link toMessages}.
 * @param formats - As in {@link toMessages}.
 * @throws {MCSError} `MCS_UNSUPPORTED` if there is no such format, or it is not in the table.
 */
export function toRetryMessages<Answer extends LlmAnswer>(
  answer: Answer,
  retryPrompt: string,
  format?: string,
  strategy: PromptStrategy = jsonStrategy,
  formats: readonly ProviderFormat[] = coreFormats,
): FollowUp<Answer>[] {
  const shape = shapeFor(answer, format, formats);
  return shape.toRetryMessages(answer, retryPrompt, { strategy, formats }) as FollowUp<Answer>[];
}

/** The answer's own shape wins over the format asked for, because its calls can be answered in no other. */
function shapeFor(
  answer: LlmAnswer,
  format: string | undefined,
  formats: readonly ProviderFormat[],
): ProviderFormat {
  const requested = format === undefined ? undefined : formatNamed(format, formats).name;
  try {
    return formatOf(answer, requested, formats);
  } catch {
    // A getter or proxy threw while the shape was looked at: nothing in it can be answered by id.
    return textFormat;
  }
}
