import type { NextAnswer } from "../answer.ts";
import { createApi, type AnswerFrame, type ScriptedApi } from "../api.ts";
import type { ChatMessage } from "../check-messages.ts";
import { isRecord, records, textOr, type JsonRecord } from "../json.ts";
import { pieces } from "../pieces.ts";
import { seal } from "../seal.ts";
import { anthropicRules } from "./anthropic-rules.ts";
import { thinks } from "./anthropic-turn-rules.ts";
import { contentOf, messagesOf } from "./blocks.ts";

const errorTypes: Readonly<Record<number, string>> = {
  401: "authentication_error",
  404: "not_found_error",
};

/** Anthropic's Messages. */
export const anthropicApi: ScriptedApi = createApi({
  serves: (target) => target === "POST /v1/messages",
  keyOf: ({ "x-api-key": key, authorization = "" }) =>
    typeof key === "string" ? key : /^Bearer (.+)$/.exec(authorization)?.[1],
  modelOf: (_path, { model }) => model,
  noModelMessage: (model) => `model: ${model}`,
  rules: anthropicRules,
  wantsStream: (_path, { stream }) => stream === true,
  messagesOf: (body) => [
    { role: "system", content: systemOf(body) },
    ...messagesOf(body).flatMap((message) =>
      message["role"] === "assistant" ? [toAssistant(message)] : toUser(message),
    ),
  ],
  offeredBy: ({ tools }) => records(tools).map(({ name }) => textOr(name)),
  write,
  stream: writeStream,
  errorOf: (status, message) => ({
    type: "error",
    error: { type: errorTypes[status] ?? "invalid_request_error", message },
    request_id: null,
  }),
});

function systemOf({ system }: JsonRecord): string {
  return typeof system === "string"
    ? system
    : records(system)
        .map(({ text }) => textOr(text))
        .join("\n");
}

function textIn(content: unknown): string {
  if (typeof content === "string") return content;
  return records(content)
    .map(({ text }) => textOr(text))
    .join("");
}

function toAssistant(message: JsonRecord): ChatMessage {
  const blocks = contentOf(message);
  const calls = blocks.filter(({ type }) => type === "tool_use");
  return {
    role: "assistant",
    content: textIn(blocks),
    ...(calls.length > 0 && {
      tool_calls: calls.map(({ id, name, input }) => ({
        id: textOr(id),
        type: "function" as const,
        function: { name: textOr(name), arguments: JSON.stringify(input) },
      })),
    }),
  };
}

function toUser(message: JsonRecord): ChatMessage[] {
  const blocks = contentOf(message);
  const results = blocks.flatMap((block): ChatMessage[] =>
    block["type"] === "tool_result"
      ? [{ role: "tool", tool_call_id: textOr(block["tool_use_id"]), content: textIn(block["content"]) }]
      : [],
  );
  const text = textIn(blocks.filter(({ type }) => type === "text"));
  return text === "" ? results : [...results, { role: "user", content: text }];
}

function blocksFor({ text, calls }: NextAnswer, { model, turn, body }: AnswerFrame): JsonRecord[] {
  const thinking = `Step ${turn + 1} is due.`;
  return [
    ...(thinks(body)
      ? [
          { type: "thinking", thinking, signature: seal(model, thinking) },
          { type: "redacted_thinking", data: seal(model, "redacted") },
        ]
      : []),
    // As the real model does now and then, an empty text too becomes a block.
    ...(text === undefined ? [] : [{ type: "text", text, citations: null }]),
    ...calls.map((call, position) => ({
      type: "tool_use",
      id: `toolu_scripted_${turn + 1}_${position + 1}`,
      name: call.name,
      input: call.arguments,
      caller: { type: "direct" },
    })),
  ];
}

function head({ model, position, promptLength }: AnswerFrame): JsonRecord {
  return {
    id: `msg_scripted_${position}`,
    type: "message",
    role: "assistant",
    model,
    stop_sequence: null,
    usage: { input_tokens: Math.ceil(promptLength / 4), output_tokens: 1 },
  };
}

function stopReason({ calls }: NextAnswer): string {
  return calls.length > 0 ? "tool_use" : "end_turn";
}

function write(answer: NextAnswer, frame: AnswerFrame): object {
  return { ...head(frame), content: blocksFor(answer, frame), stop_reason: stopReason(answer) };
}

function event(type: string, data: object): string {
  return `event: ${type}\ndata: ${JSON.stringify({ type, ...data })}\n\n`;
}

function* writeStream(answer: NextAnswer, frame: AnswerFrame): Generator<string> {
  yield event("message_start", { message: { ...head(frame), content: [], stop_reason: null } });
  const blocks = blocksFor(answer, frame);
  for (const [index, block] of blocks.entries()) {
    yield event("content_block_start", { index, content_block: emptied(block) });
    const { written } = answer.calls[index - (blocks.length - answer.calls.length)] ?? {};
    for (const delta of deltasOf(block, written)) yield event("content_block_delta", { index, delta });
    yield event("content_block_stop", { index });
  }
  const delta = { stop_reason: stopReason(answer), stop_sequence: null };
  yield event("message_delta", { delta, usage: { output_tokens: 1 } });
  yield event("message_stop", {});
}

function emptied(block: JsonRecord): object {
  const empty = { text: "", thinking: "", signature: "", input: {} };
  const members = Object.entries(block).map(([key, value]) => [
    key,
    Object.hasOwn(empty, key) ? Reflect.get(empty, key) : value,
  ]);
  return Object.fromEntries(members) as object;
}

function* deltasOf({ text, thinking, signature, input }: JsonRecord, written?: string): Generator<object> {
  for (const piece of pieces(textOr(text))) yield { type: "text_delta", text: piece };
  for (const piece of pieces(textOr(thinking))) yield { type: "thinking_delta", thinking: piece };
  if (signature !== undefined) yield { type: "signature_delta", signature };
  // A call without arguments streams no input at all.
  const json = isRecord(input) && Object.keys(input).length > 0 ? JSON.stringify(input) : "";
  for (const piece of pieces(written ?? json)) yield { type: "input_json_delta", partial_json: piece };
}
