import { isRecord, records, textOr, type JsonRecord } from "../json.ts";
import type { Rule } from "../rule.ts";
import { toolRules } from "./anthropic-tool-rules.ts";
import { turnRules } from "./anthropic-turn-rules.ts";
import { blocksOf, messagesOf, type Block } from "./blocks.ts";

const imageTypes = new Set(["image/jpeg", "image/png", "image/gif", "image/webp"]);
const base64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;

/** Members of the blocks that a request may hold; the API refuses others. */
const members: Readonly<Record<string, readonly string[]>> = {
  text: ["text", "citations"],
  image: ["source"],
  document: ["source", "title", "context", "citations"],
  thinking: ["thinking", "signature"],
  redacted_thinking: ["data"],
  tool_use: ["id", "name", "input", "caller", "toolset_name"],
  tool_result: ["tool_use_id", "content", "is_error", "toolset_name"],
};

/** Every block of a request, those within results too. */
function* allBlocks(body: JsonRecord): Generator<Block> {
  for (const found of blocksOf(body)) {
    yield found;
    for (const [index, block] of records(found.block["content"]).entries())
      yield { ...found, block, path: `${found.path}.tool_result.content.${index}` };
  }
}

/**
 * What Anthropic's Messages API refuses.
 *
 * @see Anthropic API reference, "Messages"; "Tool use", "Handle tool calls"; "Extended thinking", "Preserving thinking
 *   blocks"; "Errors"
 */
export const anthropicRules: readonly Rule[] = [
  {
    name: "no limit of tokens",
    source: "documented",
    *faults({ max_tokens: limit }) {
      if (!Number.isInteger(limit)) yield "max_tokens: Field required";
    },
  },
  {
    name: "no messages",
    source: "documented",
    *faults(body) {
      if (messagesOf(body).length === 0) yield "messages: at least one message is required";
    },
  },
  {
    name: "a role that is none",
    source: "documented",
    *faults(body) {
      for (const [index, { role }] of messagesOf(body).entries()) {
        if (role === "system")
          yield 'messages: Unexpected role "system". The Messages API accepts a top-level `system` parameter, not "system" as an input message role.';
        else if (role !== "user" && role !== "assistant")
          yield `messages.${index}.role: Input should be 'user' or 'assistant'`;
      }
    },
  },
  {
    name: "an assistant that speaks first",
    source: "observed",
    *faults(body) {
      if (messagesOf(body)[0]?.["role"] !== "user") yield 'messages: first message must use the "user" role';
    },
  },
  {
    name: "an unknown member of a message",
    source: "observed",
    *faults(body) {
      for (const [index, message] of messagesOf(body).entries())
        for (const key of Object.keys(message))
          if (key !== "role" && key !== "content")
            yield `messages.${index}.${key}: Extra inputs are not permitted`;
    },
  },
  {
    name: "a block of an unknown type",
    source: "observed",
    *faults(body) {
      for (const { block, path } of allBlocks(body))
        if (!Object.hasOwn(members, textOr(block["type"])))
          yield `${path}: Input tag '${textOr(block["type"])}' found using 'type' does not match any of the expected tags`;
    },
  },
  {
    name: "an unknown member of a block",
    source: "observed",
    *faults(body) {
      for (const { block, path } of allBlocks(body)) {
        const type = textOr(block["type"]);
        const known = new Set(["type", "cache_control", ...(members[type] ?? [])]);
        for (const key of Object.keys(block))
          if (!known.has(key)) yield `${path}.${type}.${key}: Extra inputs are not permitted`;
      }
    },
  },
  {
    name: "a message without content",
    source: "observed",
    *faults(body) {
      const messages = messagesOf(body);
      for (const [index, { role, content }] of messages.entries()) {
        const isEmpty = content === undefined || content === null || content === "" || isEmptyList(content);
        if (isEmpty && !(role === "assistant" && index === messages.length - 1))
          yield `messages.${index}: all messages must have non-empty content except for the optional final assistant message`;
      }
    },
  },
  {
    name: "an empty text block",
    source: "observed",
    *faults(body) {
      for (const { block } of allBlocks(body)) {
        if (block["type"] !== "text") continue;
        if (textOr(block["text"]) === "") yield "messages: text content blocks must be non-empty";
        if (textOr(block["text"]).trim() === "")
          yield "messages: text content blocks must contain non-whitespace text";
      }
    },
  },
  {
    name: "a failed result without content",
    source: "observed",
    *faults(body) {
      for (const { block, path } of blocksOf(body)) {
        const { content = "" } = block;
        if (block["is_error"] === true && (content === "" || isEmptyList(content)))
          yield `${path}.tool_result: content cannot be empty if \`is_error\` is true`;
      }
    },
  },
  {
    name: "a failed result with anything but text",
    source: "observed",
    *faults(body) {
      for (const { block, path } of blocksOf(body))
        if (block["is_error"] === true && records(block["content"]).some(({ type }) => type !== "text"))
          yield `${path}.tool_result: all content must be type "text" if \`is_error\` is true`;
    },
  },
  {
    name: "an image of a type that is not taken",
    source: "documented",
    *faults(body) {
      for (const { source, path } of sourcesOf(body, "image"))
        if (source["type"] === "base64" && !imageTypes.has(textOr(source["media_type"])))
          yield `${path}.image.source.base64.media_type: Input should be 'image/jpeg', 'image/png', 'image/gif' or 'image/webp'`;
    },
  },
  {
    name: "a document of a type that is not taken",
    source: "documented",
    *faults(body) {
      for (const { source, path } of sourcesOf(body, "document"))
        if (source["type"] === "base64" && source["media_type"] !== "application/pdf")
          yield `${path}.document.source.base64.media_type: Input should be 'application/pdf'`;
    },
  },
  {
    name: "data that are not base64",
    source: "observed",
    *faults(body) {
      for (const { source, path } of [...sourcesOf(body, "image"), ...sourcesOf(body, "document")])
        if (source["type"] === "base64" && (source["data"] === "" || !base64.test(textOr(source["data"]))))
          yield `${path}.image.source.base64: invalid base64 data`;
    },
  },
  {
    name: "an image that is not what it says",
    source: "observed",
    *faults(body) {
      for (const { source, path } of sourcesOf(body, "image")) {
        const isPng = textOr(source["data"]).startsWith("iVBOR");
        if (isPng !== (source["media_type"] === "image/png"))
          yield `${path}.image.source.base64.data: The image was specified using the ${textOr(source["media_type"])} media type, but the image appears to be a different image type`;
      }
    },
  },
  ...turnRules,
  ...toolRules,
];

function isEmptyList(content: unknown): boolean {
  return Array.isArray(content) && content.length === 0;
}

function sourcesOf(body: JsonRecord, type: string): { source: JsonRecord; path: string }[] {
  return [...allBlocks(body)].flatMap(({ block, path }) => {
    const { source } = block;
    return block["type"] === type && isRecord(source) ? [{ source, path }] : [];
  });
}
