import { escaped } from "./escaped.ts";
import { openersOf } from "./read-call-at.ts";
import { quotedSpans, reasoningSpans, type Span } from "./spans.ts";
import type { TextGrammar } from "./text-source.ts";

const spans: readonly Span[] = [...reasoningSpans, ...quotedSpans];
/** Closing marks that stand alone where the template wrote the opening one. */
export const loneClosers: readonly string[] = reasoningSpans
  .filter(({ neverLone }) => neverLone !== true)
  .map(({ close }) => close);

/** The part of each span's opening mark that is the same every time. */
export const spanOpeners: readonly string[] = spans.map(({ open }) =>
  open
    .replace(/^\(\?:.*?\)\?/, "")
    .replaceAll(String.raw`\s{0,8}`, "")
    .replace(/\\b.*/, "")
    .replaceAll("\\", ""),
);

/** Quotations, comments and results that a model makes up: a line that begins so is prose whatever stands in it. */
export const lineMarks: readonly string[] = [">", "//", "# ", "Observation:"];

/** Where something begins that needs a closer look. */
export interface Landmarks {
  /** Finds the earliest; its groups are the opening mark of a span, a lone closer, an opener, ticks. None: a line mark. */
  readonly pattern: RegExp;
  /** Openers of one character with which no other landmark begins: found at a glance, because they can be many in a row. */
  readonly alone: ReadonlySet<string>;
}

const landmarks = new WeakMap<readonly TextGrammar[], Landmarks>();

export function landmarksOf(grammars: readonly TextGrammar[]): Landmarks {
  const known = landmarks.get(grammars);
  if (known !== undefined) return known;
  const openers = openersOf(grammars);
  const pattern = new RegExp(
    [
      `(${spans.map(({ open }) => open.replaceAll(/\((?!\?)/g, "(?:")).join("|")})`,
      `(${escaped(loneClosers)})`,
      `(${escaped(openers)})`,
      "(`+|(?<=^[ \\t]{0,8})~{3,})",
      `^[ \\t]*(?:${escaped(lineMarks)})[^\\n]*`,
    ].join("|"),
    "gm",
  );
  const others = [...openers.filter((mark) => mark.length > 1), ...loneClosers, ...spanOpeners, ...lineMarks];
  const alone = openers.filter(
    (mark) => mark.length === 1 && !others.some((other) => other.startsWith(mark)),
  );
  const found = { pattern, alone: new Set(alone) };
  landmarks.set(grammars, found);
  return found;
}

const loneCloser = new RegExp(escaped(loneClosers), "g");

/** Offset of the next mark that says that everything before it was reasoning; the end of the text if there is none. */
export function nextLoneCloser(text: string, from: number): number {
  loneCloser.lastIndex = from;
  return loneCloser.exec(text)?.index ?? text.length;
}

interface SpanEnd {
  readonly pattern: RegExp;
  readonly span: Span;
  /** Finds the first mark that ends it; absent if the mark depends on the opening one. */
  readonly end?: RegExp;
}

const spanEnds: readonly SpanEnd[] = spans.map((span) => ({
  span,
  pattern: new RegExp(span.open, "y"),
  ...(!span.close.includes("$1") && { end: new RegExp(escaped([span.close, ...(span.until ?? [])]), "g") }),
}));

/** Offset behind the span that begins at an offset: the end of the text if it is never closed. */
export function endOfSpan(text: string, at: number): number {
  for (const { pattern, span, end } of spanEnds) {
    pattern.lastIndex = at;
    const opening = pattern.exec(text);
    if (opening === null) continue;
    const from = pattern.lastIndex;
    if (end === undefined) {
      const mark = span.close.replace("$1", opening[1] ?? "");
      const closeAt = text.indexOf(mark, from);
      return closeAt === -1 ? text.length : closeAt + mark.length;
    }
    end.lastIndex = from;
    const closing = end.exec(text);
    if (closing === null) return text.length;
    return closing[0] === span.close ? end.lastIndex : closing.index;
  }
  return text.length;
}
