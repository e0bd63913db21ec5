import { own } from "../own.ts";
import { chatEnvelope, choiceOf, messageOf, ownObject } from "./answer-message.ts";
import { callListOf, readChatCall } from "./chat-calls.ts";
import { imageTypes, toDataUrl } from "./files.ts";
import { nativeFormat, type AnsweredCall, type NativeCall } from "./native-format.ts";
import type { ProviderFormat } from "./provider-format.ts";

const cutReasons = new Set<unknown>(["length", "model_length", "error"]);

/** The keys of the REST API, which are those of Chat Completions. */
const rest = "tool_calls";

/**
 * Mistral: the SDK's camel case, and the keys of the REST API where Mistral was asked for; else those are read as
 * OpenAI's, which they equal.
 */
export const mistralFormat: ProviderFormat = nativeFormat({
  ...chatEnvelope,
  name: "mistral",

  holds: (answer) => own(choiceOf(answer), "finishReason") !== undefined,

  isCutOff(answer) {
    const choice = choiceOf(answer);
    return cutReasons.has(own(choice, "finishReason")) || cutReasons.has(own(choice, "finish_reason"));
  },

  callsOf(answer, requested) {
    const message = messageOf(answer);
    const calls = callListOf(message, "toolCalls");
    if (calls?.every((call) => ownObject(call, "function") !== undefined)) return calls.map(readChatCall);
    if (requested !== "mistral") return undefined;
    return callListOf(message, rest)?.map((call): NativeCall => ({ ...readChatCall(call), kind: rest }));
  },

  fileTypes: imageTypes,

  answer: (answered) => answered.map(toToolMessage),
});

function toToolMessage({ call, id, name, content, files }: AnsweredCall): object {
  const [idKey, urlKey] = call.kind === rest ? ["tool_call_id", "image_url"] : ["toolCallId", "imageUrl"];
  const images = files.map((file) => ({ type: "image_url", [urlKey]: toDataUrl(file) }));
  return {
    role: "tool",
    [idKey]: id,
    name,
    content: images.length === 0 ? content : [{ type: "text", text: content }, ...images],
  };
}
