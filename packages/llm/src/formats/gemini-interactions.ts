import { own, ownText } from "../own.ts";
import type { ShownFile } from "../shown-result.ts";
import { ownList, say, textOfParts } from "./answer-message.ts";
import { isImage, pdf } from "./files.ts";
import { nativeFormat } from "./native-format.ts";
import { functionCall, itemsOf } from "./openai-items.ts";
import type { ProviderFormat } from "./provider-format.ts";

const goodStates = new Set<unknown>([undefined, null, "requires_action", "completed"]);

/** Gemini Interactions: `function_call` steps with arguments that are parsed, answered by `function_result` steps. */
export const geminiInteractionsFormat: ProviderFormat = nativeFormat({
  name: "gemini-interactions",

  holds: (answer) => own(answer, "steps") !== undefined || itemsOf(answer, "steps").some(isCall),

  textOf: (answer) =>
    itemsOf(answer, "steps")
      .filter((step) => own(step, "type") === "model_output")
      .map((step) => textOfParts(ownList(step, "content")))
      .join("\n"),

  isCutOff: (answer) => !Array.isArray(answer) && !goodStates.has(own(answer, "status")),

  echo: (answer) => itemsOf(answer, "steps").filter((step) => typeof step === "object" && step !== null),

  say,

  callsOf(answer) {
    const calls = itemsOf(answer, "steps").filter(isCall);
    if (calls.length === 0) return undefined;
    return calls.map((step) => ({
      id: ownText(step, "id"),
      name: ownText(step, "name"),
      arguments: own(step, "arguments"),
    }));
  },

  fileTypes: ["image/png", "image/jpeg", "image/webp", pdf],

  answer: (answered) =>
    answered.map(({ id, name, content, files, outcome }) => ({
      type: "function_result",
      call_id: id,
      name,
      result: files.length === 0 ? content : [{ type: "text", text: content }, ...files.map(toContent)],
      ...(outcome !== "executed" && { is_error: true }),
    })),
});

/** The same word as OpenAI's, but only `id` tells one call from another. */
function isCall(step: unknown): boolean {
  const isOpenAI = own(step, "call_id") !== undefined || own(step, "callId") !== undefined;
  return own(step, "type") === functionCall && !isOpenAI;
}

function toContent(file: ShownFile): object {
  return { type: isImage(file) ? "image" : "document", data: file.data, mime_type: file.mediaType };
}
