import type { Needle } from "./needles.ts";

/** Gets every place where a needle, or enough of one, stands. */
export type OnFound = (needle: Needle, start: number, end: number) => void;

/** Finds any number of needles in one pass over a text. */
export interface NeedleIndex {
  /** Characters: what is shorter holds no needle. */
  readonly shortest: number;
  search(text: string, onFound: OnFound): void;
}

/** An offset of a needle at which a gram stands. */
interface Place {
  readonly needle: Needle;
  readonly offset: number;
}

const gramLength = 4;
/** Different characters: rules (`------------`) and paddings are no part of a secret. */
const leastVariety = 4;

/**
 * Indexes needles by their 4-grams. Of a text only every n-th position is looked at, n being as large as the shortest
 * match allows: any match has a whole gram at one of them (q-sampling). A bitmap, small enough for the processor's cache,
 * passes over nearly all positions of an honest text.
 *
 * @param needles - None that counts from fewer than 5 characters.
 */
export function indexNeedles(needles: readonly Needle[]): NeedleIndex {
  const shortest = Math.min(...needles.map(({ least }) => least));
  const step = shortest - gramLength + 1;
  const places = needles.flatMap((needle) => placesOf(needle, step));
  const shift = 32 - Math.max(12, Math.ceil(Math.log2(places.length + 1)) + 5);
  const bitmap = new Uint8Array(2 ** (32 - shift - 3));
  const table = new Map<number, Place[]>();
  for (const place of places) {
    const hash = hashAt(place.needle.text, place.offset);
    const bit = hash >>> shift;
    bitmap[bit >>> 3] = (bitmap[bit >>> 3] ?? 0) | (1 << (bit & 7));
    const others = table.get(hash);
    if (others === undefined) table.set(hash, [place]);
    else others.push(place);
  }

  return {
    shortest,
    search(text, onFound) {
      const last = text.length - gramLength;
      let ends: Map<Needle, number> | undefined;
      for (let at = 0; at <= last; at += step) {
        const hash = hashAt(text, at);
        const bit = hash >>> shift;
        if (((bitmap[bit >>> 3] ?? 0) & (1 << (bit & 7))) === 0) continue;
        const candidates = table.get(hash);
        if (candidates === undefined) continue;
        ends ??= new Map();
        extendAll(text, at, candidates, ends, onFound);
      }
    },
  };
}

/** @param ends - Up to where each needle was found, so that a long match is compared once and not at each of its grams. */
function extendAll(
  text: string,
  at: number,
  candidates: readonly Place[],
  ends: Map<Needle, number>,
  onFound: OnFound,
): void {
  for (const { needle, offset } of candidates) {
    const match = at < (ends.get(needle) ?? 0) ? undefined : extend(text, at, needle, offset);
    if (match === undefined) continue;
    ends.set(needle, match.end);
    onFound(needle, match.start, match.end);
  }
}

/**
 * Of the grams of a needle as many as it takes: whatever counts as a match has `step` of them that follow each other, and
 * so one at a position that is looked at.
 */
function placesOf(needle: Needle, step: number): Place[] {
  const { text, least } = needle;
  const period = least - gramLength + 1 - step + 1;
  return Array.from({ length: text.length - gramLength + 1 }, (_, offset) => ({ needle, offset })).filter(
    ({ offset }) => offset % period < step,
  );
}

/** Different for any four ASCII characters, and spread over all 32 bits. */
function hashAt(text: string, at: number): number {
  return Math.imul(
    text.charCodeAt(at) ^
      (text.charCodeAt(at + 1) << 7) ^
      (text.charCodeAt(at + 2) << 14) ^
      (text.charCodeAt(at + 3) << 21),
    0x9e3779b1,
  );
}

/** Goes on from a gram in both directions, as far as text and needle agree. */
function extend(
  text: string,
  at: number,
  { text: needle, least, before, after }: Needle,
  offset: number,
): { start: number; end: number } | undefined {
  let first = offset;
  let start = at;
  while (first > 0 && needle.charCodeAt(first - 1) === text.charCodeAt(start - 1)) {
    first -= 1;
    start -= 1;
  }
  let end = at + gramLength;
  let next = offset + gramLength;
  // The hash tells ASCII apart, and nothing else.
  for (let index = 0; index < gramLength; index += 1) {
    if (needle.charCodeAt(offset + index) !== text.charCodeAt(at + index)) return undefined;
  }
  while (next < needle.length && needle.charCodeAt(next) === text.charCodeAt(end)) {
    next += 1;
    end += 1;
  }
  const length = next - first;
  if (length < least) return undefined;
  if (length < needle.length && new Set(text.slice(start, end)).size < leastVariety) return undefined;
  if (first === 0 && before.includes(text.charAt(start - 1) || " ")) start -= 1;
  return { start, end: next === needle.length ? endOfPadding(text, end, after) : end };
}

/** RFC 4648, section 4: a last digit that is not full, and up to two signs, which may be percent-encoded. */
export function endOfPadding(text: string, end: number, after: string): number {
  if (end === text.length || !after.includes(text.charAt(end))) return end;
  padding.lastIndex = end + 1;
  padding.test(text);
  return padding.lastIndex;
}

const padding = /(?:=|%3d){0,2}/iy;
