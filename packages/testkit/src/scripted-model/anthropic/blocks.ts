import { records, type JsonRecord } from "../json.ts";

/** A block and where it stands. */
export interface Block {
  readonly block: JsonRecord;
  readonly role: unknown;
  /** `messages.2.content.0`. */
  readonly path: string;
}

export function messagesOf(body: JsonRecord): readonly JsonRecord[] {
  return records(body["messages"]);
}

/** The blocks of a message; a text is one block. */
export function contentOf({ content }: JsonRecord): readonly JsonRecord[] {
  return typeof content === "string" && content !== "" ? [{ type: "text", text: content }] : records(content);
}

/** Every block of a request, in order. */
export function* blocksOf(body: JsonRecord): Generator<Block> {
  for (const [index, message] of messagesOf(body).entries())
    for (const [position, block] of contentOf(message).entries())
      yield { block, role: message["role"], path: `messages.${index}.content.${position}` };
}
