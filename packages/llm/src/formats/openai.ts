import { own, ownText } from "../own.ts";
import { fillTemplate, type PromptStrategy } from "../prompt-strategy.ts";
import type { ShownFile } from "../shown-result.ts";
import { toWord } from "../to-word.ts";
import { chatEnvelope, messageOf, ownObject } from "./answer-message.ts";
import { documentName, isImage, toDataUrl } from "./files.ts";
import { nativeFormat, type AnsweredCall, type NativeCall } from "./native-format.ts";
import type { ProviderFormat } from "./provider-format.ts";

/** The answer to one call. */
export interface OpenAIToolMessage {
  readonly role: "tool";
  readonly tool_call_id: string;
  readonly content: string;
}

/** Files of results, which the API takes only from the user. */
export interface OpenAIFilesMessage {
  readonly role: "user";
  readonly content: (
    | { type: "text"; text: string }
    | { type: "image_url"; image_url: { url: string } }
    | { type: "file"; file: { filename: string; file_data: string } }
  )[];
}

/** The one call of a message from before there were several. */
const deprecated = "function_call";

/**
 * OpenAI Chat Completions: `message.tool_calls`, answered by one `role: "tool"` message per call; and its deprecated
 * `message.function_call`, answered by a `role: "function"` message.
 */
export const openaiFormat: ProviderFormat = nativeFormat({
  ...chatEnvelope,
  name: "openai",

  callsOf(answer) {
    const message = messageOf(answer);
    const calls = own(message, "tool_calls");
    if (Array.isArray(calls)) return calls.map(readCall);
    const single = ownObject(message, deprecated);
    if (single === undefined) return calls === undefined ? undefined : [];
    return [{ name: ownText(single, "name"), arguments: own(single, "arguments"), kind: deprecated }];
  },

  answer(answered, strategy) {
    const content = answered.flatMap((call) => toFileParts(call, strategy));
    const files: OpenAIFilesMessage[] = content.length > 0 ? [{ role: "user", content }] : [];
    return [...answered.map(toToolMessage), ...files];
  },
});

function readCall(call: unknown): NativeCall {
  const details = ownObject(call, "function");
  const name = ownText(details, "name") ?? ownText(own(call, "custom"), "name");
  const type = own(call, "type") ?? "function";
  const isFunction = type === "function" && details !== undefined;
  return {
    id: ownText(call, "id"),
    name,
    arguments: own(details, "arguments"),
    problem: isFunction
      ? undefined
      : { prompt: "unsupportedCall", error: "only function calls are supported" },
  };
}

function toToolMessage({ call, id, name, content }: AnsweredCall): object {
  if (call.kind === deprecated) return { role: "function", name, content };
  return { role: "tool", tool_call_id: id, content } satisfies OpenAIToolMessage;
}

function toFileParts(
  { id, files }: AnsweredCall,
  { results }: PromptStrategy,
): OpenAIFilesMessage["content"] {
  if (files.length === 0) return [];
  const text = fillTemplate(results.files, { id: toWord(id) });
  return [{ type: "text", text }, ...files.map(toFilePart)];
}

function toFilePart(file: ShownFile, index: number): OpenAIFilesMessage["content"][number] {
  const url = toDataUrl(file);
  return isImage(file)
    ? { type: "image_url", image_url: { url } }
    : { type: "file", file: { filename: documentName(index), file_data: url } };
}
