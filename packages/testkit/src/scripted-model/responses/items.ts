import { isRecord, records, type JsonRecord } from "../json.ts";

/** An input item and where it stands. */
export interface Item {
  readonly item: JsonRecord;
  readonly type: string;
  readonly index: number;
  /** `input[2]`. */
  readonly path: string;
}

/** The items of a request; a text is a message of the user. */
export function itemsOf({ input }: JsonRecord): readonly Item[] {
  const items = typeof input === "string" ? [{ role: "user", content: input }] : records(input);
  return items.map((item: JsonRecord, index) => ({
    item,
    type: typeof item["type"] === "string" ? item["type"] : "message",
    index,
    path: `input[${index}]`,
  }));
}

/** The parts of an item: those of a message, or of what a call gave. */
export function partsOf({ item }: Item): readonly JsonRecord[] {
  const { content, output } = item;
  return [...records(content), ...records(output)].filter(isRecord);
}
