import { own, ownText } from "../own.ts";
import type { ShownFile } from "../shown-result.ts";
import { ownList, ownObject, say, textOf } from "./answer-message.ts";
import { isImage } from "./files.ts";
import { nativeFormat } from "./native-format.ts";
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
    const isMessage = own(answer, "type") === "message";
    if (!isMessage && blocks.every(isTaken)) return [answer as object];
    // A call whose JSON is broken has no object for its input; the answer to it says that it could not be read.
    const content = blocks
      .filter((block) => isToolUse(block) || isTaken(block))
      .map((block) => (isTaken(block) ? block : { ...(block as object), input: {} }));
    return [{ ...(isMessage ? { role: "assistant" } : (answer as object)), content }];
  },

  say,

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
        // Empty text is taken here, though not as a block.
        content: files.length === 0 ? content : [{ type: "text", text: content }, ...files.map(toBlock)],
        ...(outcome !== "executed" && { is_error: true }),
      })),
    },
  ],
});

/** Whether the API takes a block back: no empty texts, which its models write now and then, and no input but objects. */
function isTaken(block: unknown): boolean {
  if (isToolUse(block)) return ownObject(block, "input") !== undefined;
  return own(block, "type") !== "text" || hasText(ownText(block, "text"));
}

function toBlock(file: ShownFile): object {
  return {
    type: isImage(file) ? "image" : "document",
    source: { type: "base64", media_type: file.mediaType, data: file.data },
  };
}

function hasText(text: string | undefined): text is string {
  return text !== undefined && text.trim() !== "";
}

function isToolUse(block: unknown): boolean {
  return own(block, "type") === "tool_use";
}
