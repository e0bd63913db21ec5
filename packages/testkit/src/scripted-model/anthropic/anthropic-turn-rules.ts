import { isRecord, textOr, type JsonRecord } from "../json.ts";
import type { Rule } from "../rule.ts";
import { seal } from "../seal.ts";
import { blocksOf, contentOf, messagesOf } from "./blocks.ts";

/** How calls, results and thinking follow each other. */
export const turnRules: readonly Rule[] = [
  {
    name: "a call by the user",
    source: "observed",
    *faults(body) {
      for (const { block, role } of blocksOf(body))
        if (block["type"] === "tool_use" && role !== "assistant")
          yield "messages: `tool_use` blocks can only be in `assistant` messages";
    },
  },
  {
    name: "a result by the assistant",
    source: "observed",
    *faults(body) {
      for (const { block, role } of blocksOf(body))
        if (block["type"] === "tool_result" && role !== "user")
          yield "messages: `tool_result` blocks can only be in `user` messages";
    },
  },
  {
    name: "an id of a call with other characters",
    source: "observed",
    *faults(body) {
      for (const { block, path } of blocksOf(body))
        if (block["type"] === "tool_use" && !/^[a-zA-Z0-9_-]+$/.test(textOr(block["id"])))
          yield `${path}.tool_use.id: String should match pattern '^[a-zA-Z0-9_-]+$'`;
    },
  },
  {
    name: "an input of a call that is no object",
    source: "observed",
    *faults(body) {
      for (const { block, path } of blocksOf(body))
        if (block["type"] === "tool_use" && !isRecord(block["input"]))
          yield `${path}.tool_use.input: Input should be a valid dictionary`;
    },
  },
  {
    name: "two calls of one id",
    source: "observed",
    *faults(body) {
      const ids = [...blocksOf(body)].flatMap(({ block }) =>
        block["type"] === "tool_use" ? [block["id"]] : [],
      );
      if (new Set(ids).size < ids.length) yield "messages: `tool_use` ids must be unique";
    },
  },
  {
    name: "a call without a result in the next message",
    source: "documented",
    *faults(body) {
      const messages = messagesOf(body);
      for (const [index, message] of messages.entries()) {
        const answered = leadingResults(messages[index + 1]);
        const open = idsOf(message, "tool_use", "id").filter((id) => !answered.includes(id));
        if (open.length > 0)
          yield `messages.${index}: \`tool_use\` ids were found without \`tool_result\` blocks immediately after: ${open.join(", ")}. Each \`tool_use\` block must have a corresponding \`tool_result\` block in the next message.`;
      }
    },
  },
  {
    name: "a result without a call in the message before",
    source: "documented",
    *faults(body) {
      const messages = messagesOf(body);
      for (const [index, message] of messages.entries()) {
        const called = idsOf(messages[index - 1], "tool_use", "id");
        for (const id of idsOf(message, "tool_result", "tool_use_id"))
          if (!called.includes(id))
            yield `messages.${index}.content.0: unexpected \`tool_use_id\` found in \`tool_result\` blocks: ${id}. Each \`tool_result\` block must have a corresponding \`tool_use\` block in the previous message.`;
      }
    },
  },
  {
    name: "two results of one call",
    source: "observed",
    *faults(body) {
      for (const [index, message] of messagesOf(body).entries()) {
        const ids = idsOf(message, "tool_result", "tool_use_id");
        const twice = ids.find((id, position) => ids.indexOf(id) !== position);
        if (twice !== undefined)
          yield `messages.${index}.content.1: each tool_use must have a single result. Found multiple \`tool_result\` blocks with id: ${twice}`;
      }
    },
  },
  {
    name: "thinking whose signature is not its own",
    source: "documented",
    *faults(body, { model }) {
      for (const { block, path } of blocksOf(body)) {
        if (block["type"] !== "thinking") continue;
        if (block["signature"] === undefined) yield `${path}.thinking.signature: Field required`;
        if (block["signature"] !== seal(model, textOr(block["thinking"])))
          yield `${path}: Invalid \`signature\` in \`thinking\` block`;
      }
    },
  },
  {
    name: "redacted thinking that was changed",
    source: "documented",
    *faults(body, { model }) {
      for (const { block, path } of blocksOf(body))
        if (block["type"] === "redacted_thinking" && block["data"] !== seal(model, "redacted"))
          yield `${path}: Invalid \`data\` in \`redacted_thinking\` block`;
    },
  },
  {
    name: "a call whose thinking is missing",
    source: "documented",
    *faults(body) {
      if (!thinks(body)) return;
      const messages = messagesOf(body);
      const index = messages.findLastIndex(({ role }) => role === "assistant");
      const blocks = contentOf(messages[index] ?? {});
      const first = textOr(blocks[0]?.["type"]);
      const calls = blocks.some(({ type }) => type === "tool_use");
      if (calls && first !== "thinking" && first !== "redacted_thinking")
        yield `messages.${index}.content.0.type: Expected \`thinking\` or \`redacted_thinking\`, but found \`${first}\`. When \`thinking\` is enabled, a final \`assistant\` message must start with a thinking block (preceeding the lastmost set of \`tool_use\` and \`tool_result\` blocks).`;
    },
  },
  {
    name: "a budget for thinking that is none",
    source: "documented",
    *faults(body) {
      const { thinking, max_tokens: limit } = body;
      if (!isRecord(thinking) || thinking["type"] !== "enabled") return;
      const budget = Number(thinking["budget_tokens"]);
      if (!(budget >= 1024))
        yield "thinking.enabled.budget_tokens: Input should be greater than or equal to 1024";
      if (budget >= Number(limit)) yield "`max_tokens` must be greater than `thinking.budget_tokens`";
    },
  },
];

/** Whether a request asks the model to think. */
export function thinks({ thinking }: JsonRecord): boolean {
  return isRecord(thinking) && (thinking["type"] === "enabled" || thinking["type"] === "adaptive");
}

function idsOf(message: JsonRecord | undefined, type: string, key: string): string[] {
  return contentOf(message ?? {}).flatMap((block) => (block["type"] === type ? [textOr(block[key])] : []));
}

/** Results count only where they stand before everything else. */
function leadingResults(message: JsonRecord | undefined): string[] {
  const blocks = contentOf(message ?? {});
  const end = blocks.findIndex(({ type }) => type !== "tool_result");
  return idsOf({ content: end === -1 ? blocks : blocks.slice(0, end) }, "tool_result", "tool_use_id");
}
