import { own } from "../own.ts";

/** What OpenAI's client adds to items and parts that it parses, and the Responses API refuses. */
const added = new Set(["parsed", "parsed_arguments"]);

/** An item without it, in its content too; the same object, if there is nothing of the kind. */
export function withoutParsed(item: unknown): unknown {
  const content = own(item, "content");
  const parts: unknown = Array.isArray(content) ? content.map(withoutAdded) : content;
  const isSame = !Array.isArray(content) || content.every((part, index) => part === own(parts, index));
  return withoutAdded(isSame ? item : { ...(item as object), content: parts });
}

function withoutAdded(value: unknown): unknown {
  if (![...added].some((key) => own(value, key) !== undefined)) return value;
  return Object.fromEntries(Object.entries(value as object).filter(([key]) => !added.has(key)));
}
