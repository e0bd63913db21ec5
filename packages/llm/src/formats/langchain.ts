import type { LlmAnswer } from "@mcs/core";
import { own, ownText } from "../own.ts";
import type { ShownFile } from "../shown-result.ts";
import { echoOf, say, textOf } from "./answer-message.ts";
import { callListOf } from "./chat-calls.ts";
import { isImage } from "./files.ts";
import { nativeFormat, type NativeCall } from "./native-format.ts";
import type { ProviderFormat } from "./provider-format.ts";

/** LangChain hands on what each provider says, under each provider's key. */
const reasonKeys = ["finish_reason", "finishReason", "stop_reason", "stopReason", "done_reason"];
const cutReasons = new Set<unknown>([
  "content_filter",
  "length",
  "MAX_TOKENS",
  "max_tokens",
  "model_context_window_exceeded",
  "refusal",
]);

/** LangChain's `AIMessage`: `tool_calls`, then `invalid_tool_calls`, whose text it could not parse. */
export const langchainFormat: ProviderFormat = nativeFormat({
  name: "langchain",

  holds: isMessage,
  textOf,

  isCutOff(answer) {
    const metadata = own(answer, "response_metadata");
    return reasonKeys.some((key) => cutReasons.has(own(metadata, key)));
  },

  echo: echoOf,
  say,

  callsOf(answer) {
    if (!isMessage(answer)) return undefined;
    const calls = callListOf(answer, "tool_calls") ?? [];
    return [...calls, ...(callListOf(answer, "invalid_tool_calls") ?? [])].map(readCall);
  },

  answer: (answered) =>
    answered.map(({ id, name, content, files, outcome }) => ({
      role: "tool",
      tool_call_id: id,
      name,
      content: files.length === 0 ? content : [{ type: "text", text: content }, ...files.map(toBlock)],
      status: outcome === "executed" ? "success" : "error",
    })),
});

function isMessage(answer: LlmAnswer): boolean {
  if (callListOf(answer, "invalid_tool_calls") !== undefined) return true;
  const calls = callListOf(answer, "tool_calls") ?? [];
  return (
    calls.length > 0 &&
    calls.every((call) => own(call, "args") !== undefined && own(call, "function") === undefined)
  );
}

function readCall(call: unknown): NativeCall {
  return { id: ownText(call, "id"), name: ownText(call, "name"), arguments: own(call, "args") };
}

/** A standard content block. */
function toBlock(file: ShownFile): object {
  return { type: isImage(file) ? "image" : "file", mimeType: file.mediaType, data: file.data };
}
