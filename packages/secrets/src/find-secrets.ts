import type { IsWanted } from "./find-escapes.ts";
import { visitLayers } from "./layers.ts";
import { mergeMatches, type Finding, type Match } from "./merge-matches.ts";
import { endOfPadding, indexNeedles, type OnFound } from "./needle-index.ts";
import { spellSecret, type Needle } from "./needles.ts";

/** A secret, opened, and what to write in its place. */
export interface KnownSecret {
  readonly value: string;
  /** Characters at its beginning that are public. */
  readonly publicLength: number;
  readonly replacement: string;
}

/** Looks for a set of secrets in all spellings. */
export interface Finder {
  /** Characters: a shorter text holds nothing. */
  readonly shortest: number;
  /** What there is of the secrets, in order; what overlapped is one. */
  find(text: string): readonly Finding[];
  /**
   * Where the end of a text begins that may turn out to be of a secret once the text goes on; the text's length if there
   * is no such end.
   */
  openEnd(text: string): number;
  /** Whether a number could be one of the secrets. */
  readonly hasNumbers: boolean;
}

/** Characters at the end of a text that may be an escape, once it goes on. */
const partOfEscape =
  /(?:%(?:[\da-f]|u[\da-f]{0,3})?|\\(?:x[\da-f]?|u\{?[\da-f]{0,6}|r\\?)?|&#?[\da-z]{0,16}|\r?\n)$/i;
/** Characters at the end of a text that are looked at for what may go on. */
const longestEnd = 4096;
/** Characters around an escape that are looked at with it: more of a secret than that is found without the escape, too. */
const margin = 64;
const none: readonly Finding[] = [];

/** @returns `undefined` if there is nothing to look for. */
export function createFinder(secrets: readonly KnownSecret[]): Finder | undefined {
  const replacements = new Map<Needle, string>(
    secrets.flatMap(({ value, publicLength, replacement }) =>
      spellSecret(value, publicLength).map((needle) => [needle, replacement] as const),
    ),
  );
  const needles = [...replacements.keys()];
  if (needles.length === 0) return undefined;
  const words = needles.filter(({ isWord }) => isWord);
  const others = needles.filter(({ isWord }) => !isWord);
  const index = others.length === 0 ? undefined : indexNeedles(others);
  const shortest = Math.min(index?.shortest ?? Infinity, ...words.map(({ text }) => text.length));
  const all = needles.map(({ text }) => text).join("\0");
  const isWanted = wantedEscapes(needles);

  return {
    shortest,
    hasNumbers: needles.some(({ text }) => /^[-+.\deE]+$/.test(text)),
    find(text) {
      if (text.length < shortest) return none;
      let matches: Match[] | undefined;
      visitLayers(text, isWanted, margin, (layer, originOf) => {
        const onFound = (needle: Needle, start: number, end: number): void => {
          matches ??= [];
          matches.push({
            start: originOf(start).start,
            end: originOf(end - 1).end,
            isWhole: end - start >= needle.text.length,
            replacement: replacements.get(needle) ?? "",
          });
        };
        for (const word of words) findWord(layer, word, onFound);
        index?.search(layer, onFound);
        return undefined;
      });
      return matches === undefined ? none : mergeMatches(matches);
    },
    openEnd(text) {
      const offset = Math.max(0, text.length - longestEnd);
      let open = text.length;
      visitLayers(text.slice(offset), isWanted, longestEnd, (layer, originOf) => {
        const end = layer.length - (partOfEscape.exec(layer.slice(-32))?.[0].length ?? 0);
        // One more: the digit of base64 that a secret shares with what is in front of it.
        const start = Math.max(0, end - longestEndIn(all, layer.slice(0, end)) - 1);
        if (start < layer.length) open = Math.min(open, offset + originOf(start).start);
        return end;
      });
      return open;
    },
  };
}

/** Which escapes hide anything: of what needles consist of, as far as that is not printed bytes. */
function wantedEscapes(needles: readonly Needle[]): IsWanted {
  // Whether a word stands alone depends on what is around it, which may be anything.
  if (needles.some(({ isWord }) => isWord)) return () => true;
  const wanted = new Uint8Array(0x10000);
  for (const { text, isPrinted } of needles) {
    if (isPrinted) continue;
    for (let at = 0; at < text.length; at += 1) wanted[text.charCodeAt(at)] = 1;
  }
  return (codePoint) => codePoint > 0xffff || wanted[codePoint] === 1;
}

function findWord(text: string, word: Needle, onFound: OnFound): void {
  const { length } = word.text;
  for (let start = text.indexOf(word.text); start >= 0; start = text.indexOf(word.text, start + 1)) {
    if (isWordCharacter(text.charAt(start - 1)) || isWordCharacter(text.charAt(start + length))) continue;
    onFound(word, start, endOfPadding(text, start + length, word.after));
  }
}

function isWordCharacter(character: string): boolean {
  return /^[\w\u0080-\uffff]$/.test(character);
}

/** Length of the longest end of `text` that is somewhere in `whole`. */
function longestEndIn(whole: string, text: string): number {
  let [low, high] = [0, 1];
  // An end of what is in it is in it, too.
  const isIn = (length: number): boolean =>
    length <= text.length && whole.includes(text.slice(text.length - length));
  while (isIn(high)) [low, high] = [high, high * 2];
  while (high - low > 1) {
    const middle = (low + high) >>> 1;
    if (isIn(middle)) low = middle;
    else high = middle;
  }
  return low;
}
