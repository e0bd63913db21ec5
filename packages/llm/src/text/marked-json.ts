import type { FoundCall } from "../found-call.ts";
import { skipSpace } from "../json/scan-json.ts";
import { endsWithin } from "./find-mark.ts";
import { readElements } from "./json-elements.ts";
import { noCall, undecided } from "./region.ts";
import { skipSeparators } from "./repeated-calls.ts";
import type { Region, TextGrammar, TextSource } from "./text-source.ts";

/** Marks around JSON objects or lists that each are a call: `{"name": n, "arguments": A}`. */
export interface JsonMarks {
  readonly open: string;
  /** Default: none, the last bracket closes the call. */
  readonly close?: string;
  /** A closing mark that some models write and others do not. */
  readonly optionalClose?: string;
}

/** A grammar of explicit marks around JSON. A call whose closing mark is missing behind complete JSON counts too. */
export function markedJsonGrammar(name: string, marks: readonly JsonMarks[]): TextGrammar {
  return {
    name,
    openers: marks.map(({ open }) => open),
    read(source, at) {
      const mark = marks.find(({ open }) => source.text.startsWith(open, at));
      return mark === undefined ? noCall(at) : readMarkedJson(source, at + mark.open.length, mark);
    },
  };
}

/** @param at - Offset behind the opening mark. */
export function readMarkedJson(
  source: TextSource,
  at: number,
  { close, optionalClose }: Pick<JsonMarks, "close" | "optionalClose">,
): Region {
  const { text } = source;
  const calls: FoundCall[] = [];
  let next = skipSpace(text, at);
  if (next === text.length) return undecided(source);
  let end = next;
  let open: Pick<Region, "unsettled"> = {};
  while (text[next] === "{" || text[next] === "[") {
    const region = readElements(source, next, { closer: close ?? optionalClose });
    calls.push(...region.calls);
    if (region.calls.length === 0 || (!region.complete && region.end >= text.length))
      return { ...region, calls };
    end = region.end;
    if (region.unsettled !== undefined) open = { unsettled: region.unsettled };
    next = skipSeparators(text, end);
  }
  if (next === text.length || (optionalClose !== undefined && endsWithin(text, next, optionalClose)))
    return {
      calls,
      end: text.length,
      complete: close === undefined && calls.length > 0,
      mayGrow: close !== undefined,
    };
  if (optionalClose !== undefined && text.startsWith(optionalClose, next))
    return { calls, end: next + optionalClose.length, complete: true, mayGrow: false, ...open };
  if (close === undefined) return { calls, end, complete: calls.length > 0, mayGrow: false, ...open };
  if (text.startsWith(close, next))
    return { calls, end: next + close.length, complete: true, mayGrow: false, ...open };
  const surplusEnd = endOfSurplus(text, next);
  if (surplusEnd > next && text.startsWith(close, surplusEnd))
    return {
      calls: markSurplus(calls),
      end: surplusEnd + close.length,
      complete: true,
      mayGrow: false,
      ...open,
    };
  const mayGrow = endsWithin(text, surplusEnd, close);
  return { calls, end: mayGrow ? text.length : end, complete: false, mayGrow, ...open };
}

const surplus = /[\]}\s]*/y;

/** Offset behind brackets that close nothing. */
function endOfSurplus(text: string, at: number): number {
  surplus.lastIndex = at;
  surplus.exec(text);
  return surplus.lastIndex;
}

function markSurplus(calls: readonly FoundCall[]): FoundCall[] {
  return calls.map((call, index) =>
    index < calls.length - 1 ? call : { ...call, repairs: [...call.repairs, "a surplus closing bracket"] },
  );
}
