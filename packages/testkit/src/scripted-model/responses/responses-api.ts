import type { NextAnswer } from "../answer.ts";
import { createApi, type AnswerFrame, type ScriptedApi } from "../api.ts";
import type { ChatMessage } from "../check-messages.ts";
import { records, textOr, type JsonRecord } from "../json.ts";
import { pieces } from "../pieces.ts";
import { seal } from "../seal.ts";
import { itemsOf, type Item } from "./items.ts";
import { responsesRules } from "./responses-rules.ts";

/** OpenAI's Responses. A model that reasons puts a reasoning item before what it says. */
export const responsesApi: ScriptedApi = createApi({
  serves: (target) => target === "POST /v1/responses",
  keyOf: ({ authorization = "" }) => /^Bearer (\S+)$/i.exec(authorization)?.[1],
  modelOf: (_path, { model }) => model,
  noModelMessage: (model) => `The requested model '${model}' does not exist.`,
  rules: responsesRules,
  wantsStream: (_path, { stream }) => stream === true,
  messagesOf,
  offeredBy: ({ tools }) => records(tools).map(({ name }) => textOr(name)),
  write: (answer, frame) => responseOf(frame, itemsFor(answer, frame), "completed"),
  stream: writeStream,
  errorOf: (_status, message, code) => ({
    error: { message, type: "invalid_request_error", param: "input", code },
  }),
});

/** Items of one turn are one message: the calls of an answer stand beside its text. */
function messagesOf(body: JsonRecord): ChatMessage[] {
  const messages: ChatMessage[] = [{ role: "system", content: textOr(body["instructions"]) }];
  let turn: Item[] = [];
  const close = (): void => {
    if (turn.length > 0) messages.push(toAssistant(turn));
    turn = [];
  };
  for (const found of itemsOf(body)) {
    const { item, type } = found;
    if (type === "reasoning") continue;
    if (type === "function_call" || item["role"] === "assistant") {
      turn.push(found);
      continue;
    }
    close();
    if (type === "function_call_output") {
      messages.push({ role: "tool", tool_call_id: textOr(item["call_id"]), content: textIn(item["output"]) });
    } else {
      const role = item["role"] === "user" ? "user" : "system";
      messages.push({ role, content: textIn(item["content"]) });
    }
  }
  close();
  return messages;
}

function textIn(content: unknown): string {
  if (typeof content === "string") return content;
  return records(content)
    .map(({ text }) => textOr(text))
    .join("");
}

function toAssistant(turn: readonly Item[]): ChatMessage {
  const calls = turn.filter(({ type }) => type === "function_call");
  return {
    role: "assistant",
    content: turn.map(({ item }) => textIn(item["content"])).join(""),
    ...(calls.length > 0 && {
      tool_calls: calls.map(({ item }) => ({
        id: textOr(item["call_id"]),
        type: "function" as const,
        function: { name: textOr(item["name"]), arguments: textOr(item["arguments"]) },
      })),
    }),
  };
}

function itemsFor({ text, calls }: NextAnswer, { model, reasons, turn, body }: AnswerFrame): JsonRecord[] {
  const wanted = Array.isArray(body["include"]) ? body["include"] : [];
  const id = `rs_scripted_${turn + 1}`;
  const sealed = wanted.includes("reasoning.encrypted_content") && { encrypted_content: seal(model, id) };
  return [
    ...(reasons ? [{ type: "reasoning", id, summary: [], ...sealed }] : []),
    ...(text === undefined
      ? []
      : [
          {
            type: "message",
            id: `msg_scripted_${turn + 1}`,
            role: "assistant",
            status: "completed",
            content: [{ type: "output_text", text, annotations: [], logprobs: [] }],
          },
        ]),
    ...calls.map((call, position) => ({
      type: "function_call",
      id: `fc_scripted_${turn + 1}_${position + 1}`,
      call_id: `call_scripted_${turn + 1}_${position + 1}`,
      name: call.name,
      arguments: call.written ?? JSON.stringify(call.arguments),
      status: "completed",
    })),
  ];
}

function responseOf(frame: AnswerFrame, output: readonly object[], status: string): object {
  const { model, position, promptLength, body } = frame;
  const input = Math.ceil(promptLength / 4);
  return {
    id: `resp_scripted_${position}`,
    object: "response",
    // 2026-01-01T00:00:00Z: the same request gets the same bytes.
    created_at: 1_767_225_600,
    status,
    model,
    output,
    error: null,
    incomplete_details: null,
    instructions: body["instructions"] ?? null,
    metadata: {},
    parallel_tool_calls: true,
    temperature: null,
    tool_choice: "auto",
    tools: body["tools"] ?? [],
    top_p: null,
    usage: {
      input_tokens: input,
      input_tokens_details: { cached_tokens: 0 },
      output_tokens: 1,
      output_tokens_details: { reasoning_tokens: 0 },
      total_tokens: input + 1,
    },
  };
}

function* writeStream(answer: NextAnswer, frame: AnswerFrame): Generator<string> {
  let number = 0;
  const event = (type: string, data: object): string =>
    `event: ${type}\ndata: ${JSON.stringify({ type, sequence_number: number++, ...data })}\n\n`;
  yield event("response.created", { response: responseOf(frame, [], "in_progress") });
  const items = itemsFor(answer, frame);
  for (const [index, item] of items.entries()) {
    yield event("response.output_item.added", { output_index: index, item: begun(item) });
    for (const [type, data] of eventsOf(item)) yield event(type, { output_index: index, ...data });
    yield event("response.output_item.done", { output_index: index, item });
  }
  yield event("response.completed", { response: responseOf(frame, items, "completed") });
}

function begun(item: JsonRecord): object {
  const status = item["type"] === "reasoning" ? {} : { status: "in_progress" };
  const empty = item["type"] === "message" ? { content: [] } : {};
  return { ...item, ...status, ...empty, ...(item["type"] === "function_call" && { arguments: "" }) };
}

function* eventsOf({ type, id, content, arguments: args }: JsonRecord): Generator<[string, object]> {
  if (type === "function_call") {
    const text = textOr(args);
    for (const delta of pieces(text))
      yield ["response.function_call_arguments.delta", { item_id: id, delta }];
    yield ["response.function_call_arguments.done", { item_id: id, arguments: text }];
  }
  if (type !== "message") return;
  const place = { item_id: id, content_index: 0 };
  const text = textIn(content);
  const part = { type: "output_text", annotations: [], logprobs: [] };
  yield ["response.content_part.added", { ...place, part: { ...part, text: "" } }];
  for (const delta of pieces(text)) yield ["response.output_text.delta", { ...place, delta, logprobs: [] }];
  yield ["response.output_text.done", { ...place, text, logprobs: [] }];
  yield ["response.content_part.done", { ...place, part: { ...part, text } }];
}
