import type { NextAnswer } from "../answer.ts";
import { createApi, type AnswerFrame, type ScriptedApi } from "../api.ts";
import type { ChatMessage } from "../check-messages.ts";
import { isRecord, records, textOr, type JsonRecord } from "../json.ts";
import { pieces } from "../pieces.ts";
import { geminiRules } from "./gemini-rules.ts";
import { declarationsOf } from "./gemini-tool-rules.ts";
import { signatureOf } from "./gemini-turn-rules.ts";
import { contentsOf, functionsOf } from "./parts.ts";

const target = /^POST \/v1(?:beta|alpha)?\/models\/[^/:]+:(?:generateContent|streamGenerateContent)$/;
const states: Readonly<Record<number, string>> = { 403: "PERMISSION_DENIED", 404: "NOT_FOUND" };

/** Gemini's `generateContent` and `streamGenerateContent`. A model that reasons signs its calls and gives them ids. */
export const geminiApi: ScriptedApi = createApi({
  serves: (asked) => target.test(asked),
  keyOf: ({ "x-goog-api-key": key }) => (typeof key === "string" ? key : undefined),
  noKeyStatus: 403,
  modelOf: (path) => decodeURIComponent(/\/models\/([^/:]+):/.exec(path)?.[1] ?? ""),
  noModelMessage: (model) => `models/${model} is not found for API version v1beta`,
  rules: geminiRules,
  wantsStream: (path) => path.endsWith(":streamGenerateContent"),
  messagesOf,
  offeredBy: (body) => declarationsOf(body).map(({ name }) => textOr(name)),
  write: (answer, frame) => chunkOf(partsFor(answer, frame), frame, "STOP"),
  stream: writeStream,
  errorOf: (status, message) => ({
    error: { code: status, message, status: states[status] ?? "INVALID_ARGUMENT" },
  }),
});

function messagesOf(body: JsonRecord): ChatMessage[] {
  const instruction = body["systemInstruction"];
  const system = isRecord(instruction) ? textIn(instruction) : "";
  return [
    { role: "system", content: system },
    ...contentsOf(body).flatMap((content, turn): ChatMessage[] =>
      content["role"] === "model" ? [toAssistant(content, turn)] : toUser(content, turn),
    ),
  ];
}

function textIn(content: JsonRecord): string {
  return records(content["parts"])
    .filter(({ thought }) => thought !== true)
    .map(({ text }) => textOr(text))
    .join("");
}

/** Calls have no id of their own: what answers them is known by name, and by order among those of one name. */
function idsFor(functions: readonly JsonRecord[], turn: number): string[] {
  const names = functions.map(({ name }) => textOr(name));
  return names.map((name, index) => {
    const before = names.slice(0, index).filter((other) => other === name).length;
    return textOr(functions[index]?.["id"]) || `${turn}:${name}:${before}`;
  });
}

function toAssistant(content: JsonRecord, turn: number): ChatMessage {
  const calls = functionsOf(content, "functionCall");
  const ids = idsFor(calls, turn);
  return {
    role: "assistant",
    content: textIn(content),
    ...(calls.length > 0 && {
      tool_calls: calls.map(({ name, args = {} }, index) => ({
        id: ids[index] ?? "",
        type: "function" as const,
        function: { name: textOr(name), arguments: JSON.stringify(args) },
      })),
    }),
  };
}

function toUser(content: JsonRecord, turn: number): ChatMessage[] {
  const responses = functionsOf(content, "functionResponse");
  const ids = idsFor(responses, turn - 1);
  const results = responses.map(({ response }, index): ChatMessage => {
    // The AI SDK has a key of its own for what a function gave.
    const { output, content: given = output, error = given } = isRecord(response) ? response : {};
    const said = error ?? response;
    const text = typeof said === "string" ? said : JSON.stringify(said);
    return { role: "tool", tool_call_id: ids[index] ?? "", content: text };
  });
  const text = textIn(content);
  return text === "" ? results : [...results, { role: "user", content: text }];
}

function partsFor({ text, calls }: NextAnswer, { model, reasons, turn }: AnswerFrame): object[] {
  return [
    ...(reasons ? [{ text: `Step ${turn + 1} is due.`, thought: true }] : []),
    ...(text === undefined ? [] : [{ text }]),
    ...calls.map(({ name, arguments: args }, index) => {
      const id = `scripted-${turn + 1}-${index + 1}`;
      const functionCall = { name, args, ...(reasons && { id }) };
      // Of calls that are made together only the first is signed.
      const isSigned = reasons && index === 0;
      return { functionCall, ...(isSigned && { thoughtSignature: signatureOf(model, functionCall) }) };
    }),
  ];
}

function chunkOf(parts: readonly object[], frame: AnswerFrame, finishReason?: string): object {
  const { model, position, promptLength } = frame;
  return {
    candidates: [
      {
        content: { role: "model", parts },
        index: 0,
        ...(finishReason !== undefined && { finishReason }),
      },
    ],
    modelVersion: model,
    responseId: `scripted-${position}`,
    usageMetadata: { promptTokenCount: Math.ceil(promptLength / 4), totalTokenCount: promptLength },
  };
}

function event(data: object): string {
  return `data: ${JSON.stringify(data)}\r\n\r\n`;
}

function* writeStream(answer: NextAnswer, frame: AnswerFrame): Generator<string> {
  for (const part of partsFor(answer, frame)) {
    const text = Reflect.get(part, "text") as unknown;
    if (typeof text === "string")
      for (const piece of pieces(text)) yield event(chunkOf([{ ...part, text: piece }], frame));
    else yield event(chunkOf([part], frame));
  }
  yield event(chunkOf([{ text: "" }], frame, "STOP"));
}
