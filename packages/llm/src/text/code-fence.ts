import type { FoundCall } from "../found-call.ts";
import { readCallAt } from "./read-call-at.ts";
import type { Region, TextSource } from "./text-source.ts";

/** Languages of a fence that may hold calls; the fences of all others hold code. */
const callLanguages = ["", "json", "jsonc", "tool", "tool_call", "tool_calls"];

const languagePattern = /[ \t]*([\w.+#-]*)/y;
const separators = /[\s,;]*/y;

/**
 * A run of backticks or tildes: inline code, a block of code, or a fence around nothing but calls.
 *
 * @param ticks - The run, without the white space before it.
 */
export function readCodeFence(source: TextSource, at: number, ticks: string): Region {
  const { text } = source;
  const contentAt = at + ticks.length;
  if (ticks.length < 3) {
    const codeEnd = endOfInlineCode(text, contentAt, ticks);
    const end = codeEnd ?? contentAt;
    const isOpen = codeEnd === undefined && mayCloseInline(text, contentAt);
    return {
      calls: [],
      end,
      complete: true,
      mayGrow: contentAt === text.length,
      ...(isOpen && { unsettled: "longer" }),
    };
  }
  languagePattern.lastIndex = contentAt;
  const language = languagePattern.exec(text)?.[1]?.toLowerCase() ?? "";
  const languageEnd = languagePattern.lastIndex;
  if (languageEnd === text.length) {
    const mayGrow = callLanguages.some((name) => name.startsWith(language));
    return { calls: [], end: text.length, complete: false, mayGrow };
  }
  const toCode = (): Region => {
    const end = endOfInlineCode(text, contentAt, ticks) ?? endOfBlock(text, contentAt, ticks);
    return { calls: [], end, complete: true, mayGrow: false };
  };
  return callLanguages.includes(language) ? readFencedCalls(source, languageEnd, ticks, toCode) : toCode();
}

/** @param toCode - What the fence is if anything but calls stands in it. */
function readFencedCalls(source: TextSource, at: number, ticks: string, toCode: () => Region): Region {
  const { text } = source;
  const calls: FoundCall[] = [];
  let last: Region | undefined;
  let open: Pick<Region, "unsettled"> = {};
  for (let next = at; ; next = last.end) {
    separators.lastIndex = next;
    separators.exec(text);
    next = separators.lastIndex;
    // The closing fence itself may be on its way.
    if (ticks.startsWith(text.slice(next)) && next + ticks.length > text.length)
      return { calls, end: text.length, complete: last?.complete ?? false, mayGrow: last?.mayGrow ?? true };
    if (text.startsWith(ticks, next))
      return calls.length === 0
        ? { ...toCode(), ...open }
        : { calls, end: next + ticks.length, complete: true, mayGrow: false, ...open };
    last = readCallAt(source, next);
    if (last === undefined) return { ...toCode(), ...open };
    // What is code now may turn out to be calls.
    if (last.unsettled !== undefined) open = { unsettled: "shorter" };
    if (last.calls.length === 0) return last.mayGrow ? { ...last, calls } : { ...toCode(), ...open };
    calls.push(...last.calls);
  }
}

/** Inline code longer than this is none: the bound keeps a text of nothing but backticks cheap. */
const maxInlineLength = 2000;

/** Whether text that follows could still close inline code. */
function mayCloseInline(text: string, contentAt: number): boolean {
  const near = text.slice(contentAt, contentAt + maxInlineLength);
  return near.length < maxInlineLength && !near.includes("\n");
}

/** Offset behind the run that closes inline code on the same line. */
function endOfInlineCode(text: string, contentAt: number, ticks: string): number | undefined {
  if (ticks.startsWith("~")) return undefined;
  const near = text.slice(contentAt, contentAt + maxInlineLength);
  const close = near.indexOf(ticks);
  const lineEnd = near.indexOf("\n");
  if (close === -1 || (lineEnd !== -1 && lineEnd < close)) return undefined;
  return contentAt + close + ticks.length;
}

/** Offset behind the closing fence, which stands alone on its line; the end of the text if there is none. */
export function endOfBlock(text: string, contentAt: number, ticks: string): number {
  const closing = ticks.startsWith("~") ? /^[ \t]*(~{3,})[ \t]*$/gm : /^[ \t]*(`{3,})[ \t]*$/gm;
  closing.lastIndex = contentAt;
  for (let match = closing.exec(text); match !== null; match = closing.exec(text)) {
    if ((match[1]?.length ?? 0) >= ticks.length) return closing.lastIndex;
  }
  return text.length;
}
