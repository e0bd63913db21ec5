import type { LlmAnswer } from "@mcs/core";
import { own, ownText } from "../own.ts";
import type { ShownFile } from "../shown-result.ts";
import { echoOf, ownList, ownObject } from "./answer-message.ts";
import { pdf } from "./files.ts";
import { nativeFormat, unfinished, type NativeCall } from "./native-format.ts";
import type { ProviderFormat } from "./provider-format.ts";

/** Every other reason to finish means that something is missing. */
const goodReasons = new Set<unknown>([undefined, null, "STOP", "FINISH_REASON_UNSPECIFIED"]);

/**
 * Gemini `generateContent`: `functionCall` parts, all answered in one user message. `toolCall` and `executableCode`
 * parts are run by the server.
 */
export const geminiFormat: ProviderFormat = nativeFormat({
  name: "gemini",

  holds: (answer) => own(answer, "candidates") !== undefined || own(answer, "parts") !== undefined,

  textOf: (answer) =>
    partsOf(answer)
      .filter((part) => own(part, "thought") !== true)
      .map((part) => ownText(part, "text") ?? "")
      .join(""),

  isCutOff: (answer) => !goodReasons.has(reasonOf(answer)),

  isMalformed,

  // The API refuses a content without parts, which is what it gives for a call that it could not read.
  echo: (answer) => (partsOf(answer).length === 0 ? [] : echoOf(contentOf(answer))),

  say: (text) => ({ role: "user", parts: [{ text }] }),

  callsOf(answer) {
    const calls = partsOf(answer).flatMap((part) => ownObject(part, "functionCall") ?? []);
    return calls.length > 0 || isMalformed(answer) ? calls.map(readCall) : undefined;
  },

  // Of images it takes no GIF.
  fileTypes: ["image/png", "image/jpeg", "image/webp", pdf],

  answer: (answered) => [
    {
      role: "user",
      parts: answered.map(({ call: { id }, name, content, files, outcome }) => ({
        functionResponse: {
          ...(id !== undefined && { id }),
          name,
          response: outcome === "executed" ? { output: content } : { error: content },
          ...(files.length > 0 && { parts: files.map((file) => ({ inlineData: toBlob(file) })) }),
        },
      })),
    },
  ],
});

function candidateOf(answer: LlmAnswer): unknown {
  return own(own(answer, "candidates"), 0);
}

function contentOf(answer: LlmAnswer): unknown {
  const candidate = candidateOf(answer);
  return candidate === undefined ? answer : own(candidate, "content");
}

function partsOf(answer: LlmAnswer): readonly unknown[] {
  return ownList(contentOf(answer), "parts");
}

function reasonOf(answer: LlmAnswer): unknown {
  return own(candidateOf(answer), "finishReason");
}

function isMalformed(answer: LlmAnswer): boolean {
  return reasonOf(answer) === "MALFORMED_FUNCTION_CALL";
}

function readCall(call: object): NativeCall {
  const isPartial = own(call, "willContinue") === true || own(call, "partialArgs") !== undefined;
  return {
    id: ownText(call, "id"),
    name: ownText(call, "name"),
    arguments: own(call, "args"),
    problem: isPartial ? unfinished : undefined,
  };
}

function toBlob({ mediaType, data }: ShownFile): object {
  return { mimeType: mediaType, data };
}
