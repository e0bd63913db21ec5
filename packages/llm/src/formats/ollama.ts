import type { LlmAnswer } from "@mcs/core";
import { own, ownText } from "../own.ts";
import { echoOf, ownObject, say, textOf } from "./answer-message.ts";
import { callListOf, readChatCall } from "./chat-calls.ts";
import { nativeFormat } from "./native-format.ts";
import type { ProviderFormat } from "./provider-format.ts";

/** Ollama's own chat API: calls whose arguments are parsed, answered in their order by `role: "tool"` messages. */
export const ollamaFormat: ProviderFormat = nativeFormat({
  name: "ollama",

  holds: (answer) => ownObject(answer, "message") !== undefined && own(answer, "done") !== undefined,

  textOf: (answer) => textOf(messageOf(answer)),

  isCutOff: (answer) => own(answer, "done_reason") === "length",

  echo: (answer) => echoOf(messageOf(answer)),

  say,

  callsOf(answer, requested) {
    const calls = callListOf(messageOf(answer), "tool_calls");
    const isOurs = requested === "ollama" || own(answer, "done") !== undefined || calls?.every(isOllamaCall);
    // Nothing tells an empty list of a message from that of Chat Completions.
    return calls !== undefined && calls.length > 0 && isOurs === true ? calls.map(readChatCall) : undefined;
  },

  // What it decodes; it takes no GIF.
  fileTypes: ["image/png", "image/jpeg", "image/webp"],

  answer: (answered) =>
    answered.map(({ name, content, files }) => ({
      role: "tool",
      tool_name: name,
      content,
      ...(files.length > 0 && { images: files.map(({ data }) => data) }),
    })),
});

function messageOf(answer: LlmAnswer): unknown {
  return ownObject(answer, "message") ?? answer;
}

/** Chat Completions has an id and a type with each call, and arguments as text. */
function isOllamaCall(call: unknown): boolean {
  const details = ownObject(call, "function");
  const hasMarks = own(call, "id") !== undefined || own(call, "type") !== undefined;
  return !hasMarks && ownText(details, "name") !== undefined && ownObject(details, "arguments") !== undefined;
}
