import type { LlmAnswer } from "@mcs/core";
import { own, ownText } from "../own.ts";
import type { ShownFile } from "../shown-result.ts";
import { echoOf, ownList, ownObject, textOfParts } from "./answer-message.ts";
import { documentName, isImage } from "./files.ts";
import { nativeFormat } from "./native-format.ts";
import type { ProviderFormat } from "./provider-format.ts";

/** MCP sampling: the content is one block or a list of them; `tool_use` blocks are answered in one user message. */
export const mcpFormat: ProviderFormat = nativeFormat({
  name: "mcp",

  holds: (answer) => own(answer, "stopReason") !== undefined && own(answer, "content") !== undefined,

  textOf: (answer) => textOfParts(blocksOf(answer)),

  isCutOff: (answer) => own(answer, "stopReason") === "maxTokens",

  echo: echoOf,

  say: (text) => ({ role: "user", content: { type: "text", text } }),

  callsOf(answer, requested) {
    // Anthropic's blocks are the same, but always in a list, and its reason to stop has another key.
    const isOurs =
      requested === "mcp" ||
      own(answer, "stopReason") !== undefined ||
      ownList(answer, "content").length === 0;
    const uses = blocksOf(answer).filter((block) => own(block, "type") === "tool_use");
    if (!isOurs || uses.length === 0) return undefined;
    return uses.map((use) => ({
      id: ownText(use, "id"),
      name: ownText(use, "name"),
      arguments: own(use, "input"),
    }));
  },

  answer: (answered) => [
    {
      role: "user",
      content: answered.map(({ id, content, files, outcome }) => ({
        type: "tool_result",
        toolUseId: id,
        content: [{ type: "text", text: content }, ...files.map(toBlock)],
        ...(outcome !== "executed" && { isError: true }),
      })),
    },
  ],
});

function blocksOf(answer: LlmAnswer): readonly unknown[] {
  const single = ownObject(answer, "content");
  return Array.isArray(single) ? single : single === undefined ? [] : [single];
}

function toBlock(file: ShownFile, index: number): object {
  const { mediaType: mimeType, data } = file;
  if (isImage(file)) return { type: "image", mimeType, data };
  return { type: "resource", resource: { uri: `file:///${documentName(index)}`, mimeType, blob: data } };
}
