import type { NextAnswer } from "../answer.ts";
import { createApi, type AnswerFrame, type ScriptedApi } from "../api.ts";
import type { ChatMessage } from "../check-messages.ts";
import { isRecord, records, textOr, type JsonRecord } from "../json.ts";
import { pieces } from "../pieces.ts";
import { callsOf, messagesOf, ollamaRules } from "./ollama-rules.ts";

/** Ollama's own chat API, which knows calls by their order. */
export const ollamaApi: ScriptedApi = createApi({
  serves: (target) => target === "POST /api/chat",
  keyOf: null,
  modelOf: (_path, { model }) => model,
  noModelMessage: (model) => `model "${model}" not found, try pulling it first`,
  rules: ollamaRules,
  wantsStream: (_path, { stream }) => stream !== false,
  messagesOf: (body) => messagesOf(body).map(toChat),
  offeredBy: ({ tools }) =>
    records(tools).map(({ function: details }) => (isRecord(details) ? textOr(details["name"]) : "")),
  write: (answer, frame) => chunkOf(messageFor(answer, frame), frame, true),
  stream: writeStream,
  streamType: "application/x-ndjson",
  errorOf: (_status, message) => ({ error: message }),
});

/** Calls have no ids, so they get their positions; a result answers the call at its place. */
function toChat(message: JsonRecord, index: number, messages: readonly JsonRecord[]): ChatMessage {
  const { role } = message;
  const content = textOr(message["content"]);
  if (role === "tool") {
    const asked = messages.findLastIndex((other, at) => at < index && other["role"] === "assistant");
    return { role, tool_call_id: `${asked}:${index - asked - 1}`, content };
  }
  if (role !== "assistant") return { role: role === "system" ? role : "user", content };
  const calls = callsOf(message);
  return {
    role,
    content,
    ...(calls.length > 0 && {
      tool_calls: calls.map(({ name, arguments: args }, position) => ({
        id: `${index}:${position}`,
        type: "function" as const,
        function: { name: textOr(name), arguments: JSON.stringify(args) },
      })),
    }),
  };
}

function messageFor({ text, calls }: NextAnswer, { reasons, turn }: AnswerFrame): JsonRecord {
  return {
    role: "assistant",
    content: text ?? "",
    ...(reasons && { thinking: `Step ${turn + 1} is due.` }),
    ...(calls.length > 0 && {
      tool_calls: calls.map(({ name, arguments: args }) => ({ function: { name, arguments: args } })),
    }),
  };
}

function chunkOf(message: object, { model }: AnswerFrame, done: boolean): object {
  return {
    model,
    created_at: "2026-01-01T00:00:00Z",
    message,
    done,
    ...(done && { done_reason: "stop" }),
  };
}

function* writeStream(answer: NextAnswer, frame: AnswerFrame): Generator<string> {
  const line = (message: object, done: boolean): string =>
    `${JSON.stringify(chunkOf(message, frame, done))}\n`;
  const { content, thinking, ...rest } = messageFor(answer, frame);
  for (const piece of pieces(textOr(thinking)))
    yield line({ role: "assistant", content: "", thinking: piece }, false);
  for (const piece of pieces(textOr(content))) yield line({ role: "assistant", content: piece }, false);
  yield line({ ...rest, content: "" }, false);
  yield line({ role: "assistant", content: "" }, true);
}
