import { MCSError } from "@mcs/core";

/** A part of a list, a text or an object, and how to go on. */
export interface Page {
  readonly items?: readonly unknown[];
  readonly text?: string;
  readonly members?: Readonly<Record<string, unknown>>;
  /** Position of the first; from 0. */
  readonly from: number;
  /** Items, characters or members altogether. */
  readonly total: number;
  /** `from` of the next page; absent at the end. */
  readonly next?: number;
}

/**
 * As much of a value from a position on as a budget allows, and at least one item: of a list its items, of a text its
 * characters, of an object its members.
 *
 * @throws {MCSError} `MCS_INVALID_ARGUMENTS` for a value without parts.
 */
export function pageOf(
  value: unknown,
  {
    from,
    limit,
    fits,
  }: { readonly from: number; readonly limit: number; readonly fits: (page: Page) => boolean },
): Page {
  const { total, part } = partsOf(value);
  const most = Math.max(0, Math.min(limit, total - from));
  const page = (count: number): Page => ({
    ...part(from, from + count),
    from,
    total,
    ...(from + count < total && { next: from + count }),
  });
  let [low, high] = [Math.min(1, most), most];
  while (low < high) {
    const count = Math.ceil((low + high) / 2);
    if (fits(page(count))) low = count;
    else high = count - 1;
  }
  return page(low);
}

interface Parts {
  readonly total: number;
  readonly part: (from: number, to: number) => Pick<Page, "items" | "text" | "members">;
}

function partsOf(value: unknown): Parts {
  if (typeof value === "string") {
    const characters = value;
    return { total: characters.length, part: (from, to) => ({ text: characters.slice(from, to) }) };
  }
  if (Array.isArray(value))
    return { total: value.length, part: (from, to) => ({ items: value.slice(from, to) }) };
  if (typeof value === "object" && value !== null) {
    const entries = Object.entries(value);
    return {
      total: entries.length,
      part: (from, to) => ({ members: Object.fromEntries(entries.slice(from, to)) }),
    };
  }
  throw new MCSError("MCS_INVALID_ARGUMENTS", "What is selected is no list, text or object.", {
    hint: "Use result_select.",
  });
}
