import { codePointOf, isEscapeMark, lengthOf, none, nothing, readEscape } from "./read-escape.ts";

/** Escapes of a text, in order. Three lists of numbers, because a text may consist of them. */
export interface FoundEscapes {
  readonly starts: readonly number[];
  readonly ends: readonly number[];
  /** What each stands for; `nothing` for a line break within encoded data. */
  readonly codePoints: readonly number[];
}

/** Whether an escape of this code point is worth undoing. */
export type IsWanted = (codePoint: number) => boolean;

const longestEscape = 20;

export function findEscapes(text: string, isWanted: IsWanted): FoundEscapes {
  const { length } = text;
  const starts: number[] = [];
  const ends: number[] = [];
  const codePoints: number[] = [];
  let percent = -1;
  let backslash = -1;
  let ampersand = -1;
  let lineBreak = -1;
  let end = 0;
  for (;;) {
    if (percent < end) percent = placeOf("%", text, end);
    if (backslash < end) backslash = placeOf("\\", text, end);
    if (ampersand < end) ampersand = placeOf("&", text, end);
    if (lineBreak < end) lineBreak = placeOf("\n", text, end);
    const at = Math.min(percent, backslash, ampersand, lineBreak);
    if (at >= length) return { starts, ends, codePoints };
    const escape = readEscape(text, at);
    end = escape === none ? at + 1 : at + lengthOf(escape);
    const codePoint = codePointOf(escape);
    if (escape === none || !(isWanted(codePoint) || hidesWanted(text, end, codePoint, isWanted))) continue;
    starts.push(codePoint === nothing && text.charCodeAt(at - 1) === 0x0d ? at - 1 : at);
    ends.push(end);
    codePoints.push(codePoint);
  }
}

/** @returns The length of the text if the mark does not come any more. */
function placeOf(mark: string, text: string, from: number): number {
  const place = text.indexOf(mark, from);
  return place < 0 ? text.length : place;
}

/** Whether what an escape stands for is itself the beginning of one that is wanted: `%252F`, `\\\\u002f`, `&amp;lt;`. */
function hidesWanted(text: string, end: number, codePoint: number, isWanted: IsWanted): boolean {
  if (!isEscapeMark(codePoint)) return false;
  const inner = readEscape(`${String.fromCharCode(codePoint)}${text.slice(end, end + longestEscape)}`, 0);
  // What follows may be escaped in its turn.
  if (inner === none) return isEscapeMark(text.charCodeAt(end));
  return isWanted(codePointOf(inner)) || isEscapeMark(codePointOf(inner));
}
