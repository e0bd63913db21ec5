import { own, ownText } from "../own.ts";
import { documentName, isImage, toDataUrl } from "./files.ts";
import { nativeFormat, type AnsweredCall, type NativeCall } from "./native-format.ts";
import { functionCall, itemsEnvelope, itemsOf, readItem } from "./openai-items.ts";
import type { ProviderFormat } from "./provider-format.ts";

/** A call of a tool that takes free text. */
const customCall = "custom_tool_call";

/**
 * OpenAI Responses: `function_call` items among those of `response.output`, answered by `function_call_output` items.
 * Other kinds of `…_call` are run by the server.
 */
export const openaiResponsesFormat: ProviderFormat = nativeFormat({
  ...itemsEnvelope,
  name: "openai-responses",

  holds: (answer) => itemsEnvelope.holds(answer) || itemsOf(answer, "output").some((item) => isCall(item)),

  callsOf(answer) {
    const calls = itemsOf(answer, "output").filter((item) => isCall(item));
    return calls.length > 0 ? calls.map(readCall) : undefined;
  },

  answer: (answered) =>
    answered.map(({ call, id, content, files }) => ({
      type: call.kind === customCall ? "custom_tool_call_output" : "function_call_output",
      call_id: id,
      output: files.length === 0 ? content : [{ type: "input_text", text: content }, ...files.map(toPart)],
    })),
});

function toPart(file: AnsweredCall["files"][number], index: number): object {
  const url = toDataUrl(file);
  if (isImage(file)) return { type: "input_image", image_url: url, detail: "auto" };
  return { type: "input_file", filename: documentName(index), file_data: url };
}

function isCall(item: unknown): boolean {
  const type = own(item, "type");
  return (type === functionCall || type === customCall) && ownText(item, "call_id") !== undefined;
}

function readCall(item: unknown): NativeCall {
  const call = readItem(item, "call_id");
  if (own(item, "type") === functionCall) return call;
  const error = "only function calls are supported";
  return { ...call, kind: customCall, problem: { prompt: "unsupportedCall", error } };
}
