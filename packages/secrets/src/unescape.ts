import { findEscapes, type FoundEscapes, type IsWanted } from "./find-escapes.ts";
import { nothing } from "./read-escape.ts";

/** Where a character came from. */
export interface Origin {
  readonly start: number;
  readonly end: number;
}

/** A stretch of a text with its escapes undone. */
export interface Unescaped {
  readonly text: string;
  /** Where a character of {@link text} stood in the text: the whole escape, or the character itself. */
  originOf(position: number): Origin;
}

/**
 * Undoes one layer of escapes, of whichever kinds there are.
 *
 * @param margin - Characters around an escape that are given with it; where more are between two, the text is left out.
 */
export function unescape(text: string, isWanted: IsWanted, margin: number): Unescaped[] {
  const escapes = findEscapes(text, isWanted);
  const { starts, ends } = escapes;
  const stretches: Unescaped[] = [];
  let first = 0;
  for (let index = 1; index <= starts.length; index += 1) {
    if ((starts[index] ?? Infinity) - (ends[index - 1] ?? 0) <= 2 * margin) continue;
    stretches.push(undo(text, escapes, first, index, margin));
    first = index;
  }
  return stretches;
}

/** Undoes one layer of all escapes of a text. */
export function unescapeAll(text: string): string {
  return unescape(text, () => true, text.length)[0]?.text ?? text;
}

/** Undoes the escapes from `first` up to `last`, without that. */
function undo(text: string, escapes: FoundEscapes, first: number, last: number, margin: number): Unescaped {
  const { starts, ends, codePoints } = escapes;
  const from = Math.max(0, (starts[first] ?? 0) - margin);
  const to = Math.min(text.length, (ends[last - 1] ?? 0) + margin);
  const positions: number[] = [];
  let length = 0;
  for (let index = first; index < last; index += 1) {
    length += (starts[index] ?? 0) - (index === first ? from : (ends[index - 1] ?? 0));
    positions.push(length);
    length += lengthOf(codePoints[index] ?? nothing);
  }
  const write = to - from < fewEscapes * (last - first) ? writeUnits : joinPieces;
  return {
    text: write(text, escapes, { first, last, from, to }),
    originOf(position) {
      const index = lastUpTo(positions, position);
      if (index < 0) return { start: from + position, end: from + position + 1 };
      const end = ends[first + index] ?? 0;
      const beyond = position - (positions[index] ?? 0) - lengthOf(codePoints[first + index] ?? nothing);
      return beyond < 0
        ? { start: starts[first + index] ?? 0, end }
        : { start: end + beyond, end: end + beyond + 1 };
    },
  };
}

/** Which escapes, and which stretch of the text around them. */
interface Stretch {
  readonly first: number;
  readonly last: number;
  readonly from: number;
  readonly to: number;
}

/** Characters for each escape; with more it is faster to copy what is between them than each character by itself. */
const fewEscapes = 32;

function joinPieces(text: string, escapes: FoundEscapes, { first, last, from, to }: Stretch): string {
  const pieces: string[] = [];
  let at = from;
  for (let index = first; index < last; index += 1) {
    const codePoint = escapes.codePoints[index] ?? nothing;
    pieces.push(
      text.slice(at, escapes.starts[index]),
      codePoint === nothing ? "" : String.fromCodePoint(codePoint),
    );
    at = escapes.ends[index] ?? 0;
  }
  pieces.push(text.slice(at, to));
  return pieces.join("");
}

const toText = new TextDecoder("utf-16le", { ignoreBOM: true });

function writeUnits(text: string, escapes: FoundEscapes, { first, last, from, to }: Stretch): string {
  // No escape is shorter than what it stands for.
  const units = new Uint16Array(to - from);
  let length = 0;
  let at = from;
  for (let index = first; index <= last; index += 1) {
    const end = index === last ? to : (escapes.starts[index] ?? 0);
    for (; at < end; at += 1) {
      units[length] = text.charCodeAt(at);
      length += 1;
    }
    if (index === last) break;
    const codePoint = escapes.codePoints[index] ?? nothing;
    if (codePoint <= 0xffff) units[length] = codePoint;
    else if (codePoint !== nothing) {
      units[length] = 0xd7c0 + (codePoint >>> 10);
      units[length + 1] = 0xdc00 + (codePoint & 0x3ff);
    }
    length += lengthOf(codePoint);
    at = escapes.ends[index] ?? 0;
  }
  return toText.decode(units.subarray(0, length));
}

/** In code units of UTF-16. */
function lengthOf(codePoint: number): number {
  if (codePoint === nothing) return 0;
  return codePoint > 0xffff ? 2 : 1;
}

/** Index of the last of the ascending numbers that is not greater; -1 if there is none. */
function lastUpTo(numbers: readonly number[], most: number): number {
  let [low, high] = [0, numbers.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((numbers[middle] ?? 0) <= most) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}
