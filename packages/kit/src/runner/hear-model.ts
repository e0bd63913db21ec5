import { MCSError, type LlmAnswer } from "@mcs/core";
import { allFormats } from "@mcs/llm/formats";
import { createToolCallStream, type StreamOptions } from "@mcs/llm/stream";
import type { Model, ModelRequest } from "./model.ts";
import { larger, usageOf, type TokenUsage } from "./token-usage.ts";
import { untilAborted } from "./until-aborted.ts";

/** An answer that is whole. */
export interface HeardAnswer {
  readonly answer: LlmAnswer;
  readonly cutOff: boolean;
  /** As the API says, if it does. */
  readonly usage: TokenUsage | undefined;
}

/**
 * Asks for one answer and gives its words as they come: none of a call, nor of reasoning.
 *
 * @throws What the model throws; `MCS_INVALID_CONFIG` if it gives neither text nor object, or `{ error }`; the signal's reason as soon as it fires, whether or not the model listens to it.
 */
export async function* hearModel(
  model: Model,
  request: ModelRequest,
  options: StreamOptions,
): AsyncGenerator<string, HeardAnswer> {
  const { signal } = request;
  signal.throwIfAborted();
  const produced = await untilAborted(model(request), signal);
  const stream = createToolCallStream(options);
  let usage: TokenUsage | undefined;
  let whole: LlmAnswer | undefined;
  let said = "";

  const say = function* (text: string): Generator<string, void> {
    if (text === "") return;
    said += text;
    yield text;
  };

  if (isPieces(produced)) {
    const pieces: AsyncIterator<string | object, unknown> = produced[Symbol.asyncIterator]();
    let isOver = false;
    try {
      while (!isOver) {
        const { done, value } = await untilAborted(pieces.next(), signal);
        isOver = done === true;
        usage = larger(usage, usageOf(value));
        if (done !== true) yield* say(stream.push(value));
        else if (isAnswer(value)) whole = value;
        else if (isAnyObject(value)) throw noAnswer(value);
      }
    } finally {
      // Not waited for: it may hang on what does not listen to the signal.
      if (!isOver) void Promise.resolve(pieces.return?.()).catch(() => undefined);
    }
    // Some clients end their streams as if nothing had happened.
    signal.throwIfAborted();
  } else {
    if (!isAnswer(produced)) throw noAnswer(produced);
    whole = produced;
    usage = usageOf(produced);
  }
  if (whole !== undefined && said === "") yield* say(stream.push(textOf(whole)));
  const { answer, text, cutOff } = stream.end();
  yield* say(text);
  return { answer: whole ?? answer, cutOff: whole === undefined && cutOff, usage };
}

function isPieces(value: unknown): value is AsyncIterable<string | object> {
  return isAnyObject(value) && Symbol.asyncIterator in value;
}

function isAnswer(value: unknown): value is LlmAnswer {
  return typeof value === "string" || (isAnyObject(value) && !isFailure(value));
}

/** What servers send in place of an answer: `{ error }` and labels, but nothing that could hold a message. */
function isFailure(value: object): boolean {
  try {
    const { error, ...rest } = value as Readonly<Record<string, unknown>>;
    return Boolean(error) && !("content" in rest) && !Object.values(rest).some(isAnyObject);
  } catch {
    // A getter or proxy threw; reading the answer says so to the model.
    return false;
  }
}

function noAnswer(produced: unknown): MCSError {
  const what = produced === null ? "null" : isAnyObject(produced) ? "{ error }" : typeof produced;
  return new MCSError("MCS_INVALID_CONFIG", `The model function gave ${what}, which is no answer.`, {
    hint: "Return what the API's client gives: a stream, a text, an answer, or a promise of one of them.",
  });
}

function isAnyObject(value: unknown): value is object {
  return typeof value === "object" && value !== null;
}

function textOf(answer: LlmAnswer): string {
  if (typeof answer === "string") return answer;
  try {
    return allFormats.find(({ envelope }) => envelope.holds(answer))?.envelope.textOf(answer) ?? "";
  } catch {
    // A getter or proxy threw; reading the answer says so to the model.
    return "";
  }
}
