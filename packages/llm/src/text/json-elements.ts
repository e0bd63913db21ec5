import type { FoundCall } from "../found-call.ts";
import { reasons } from "../json/cursor.ts";
import { scanJson, skipSpace, type JsonScan, type PartialObject } from "../json/scan-json.ts";
import {
  mayBecomeBareCall,
  readBareCall,
  readBrokenBareCall,
  readBrokenMarkedCall,
  readMarkedCall,
} from "./call-object.ts";
import { brokenCall } from "./region.ts";
import type { Region, TextSource } from "./text-source.ts";

type BrokenScan = Extract<JsonScan, { kind: "broken" }>;

/** An explicit marker stands before it: it is a call in any case. */
export interface Marked {
  readonly closer?: string | undefined;
}

/** How elements are read, and whether text that follows could change one of them. */
interface Pass {
  readonly marked: Marked | undefined;
  isOpen: boolean;
}

/** An object that stands where a call may stand: alone or in a list. */
type Element =
  | { readonly kind: "call"; readonly call: FoundCall; readonly end: number }
  | { readonly kind: "data"; readonly end: number }
  | {
      readonly kind: "broken";
      /** Absent: it was not recognised as a call. */
      readonly call?: FoundCall;
      /** Where reading goes on. */
      readonly end: number;
      readonly mayGrow: boolean;
    };

/**
 * One JSON object, or a list of nothing but calls.
 *
 * @param at - Offset of `{` or `[`.
 * @param marked - Set behind an explicit marker.
 */
export function readElements(source: TextSource, at: number, marked?: Marked): Region {
  const pass: Pass = { marked, isOpen: false };
  const region = source.text[at] === "[" ? readList(source, at, pass) : readSingle(source, at, pass);
  if (pass.isOpen || source.isPartnerOpen()) return { ...region, unsettled: "shorter" };
  // Where only the bracket itself was passed over, its partner may still come.
  return region.end === at + 1 ? { ...region, unsettled: "longer" } : region;
}

function readSingle(source: TextSource, at: number, pass: Pass): Region {
  const element = readElement(source, at, at, pass);
  const calls = element.kind === "data" || element.call === undefined ? [] : [element.call];
  const isBroken = element.kind === "broken";
  return { calls, end: element.end, complete: !isBroken, mayGrow: isBroken && element.mayGrow };
}

function readList(source: TextSource, open: number, pass: Pass): Region {
  const { text } = source;
  const calls: FoundCall[] = [];
  let isData = false;
  let next = skipSpace(text, open + 1);
  if (next === text.length) return { calls, end: next, complete: false, mayGrow: true };
  if (text[next] !== "{") return skipData(source, open);
  while (text[next] === "{") {
    const element = readElement(source, next, open, pass);
    if (element.kind === "broken") {
      const failed = isData ? undefined : (element.call ?? cutCall(element.mayGrow && calls.length > 0));
      const { end, mayGrow } = element;
      return { calls: failed ? [...calls, failed] : [], end, complete: false, mayGrow: !isData && mayGrow };
    }
    if (element.kind === "call") calls.push(element.call);
    else isData = true;
    next = skipSpace(text, element.end);
    if (text[next] === ",") next = skipSpace(text, next + 1);
  }
  if (text[next] === "]")
    return { calls: isData ? [] : calls, end: next + 1, complete: true, mayGrow: false };
  if (next < text.length) {
    if (pass.marked === undefined) return skipData(source, open);
    const { closer } = pass.marked;
    if (closer !== undefined && text.startsWith(closer, next))
      return { calls: markUnclosed(calls), end: next, complete: false, mayGrow: false };
    const error = `${reasons.array}, at character ${next + 1} of the answer`;
    const region = brokenCall(source, calls.at(-1)?.name, error);
    return { ...region, calls: [...calls.slice(0, -1), ...region.calls] };
  }
  return { calls: isData ? [] : markUnclosed(calls), end: next, complete: false, mayGrow: !isData };
}

/** After good calls in a list, an object that the answer ends in can only be another call. */
function cutCall(isCut: boolean): FoundCall | undefined {
  return isCut
    ? { problem: { prompt: "cutOff", error: "the answer ends in the middle of it" }, repairs: [] }
    : undefined;
}

function markUnclosed(calls: readonly FoundCall[]): FoundCall[] {
  const last = calls.at(-1);
  if (last === undefined) return [];
  return [
    ...calls.slice(0, -1),
    { ...last, repairs: [...last.repairs, 'a missing "]" after the last call'] },
  ];
}

function readElement(source: TextSource, at: number, open: number, pass: Pass): Element {
  const { marked } = pass;
  const first = skipSpace(source.text, at + 1);
  // Most braces in prose and code: told here, because there can be a great many.
  if (marked === undefined && !`"}`.includes(source.text[first] ?? "}"))
    return { kind: "broken", end: endOfBrokenData(source, open, first), mayGrow: false };
  const scan = scanJson(source.text, at, { healable: source.parsing.argumentFieldAliases });
  if (scan.kind === "broken") return readBroken(source, scan, open, marked);
  pass.isOpen ||= scan.isOpen === true;
  const call = marked === undefined ? readBareCall(scan.value, source) : readMarkedCall(scan.value, source);
  if (call === undefined) return { kind: "data", end: scan.end };
  return { kind: "call", call: { ...call, repairs: [...scan.repairs, ...call.repairs] }, end: scan.end };
}

function readBroken(source: TextSource, scan: BrokenScan, open: number, marked: Marked | undefined): Element {
  if (marked === undefined) {
    const call = readBrokenBareCall(scan, source);
    const mayGrow = mayBecomeBareCall(scan, source);
    // Where a broken call ends is a guess, and its arguments may quote other calls: read nothing behind it.
    if (call !== undefined) return { kind: "broken", call, end: source.text.length, mayGrow };
    return { kind: "broken", end: endOfBrokenData(source, open, scan.at), mayGrow };
  }
  const end = endOfBrokenCall(source, scan.at, open, marked.closer);
  if (end === scan.at && isUnclosed(source, scan)) {
    const call = readMarkedCall(scan.partial?.members, source);
    return { kind: "call", call: { ...call, repairs: ["a missing closing bracket", ...call.repairs] }, end };
  }
  const call = readBrokenMarkedCall(scan, source, end !== undefined);
  return { kind: "broken", call, end: end ?? source.text.length, mayGrow: scan.cut };
}

/**
 * Where a broken call ends for sure: before its closing mark, at the fault or behind the bracket that belongs to the
 * first one. The fault must not stand behind a string then: it may be that string which goes on, and quotes calls.
 */
function endOfBrokenCall(
  source: TextSource,
  faultAt: number,
  open: number,
  closer: string | undefined,
): number | undefined {
  const { text } = source;
  if (closer === undefined) return undefined;
  if (text.startsWith(closer, faultAt)) return faultAt;
  const partner = ",:]}".includes(text[faultAt] ?? " ") ? source.partnerOf(open) : undefined;
  if (partner === undefined) return undefined;
  return text.startsWith(closer, skipSpace(text, partner + 1)) ? partner + 1 : undefined;
}

/** Whether all that a call lacks is its last bracket, where its closing mark says that it is over. */
function isUnclosed({ text }: TextSource, { at, partial }: BrokenScan): boolean {
  const { keys, members }: PartialObject = partial ?? { keys: [], members: {} };
  return (
    keys.length > 0 &&
    keys.length === Object.keys(members).length &&
    text.slice(0, at).trimEnd().endsWith("}")
  );
}

function skipData(source: TextSource, open: number): Region {
  const scan = scanJson(source.text, open);
  const end = scan.kind === "value" ? scan.end : endOfBrokenData(source, open, scan.at);
  return { calls: [], end, complete: true, mayGrow: false };
}

/**
 * Where reading goes on after something that is not JSON. What stands inside its brackets is a part of it, however
 * much it looks like a call; without a closing bracket that is the whole rest. Only an opener that begins nothing
 * JSON-like (`a { in prose`) is skipped alone.
 */
function endOfBrokenData(source: TextSource, open: number, faultAt: number): number {
  const { text } = source;
  const partner = source.partnerOf(open);
  if (partner !== undefined) return partner + 1;
  const beginsNothing = faultAt < text.length && faultAt <= skipSpace(text, open + 1);
  return beginsNothing ? open + 1 : text.length;
}
