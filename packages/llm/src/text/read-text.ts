import type { FoundCall } from "../found-call.ts";
import { readCodeFence } from "./code-fence.ts";
import { endOfSpan, landmarksOf } from "./landmarks.ts";
import { readCallAt } from "./read-call-at.ts";
import { endTokens } from "./spans.ts";
import type { Region, TextSource } from "./text-source.ts";

export interface TextReading {
  readonly calls: readonly FoundCall[];
  /** What is left without calls, reasoning and quoted results. */
  readonly prose: string;
  /** The last call ended with its own closer. */
  readonly complete: boolean;
  /** Offset behind the last thing that needed a closer look: only prose follows. */
  readonly end: number;
  /** The text ends in what could become a call, or more of one. */
  readonly mayGrow: boolean;
}

/** Something in a text that is not plain prose, or needed a closer look. What lies between is prose. */
export interface Piece {
  readonly at: number;
  readonly end: number;
  /** `call`: at least one; `hidden`: for nobody's eyes; `prose`: nothing special after all; `reset`: what came before was reasoning. */
  readonly kind: "call" | "hidden" | "prose" | "reset";
  readonly region?: Region;
  /** No text that follows can change it. */
  readonly settled: boolean;
}

/** Passes once over a text, from an offset on, and tells what stands in it. */
export function* readPieces(source: TextSource, from: number): Generator<Piece, void, undefined> {
  const { text } = source;
  const { pattern, alone } = landmarksOf(source.grammars);
  let next = from;
  while (next < text.length) {
    const first = text[next] ?? "";
    let piece: Piece;
    if (alone.has(first)) piece = toPiece(source, next, readCallAt(source, next, first));
    else {
      // Other readings may use the same pattern in between, so the place is set anew each time.
      pattern.lastIndex = next;
      const match = pattern.exec(text);
      if (match === null) return;
      piece = readPiece(source, match);
    }
    yield piece;
    next = piece.end;
  }
}

function readPiece(source: TextSource, match: RegExpExecArray): Piece {
  const { text } = source;
  const { index: at } = match;
  const [found, span, lone, opener, ticks] = match;
  const plain = (kind: Piece["kind"], end: number): Piece => ({ at, end, kind, settled: end < text.length });
  if (lone !== undefined) return plain("reset", at + found.length);
  if (span !== undefined) return plain("hidden", endOfSpan(text, at));
  if (opener !== undefined) return toPiece(source, at, readCallAt(source, at, opener));
  return ticks === undefined
    ? plain("prose", at + found.length)
    : toPiece(source, at, readCodeFence(source, at, ticks));
}

function toPiece({ text }: TextSource, at: number, region: Region | undefined): Piece {
  const end = Math.max(region?.end ?? 0, at + 1);
  if (region === undefined) return { at, end, kind: "prose", settled: end < text.length };
  const kind = region.calls.length > 0 ? "call" : region.hidden === true ? "hidden" : "prose";
  return { at, end, kind, region, settled: end < text.length && region.unsettled === undefined };
}

/**
 * Finds the calls in a text, in one pass from left to right: reasoning, quotations and code are passed over, and at
 * each opener the grammars say what begins there.
 */
export function readText(source: TextSource): TextReading {
  const { text } = source;
  let calls: FoundCall[] = [];
  let prose: string[] = [];
  let proseFrom = 0;
  let last: Region | undefined;
  let complete = false;
  for (const { at, end, kind, region } of readPieces(source, 0)) {
    last = region ?? last;
    if (kind === "prose") continue;
    prose.push(text.slice(proseFrom, at));
    proseFrom = end;
    if (kind === "reset") {
      calls = [];
      prose = [];
    } else if (region !== undefined) calls.push(...region.calls);
    if (kind === "call") complete = region?.complete === true;
  }
  prose.push(text.slice(proseFrom));
  return {
    calls,
    prose: stripEndTokens(prose.join("")).trimStart(),
    complete,
    end: last?.end ?? 0,
    mayGrow: last !== undefined && last.end >= text.length && last.mayGrow,
  };
}

/** Without the white space and the end tokens at the end of an answer. */
export function stripEndTokens(prose: string): string {
  let stripped = prose.trimEnd();
  for (let token = lastToken(stripped); token !== undefined; token = lastToken(stripped))
    stripped = stripped.slice(0, -token.length).trimEnd();
  return stripped;
}

function lastToken(text: string): string | undefined {
  return endTokens.find((token) => text.endsWith(token));
}
