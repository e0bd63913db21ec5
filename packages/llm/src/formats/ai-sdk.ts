import type { LlmAnswer } from "@mcs/core";
import { own, ownText } from "../own.ts";
import { ownList, say, textOf } from "./answer-message.ts";
import { nativeFormat, type AnsweredCall } from "./native-format.ts";
import type { ProviderFormat } from "./provider-format.ts";

const cutReasons = new Set<unknown>(["length", "content-filter", "error"]);

/**
 * AI SDK 7: `tool-call` parts of a `ModelMessage`, or of a result at provider level, where their input is JSON text. Those
 * marked as `providerExecuted` were run already.
 */
export const aiSdkFormat: ProviderFormat = nativeFormat({
  name: "ai-sdk",

  holds: (answer) =>
    own(stepOf(answer), "finishReason") !== undefined && own(stepOf(answer), "content") !== undefined,

  textOf: (answer) => textOf(stepOf(answer)),

  isCutOff(answer) {
    const reason = own(stepOf(answer), "finishReason");
    return cutReasons.has(own(reason, "unified") ?? reason);
  },

  echo(answer) {
    if (own(answer, "role") !== undefined) return [answer as object];
    return [{ role: "assistant", content: ownList(stepOf(answer), "content").flatMap(toModelPart) }];
  },

  say,

  callsOf(answer) {
    const parts = ownList(stepOf(answer), "content").filter((part) => own(part, "type") === "tool-call");
    if (parts.length === 0) return undefined;
    return parts
      .filter((part) => own(part, "providerExecuted") !== true)
      .map((part) => ({
        id: ownText(part, "toolCallId"),
        name: ownText(part, "toolName"),
        arguments: own(part, "input"),
      }));
  },

  answer: (answered) => [toToolMessage(answered)],
});

/** The results of calls, as the SDK wants them after the assistant's message. */
export function toToolMessage(answered: readonly AnsweredCall[]): object {
  return {
    role: "tool",
    content: answered.map(({ id, name, content, files, outcome }) => ({
      type: "tool-result",
      toolCallId: id,
      toolName: name,
      output: toOutput(outcome, content, files),
    })),
  };
}

function toOutput(outcome: AnsweredCall["outcome"], text: string, files: AnsweredCall["files"]): object {
  if (files.length > 0) return { type: "content", value: [{ type: "text", text }, ...files.map(toFilePart)] };
  if (outcome === "denied") return { type: "execution-denied", reason: text };
  return { type: outcome === "executed" ? "text" : "error-text", value: text };
}

function toFilePart({ mediaType, data }: AnsweredCall["files"][number]): object {
  return { type: "file", mediaType, data: { type: "data", data } };
}

/** The result of `generateText` has what the model said last in the last of its steps. */
function stepOf(answer: LlmAnswer): unknown {
  const isMessage = own(answer, "content") !== undefined;
  return isMessage ? answer : (ownList(answer, "steps").at(-1) ?? answer);
}

/**
 * A part as a prompt wants it back: the provider's opaque data under another key, the input of a call as a value, where
 * the provider's result has it as text. Sources have no place in a prompt, nor has what the SDK itself said to a call that
 * it did not know, because that call is answered like the others.
 */
function toModelPart(part: unknown): unknown[] {
  if (typeof part !== "object" || part === null) return [];
  const {
    providerMetadata,
    result,
    dynamic: _dynamic,
    invalid: _invalid,
    error: _error,
    ...rest
  } = part as Part;
  const kept = { ...rest, ...(providerMetadata !== undefined && { providerOptions: providerMetadata }) };
  const { type, input, output, providerExecuted } = rest;
  if (type === "tool-call") return [typeof input === "string" ? { ...kept, input: parse(input) } : kept];
  if (type === "source" || type === "tool-error") return [];
  if (type !== "tool-result") return [kept];
  return providerExecuted === true ? [{ ...kept, output: { type: "json", value: output ?? result } }] : [];
}

type Part = Readonly<Record<string, unknown>>;

/** Providers refuse a call whose input is no object; the answer to the call says that it could not be read. */
function parse(input: string): unknown {
  try {
    return JSON.parse(input);
  } catch {
    return {};
  }
}
