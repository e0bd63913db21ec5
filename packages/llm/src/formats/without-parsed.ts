import { own } from "../own.ts";

/** What OpenAI's client adds to an answer that it parses, and its API refuses in a request. */
const added = new Set(["parsed", "parsed_arguments"]);

/**
 * An object without what the client added to it, and to what stands in it at these keys.
 *
 * @returns The same object, if there is nothing of the kind.
 */
export function withoutParsed(value: unknown, ...keys: readonly string[]): unknown {
  if (Array.isArray(value)) {
    const items = value.map((item) => withoutParsed(item, ...keys));
    return items.some((item, index) => item !== value[index]) ? items : value;
  }
  if (typeof value !== "object" || value === null) return value;
  const isAdded = [...added].some((key) => own(value, key) !== undefined);
  const changed = keys
    .map((key) => [key, own(value, key), withoutParsed(own(value, key), ...keys)] as const)
    .filter(([, before, after]) => before !== after);
  if (!isAdded && changed.length === 0) return value;
  const kept = Object.entries(value).filter(([key]) => !added.has(key));
  return {
    ...Object.fromEntries(kept),
    ...Object.fromEntries(changed.map(([key, , after]) => [key, after])),
  };
}
