import type { NextAnswer } from "./answer.ts";
import { pieces } from "./pieces.ts";

/** The assistant message of a chat completion. OpenAI API reference, "The chat completion object". */
export interface AssistantMessage {
  readonly role: "assistant";
  readonly content: string | null;
  readonly refusal: null;
  readonly tool_calls?: readonly {
    readonly id: string;
    readonly type: "function";
    readonly function: { readonly name: string; readonly arguments: string };
  }[];
}

/** An answer as a message. */
export function toAssistantMessage({ text, calls }: NextAnswer, turn: number): AssistantMessage {
  return {
    role: "assistant",
    content: text ?? null,
    refusal: null,
    ...(calls.length > 0 && {
      tool_calls: calls.map((call, position) => ({
        id: `call_scripted_${turn + 1}_${position + 1}`,
        type: "function" as const,
        function: { name: call.name, arguments: call.written ?? JSON.stringify(call.arguments) },
      })),
    }),
  };
}

const fingerprint = "scripted-stand-in";
/** 2026-01-01T00:00:00Z: the same request gets the same bytes. */
const created = 1_767_225_600;

/** What a completion is about, beside its message. */
export interface CompletionFrame {
  readonly id: string;
  readonly model: string;
  /** Characters of the request's body; tokens are estimated as a quarter of them. */
  readonly promptLength: number;
}

/** The whole answer. OpenAI API reference, "The chat completion object". */
export function toCompletion(message: AssistantMessage, frame: CompletionFrame): object {
  return {
    ...head(frame, "chat.completion"),
    choices: [{ index: 0, message, logprobs: null, finish_reason: finishReason(message) }],
    usage: usage(message, frame),
  };
}

/** The answer in pieces. OpenAI API reference, "The chat completion chunk object". */
export function* toChunks(
  message: AssistantMessage,
  frame: CompletionFrame,
  includeUsage: boolean,
): Generator<object> {
  const chunk = (delta: object, finish: string | null = null): object => ({
    ...head(frame, "chat.completion.chunk"),
    choices: [{ index: 0, delta, logprobs: null, finish_reason: finish }],
    ...(includeUsage && { usage: null }),
  });
  yield chunk({ role: "assistant", content: message.content === null ? null : "", refusal: null });
  for (const content of pieces(message.content ?? "")) yield chunk({ content });
  for (const [index, call] of (message.tool_calls ?? []).entries()) {
    const { name } = call.function;
    yield chunk({
      tool_calls: [{ index, id: call.id, type: "function", function: { name, arguments: "" } }],
    });
    for (const piece of pieces(call.function.arguments)) {
      yield chunk({ tool_calls: [{ index, function: { arguments: piece } }] });
    }
  }
  yield chunk({}, finishReason(message));
  if (includeUsage) {
    yield { ...head(frame, "chat.completion.chunk"), choices: [], usage: usage(message, frame) };
  }
}

function head({ id, model }: CompletionFrame, object: string): object {
  return { id, object, created, model, system_fingerprint: fingerprint };
}

function finishReason(message: AssistantMessage): "stop" | "tool_calls" {
  return message.tool_calls === undefined ? "stop" : "tool_calls";
}

function usage(message: AssistantMessage, { promptLength }: CompletionFrame): object {
  const prompt = Math.ceil(promptLength / 4);
  const completion = Math.ceil(JSON.stringify(message).length / 4);
  return { prompt_tokens: prompt, completion_tokens: completion, total_tokens: prompt + completion };
}
