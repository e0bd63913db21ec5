import { own, ownText } from "../own.ts";
import type { ShownFile } from "../shown-result.ts";
import { documentName, isImage, toDataUrl } from "./files.ts";
import { nativeFormat } from "./native-format.ts";
import { functionCall, itemsEnvelope, itemsOf, readItem } from "./openai-items.ts";
import type { ProviderFormat } from "./provider-format.ts";

/** OpenAI Agents SDK: items as in the Responses API, in camel case. `hosted_tool_call` items are run by the server. */
export const openaiAgentsFormat: ProviderFormat = nativeFormat({
  ...itemsEnvelope,
  name: "openai-agents",

  holds: (answer) => itemsOf(answer, "output").some(isCall),

  callsOf(answer) {
    const calls = itemsOf(answer, "output").filter(isCall);
    return calls.length > 0 ? calls.map((item) => readItem(item, "callId")) : undefined;
  },

  answer: (answered) =>
    answered.map(({ id, name, content, files }) => ({
      type: "function_call_result",
      callId: id,
      name,
      status: "completed",
      output: files.length === 0 ? content : [{ type: "input_text", text: content }, ...files.map(toPart)],
    })),
});

function isCall(item: unknown): boolean {
  return own(item, "type") === functionCall && ownText(item, "callId") !== undefined;
}

function toPart(file: ShownFile, index: number): object {
  if (isImage(file)) return { type: "input_image", image: toDataUrl(file) };
  return { type: "input_file", file: toDataUrl(file), filename: documentName(index) };
}
