import type { LlmAnswer } from "@mcs/core";
import { own, ownText } from "../own.ts";
import { toToolMessage } from "./ai-sdk.ts";
import { ownList, ownObject, say } from "./answer-message.ts";
import { nativeFormat, type NativeCall } from "./native-format.ts";
import type { ProviderFormat } from "./provider-format.ts";

const cutReasons = new Set<unknown>(["length", "content-filter", "error"]);

/**
 * Mastra: `tool-call` chunks of a stream, alone, in a list, or as the `toolCalls` of its output. Chunks are no messages,
 * so that the assistant's message is made of them, as the AI SDK writes it.
 */
export const mastraFormat: ProviderFormat = nativeFormat({
  name: "mastra",

  holds: (answer) => chunksOf(answer).some(isCall),

  textOf,

  isCutOff: (answer) => cutReasons.has(own(answer, "finishReason")) || chunksOf(answer).some(isCutFinish),

  echo: (answer) => [
    {
      role: "assistant",
      content: [
        ...reasoningOf(answer),
        ...(textOf(answer) === "" ? [] : [{ type: "text", text: textOf(answer) }]),
        ...payloadsOf(answer).map((payload) => ({
          type: "tool-call",
          toolCallId: own(payload, "toolCallId"),
          toolName: own(payload, "toolName"),
          input: own(payload, "args") ?? {},
          ...optionsOf(payload),
        })),
      ],
    },
  ],

  say,

  callsOf: (answer) => (chunksOf(answer).some(isCall) ? callsOf(answer) : undefined),

  answer: (answered) => [toToolMessage(answered)],
});

function chunksOf(answer: LlmAnswer): readonly unknown[] {
  if (Array.isArray(answer)) return answer;
  return isCall(answer) ? [answer] : ownList(answer, "toolCalls");
}

function isCall(chunk: unknown): boolean {
  return own(chunk, "type") === "tool-call" && ownObject(chunk, "payload") !== undefined;
}

function isCutFinish(chunk: unknown): boolean {
  return (
    own(chunk, "type") === "finish" && cutReasons.has(own(own(own(chunk, "payload"), "stepResult"), "reason"))
  );
}

function textOf(answer: LlmAnswer): string {
  const chunks = chunksOf(answer).filter((chunk) => own(chunk, "type") === "text-delta");
  const text = chunks.map((chunk) => ownText(own(chunk, "payload"), "text") ?? "").join("");
  return text === "" ? (ownText(answer, "text") ?? "") : text;
}

/** Reasoning comes in chunks that bear its id; what the provider sealed comes with the last of them. */
function reasoningOf(answer: LlmAnswer): object[] {
  const byId = new Map<unknown, { readonly text: string; readonly options: object }>();
  for (const chunk of chunksOf(answer)) {
    if (ownText(chunk, "type")?.startsWith("reasoning-") !== true) continue;
    const payload = own(chunk, "payload");
    const { text, options } = byId.get(own(payload, "id")) ?? { text: "", options: {} };
    byId.set(own(payload, "id"), {
      text: text + (ownText(payload, "text") ?? ""),
      options: { ...options, ...optionsOf(payload) },
    });
  }
  return [...byId.values()].map(({ text, options }) => ({ type: "reasoning", text, ...options }));
}

/** The provider's opaque data, under the key that a prompt has for it. */
function optionsOf(payload: unknown): { providerOptions?: unknown } {
  const metadata = own(payload, "providerMetadata");
  return metadata === undefined ? {} : { providerOptions: metadata };
}

/** The calls that the client runs. */
function payloadsOf(answer: LlmAnswer): readonly unknown[] {
  return chunksOf(answer)
    .filter(isCall)
    .map((chunk) => own(chunk, "payload"))
    .filter((payload) => own(payload, "providerExecuted") !== true);
}

function callsOf(answer: LlmAnswer): readonly NativeCall[] {
  return payloadsOf(answer).map((payload) => ({
    id: ownText(payload, "toolCallId"),
    name: ownText(payload, "toolName"),
    arguments: own(payload, "args"),
  }));
}
