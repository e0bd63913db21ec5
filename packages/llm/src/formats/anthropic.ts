import { own, ownText } from "../own.ts";
import { ownList, ownObject, say, textOf } from "./answer-message.ts";
import { imageTypes, isImage, pdf } from "./files.ts";
import { nativeFormat, type AnsweredCall } from "./native-format.ts";
import type { ProviderFormat } from "./provider-format.ts";

const cutReasons = new Set<unknown>(["max_tokens", "model_context_window_exceeded", "pause_turn", "refusal"]);

/** Anthropic Messages: `tool_use` blocks, all answered in one user message. `server_tool_use` is run by the server. */
export const anthropicFormat: ProviderFormat = nativeFormat({
  name: "anthropic",

  holds: (answer) => own(answer, "type") === "message" || own(answer, "stop_reason") !== undefined,
  textOf,
  isCutOff: (answer) => cutReasons.has(own(answer, "stop_reason")),

  echo(answer) {
    // The API refuses the other members of its own response.
    const blocks = ownList(answer, "content");
    const content = blocks.flatMap(toTakenBlock);
    if (own(answer, "type") === "message") return [{ role: "assistant", content }];
    const isSame =
      content.length === blocks.length && content.every((block, index) => block === blocks[index]);
    return [isSame ? (answer as object) : { ...(answer as object), content }];
  },

  say,

  fileTypes: [...imageTypes, pdf],

  callsOf(answer) {
    const blocks = ownList(answer, "content");
    if (!blocks.some((block) => isToolUse(block) || own(block, "type") === "server_tool_use"))
      return undefined;
    return blocks.filter(isToolUse).map((block) => ({
      id: ownText(block, "id"),
      name: ownText(block, "name"),
      arguments: own(block, "input"),
    }));
  },

  answer: (answered) => [
    {
      role: "user",
      content: answered.map(({ id, content, files, outcome }) => ({
        type: "tool_result",
        tool_use_id: id,
        ...toContent(content, files),
        ...(outcome !== "executed" && { is_error: true }),
      })),
    },
  ],
});

/**
 * A block as the API takes it back. It refuses empty texts, which its models write now and then, and input that is no
 * object, as that of a streamed call whose JSON is broken: the answer to the call says that it could not be read.
 */
function toTakenBlock(block: unknown): unknown[] {
  if (own(block, "type") === "text") return hasText(ownText(block, "text")) ? [block] : [];
  const isBroken = isToolUse(block) && ownObject(block, "input") === undefined;
  return isBroken ? [{ ...(block as object), input: {} }] : [block];
}

/** A result may have no content, but no empty text. */
function toContent(text: string, files: AnsweredCall["files"]): { content?: string | object[] } {
  if (files.length === 0) return hasText(text) ? { content: text } : {};
  const blocks = files.map((file) => ({
    type: isImage(file) ? "image" : "document",
    source: { type: "base64", media_type: file.mediaType, data: file.data },
  }));
  return { content: hasText(text) ? [{ type: "text", text }, ...blocks] : blocks };
}

function hasText(text: string | undefined): text is string {
  return text !== undefined && text.trim() !== "";
}

function isToolUse(block: unknown): boolean {
  return own(block, "type") === "tool_use";
}
