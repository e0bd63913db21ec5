import { escaped } from "./escaped.ts";
import { lineMarks, loneClosers, spanOpeners } from "./landmarks.ts";
import { openersOf } from "./read-call-at.ts";
import { endTokens } from "./spans.ts";
import type { TextGrammar } from "./text-source.ts";

const beginnings = new WeakMap<readonly TextGrammar[], RegExp>();

/** Longer than any mark with white space and end tokens before it. */
const maxTail = 512;

/**
 * Where the end of a text begins that text to come could turn into a mark, or that is left out at the end of an answer:
 * the beginning of a mark or of a quoted line, white space, end tokens. The length of the text if it ends in none.
 */
export function endThatMayGrow(text: string, grammars: readonly TextGrammar[]): number {
  let pattern = beginnings.get(grammars);
  if (pattern === undefined) {
    pattern = toBeginnings([...openersOf(grammars), ...loneClosers, ...spanOpeners, ...endTokens]);
    beginnings.set(grammars, pattern);
  }
  const from = Math.max(0, text.length - maxTail);
  const match = pattern.exec(text.slice(from));
  return match === null ? text.length : from + match.index;
}

function toBeginnings(marks: readonly string[]): RegExp {
  const lineStart = String.raw`(?<=(?:^|\n)[ \t]*)(?:${escaped(beginningsOf(lineMarks))}|~+)`;
  return new RegExp(
    String.raw`(?:\s|${escaped(endTokens)})*(?:${escaped(beginningsOf(marks))}|${lineStart})?$`,
  );
}

/** Every beginning of every mark, the longest first. */
function beginningsOf(marks: readonly string[]): readonly string[] {
  const starts = new Set<string>();
  for (const mark of marks)
    for (let length = 1; length < mark.length; length += 1) starts.add(mark.slice(0, length));
  return [...starts].toSorted((one, other) => other.length - one.length);
}
