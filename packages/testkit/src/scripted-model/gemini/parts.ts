import { isRecord, records, type JsonRecord } from "../json.ts";

/** A part of a content. */
export interface Part {
  readonly part: JsonRecord;
  readonly role: unknown;
  /** `contents[1].parts[0]`. */
  readonly path: string;
}

export function contentsOf(body: JsonRecord): readonly JsonRecord[] {
  return records(body["contents"]);
}

/** Every part of a request, in order. */
export function* partsOf(body: JsonRecord): Generator<Part> {
  for (const [index, content] of contentsOf(body).entries())
    for (const [position, part] of records(content["parts"]).entries())
      yield { part, role: content["role"], path: `contents[${index}].parts[${position}]` };
}

/** The calls or the answers of a content. */
export function functionsOf(
  content: JsonRecord | undefined,
  key: "functionCall" | "functionResponse",
): readonly JsonRecord[] {
  return records(content?.["parts"]).flatMap((part) => {
    const found = part[key];
    return isRecord(found) ? [found] : [];
  });
}
