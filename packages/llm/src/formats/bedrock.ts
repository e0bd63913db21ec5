import type { LlmAnswer } from "@mcs/core";
import { own, ownText } from "../own.ts";
import type { ShownFile } from "../shown-result.ts";
import { echoOf, ownList, ownObject } from "./answer-message.ts";
import { isImage } from "./files.ts";
import { nativeFormat } from "./native-format.ts";
import type { ProviderFormat } from "./provider-format.ts";

const malformedReasons = new Set<unknown>(["malformed_tool_use", "malformed_model_output"]);
const cutReasons = new Set<unknown>([
  ...malformedReasons,
  "content_filtered",
  "guardrail_intervened",
  "max_tokens",
  "model_context_window_exceeded",
]);

/** Bedrock Converse: `toolUse` blocks, all answered in one user message. Blocks of `server_tool_use` are run by it. */
export const bedrockFormat: ProviderFormat = nativeFormat({
  name: "bedrock",

  holds: (answer) => ownObject(answer, "output") !== undefined && messageOf(answer) !== answer,

  textOf: (answer) =>
    blocksOf(answer)
      .map((block) => ownText(block, "text") ?? "")
      .join(""),

  isCutOff: (answer) => cutReasons.has(own(answer, "stopReason")),

  isMalformed,

  // The API refuses a message without blocks, which is what it gives for a call that it could not read.
  echo: (answer) => (blocksOf(answer).length === 0 ? [] : echoOf(messageOf(answer))),

  say: (text) => ({ role: "user", content: [{ text }] }),

  callsOf(answer) {
    const uses = blocksOf(answer).flatMap((block) => ownObject(block, "toolUse") ?? []);
    if (uses.length === 0 && !isMalformed(answer)) return undefined;
    return uses
      .filter((use) => own(use, "type") !== "server_tool_use")
      .map((use) => ({
        id: ownText(use, "toolUseId"),
        name: ownText(use, "name"),
        arguments: own(use, "input"),
      }));
  },

  answer: (answered) => [
    {
      role: "user",
      content: answered.map(({ id, content, files, outcome }) => ({
        toolResult: {
          toolUseId: id,
          content: [{ text: content }, ...files.map((file, index) => toBlock(file, `${id} ${index + 1}`))],
          ...(outcome !== "executed" && { status: "error" }),
        },
      })),
    },
  ],
});

function messageOf(answer: LlmAnswer): unknown {
  return own(own(answer, "output"), "message") ?? answer;
}

function blocksOf(answer: LlmAnswer): readonly unknown[] {
  return ownList(messageOf(answer), "content");
}

function isMalformed(answer: LlmAnswer): boolean {
  return malformedReasons.has(own(answer, "stopReason"));
}

function toBlock(file: ShownFile, name: string): object {
  const source = { bytes: Uint8Array.from(atob(file.data), (byte) => byte.charCodeAt(0)) };
  const format = file.mediaType.replace(/.*\//, "");
  if (isImage(file)) return { image: { format, source } };
  // Names must be distinct, and have no other characters than these.
  return { document: { format, name: name.replaceAll(/[^A-Za-z0-9 -]/g, "-"), source } };
}
