import { MCSError } from "@mcs/core";
import { bytesOf, fromBinaryText, toBinaryText } from "./binary-text.ts";
import type { Finder } from "./find-secrets.ts";
import { replaceFindings } from "./merge-matches.ts";
import { shortest } from "./needles.ts";
import { scrubChunks } from "./scrub-chunks.ts";
import { isSecret } from "./secret.ts";

const deepest = 500;
const tooDeep = "[nested too deeply]";

/**
 * @returns The same value if it is data and there is no secret in it, else a deep copy without.
 * @throws {MCSError} `MCS_DRIVER_FAULT` if the value cannot be read.
 */
export function scrubValue(value: unknown, finder: Finder): unknown {
  try {
    return isClean(value, finder, 0, new Set()) ? value : copy(value, finder, 0, new Map());
  } catch {
    // What a getter or a proxy throws may say the secret itself, so nothing of it goes on, not even as a cause.
    throw new MCSError("MCS_DRIVER_FAULT", "A value could not be read to take secrets out of it.", {
      hint: "Give plain data: a getter, an iterator, a proxy or a toJSON method in the value failed.",
    });
  }
}

/** Reads what cannot be seen, too: symbol keys and properties that are not enumerable. */
function isClean(value: unknown, finder: Finder, depth: number, seen: Set<object>): boolean {
  if (typeof value === "string") return finder.find(value).length === 0;
  if (typeof value !== "object" || value === null) return scrubPrimitive(value, finder) === value;
  if (seen.has(value)) return true;
  seen.add(value);
  if (depth > deepest || isSecret(value)) return false;
  if (Array.isArray(value)) return isCleanList(value, finder, depth, seen);
  if (!isPlain(value)) {
    const bytes = bytesOf(value);
    if (bytes !== undefined) return scrubBytes(bytes, finder) === bytes;
    const parts = partsOf(value);
    if (parts === undefined || !parts.every((part) => isClean(part, finder, depth + 1, seen))) return false;
  }
  for (const key of Reflect.ownKeys(value)) {
    if (typeof key === "symbol" || finder.find(key).length > 0) return false;
    if (!isClean((value as Record<string, unknown>)[key], finder, depth + 1, seen)) return false;
  }
  return true;
}

function isCleanList(list: readonly unknown[], finder: Finder, depth: number, seen: Set<object>): boolean {
  // A list may have fields beside its items: what a regular expression found has the text that it was found in.
  if (Reflect.ownKeys(list).length > list.length + 1) return false;
  if (isChunkList(list)) return scrubList(list, finder) === list;
  if (isByteList(list) && scrubByteList(list, finder) !== list) return false;
  for (const item of list) if (!isClean(item, finder, depth + 1, seen)) return false;
  return true;
}

/** What an object of a class holds; `undefined` for one whose class could hold anything. */
function partsOf(value: object): readonly unknown[] | undefined {
  if (value instanceof Map) return [...value.keys(), ...value.values()];
  if (value instanceof Set) return [...value];
  return isKept(value) ? [String(value)] : undefined;
}

function copy(value: unknown, finder: Finder, depth: number, copies: Map<object, unknown>): unknown {
  if (typeof value !== "object" || value === null) return scrubPrimitive(value, finder);
  if (copies.has(value)) return copies.get(value);
  if (isSecret(value)) return String(value);
  if (depth > deepest) return tooDeep;
  const bytes = bytesOf(value);
  if (bytes !== undefined) return scrubBytes(bytes, finder);
  const again = (part: unknown): unknown => copy(part, finder, depth + 1, copies);
  if (Array.isArray(value)) {
    const list: unknown[] = [];
    copies.set(value, list);
    const items: readonly unknown[] = value;
    for (const item of scrubTogether(items, finder)) list.push(again(item));
    return list;
  }
  if (value instanceof Map) {
    const map = new Map<unknown, unknown>();
    copies.set(value, map);
    for (const [key, item] of value) map.set(again(key), again(item));
    return map;
  }
  if (value instanceof Set) {
    const set = new Set<unknown>();
    copies.set(value, set);
    for (const item of value) set.add(again(item));
    return set;
  }
  if (isKept(value) && isClean(value, finder, depth, new Set())) return value;
  if (!isPlain(value)) {
    if (hasToJson(value)) return again(value.toJSON());
    if (isKept(value)) return again(String(value));
    if (Symbol.iterator in value) return again([...(value as Iterable<unknown>)]);
  }
  const object: Record<string, unknown> = {};
  copies.set(value, object);
  for (const [key, item] of fieldsOf(value)) {
    if (typeof item !== "function" && typeof item !== "symbol")
      setField(object, replaceFindings(key, finder.find(key)), again(item));
  }
  return object;
}

/** An object of no class, of this realm or another. */
function isPlain(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || prototype === Object.prototype || Object.getPrototypeOf(prototype) === null;
}

/** What only its class can write stays what it is unless a secret is in it. */
function isKept(value: object): value is Date | URL | URLSearchParams | RegExp {
  return (
    value instanceof Date ||
    value instanceof URL ||
    value instanceof URLSearchParams ||
    value instanceof RegExp
  );
}

function fieldsOf(value: object): [key: string, item: unknown][] {
  if (!(value instanceof Error)) return Object.entries(value);
  const { name, message, cause } = value;
  const said = Object.assign({ name, message, cause }, value);
  // A stack tells where files lie.
  return Object.entries(said).filter(([key, item]) => key !== "stack" && item !== undefined);
}

/** Keys come from outside: `__proto__` is a key like any other, and two may be equal once they are scrubbed. */
function setField(object: Record<string, unknown>, key: string, value: unknown): void {
  let free = key;
  for (let count = 2; Object.hasOwn(object, free); count += 1) free = `${key} (${count})`;
  Object.defineProperty(object, free, { value, enumerable: true, writable: true, configurable: true });
}

function scrubPrimitive(value: unknown, finder: Finder): unknown {
  switch (typeof value) {
    case "string":
      return replaceFindings(value, finder.find(value));
    case "number":
    case "bigint": {
      if (!finder.hasNumbers) return value;
      const text = String(value);
      const findings = finder.find(text);
      return findings.length === 0 ? value : replaceFindings(text, findings);
    }
    // Neither is data, and a function may give what it closes over.
    case "function":
    case "symbol":
      return undefined;
    default:
      return value;
  }
}

type ChunkList = readonly (string | Uint8Array)[];

/** Texts, or pieces of bytes: what is cut into chunks comes as a list of them. */
function isChunkList(list: readonly unknown[]): list is ChunkList {
  return (
    list.length > 1 &&
    (list.every((item) => typeof item === "string") || list.every((item) => item instanceof Uint8Array))
  );
}

function scrubList(list: readonly (string | Uint8Array)[], finder: Finder): readonly (string | Uint8Array)[] {
  const chunks = list.map((item) => (typeof item === "string" ? item : toBinaryText(item)));
  const scrubbed = scrubChunks(chunks, finder);
  if (scrubbed === chunks) return list;
  return scrubbed.map((text, index) => (typeof list[index] === "string" ? text : fromBinaryText(text)));
}

/** Bytes as JSON has them: a list of numbers, `data` in what `Buffer` writes. */
function isByteList(list: readonly unknown[]): list is readonly number[] {
  return (
    list.length >= shortest &&
    list.every((item) => Number.isInteger(item) && Number(item) >= 0 && Number(item) < 256)
  );
}

function scrubByteList(list: readonly number[], finder: Finder): readonly number[] {
  const text = toBinaryText(Uint8Array.from(list));
  // A few numbers are somebody's numbers, though a short secret has the same codes.
  const findings = finder.find(text).filter(({ start, end }) => end - start >= shortest);
  return findings.length === 0 ? list : [...fromBinaryText(replaceFindings(text, findings))];
}

/** What the items of a list are only together. */
function scrubTogether(list: readonly unknown[], finder: Finder): readonly unknown[] {
  if (isChunkList(list)) return scrubList(list, finder);
  return isByteList(list) ? scrubByteList(list, finder) : list;
}

function scrubBytes(bytes: Uint8Array, finder: Finder): Uint8Array {
  const text = toBinaryText(bytes);
  const findings = finder.find(text);
  return findings.length === 0 ? bytes : fromBinaryText(replaceFindings(text, findings));
}

function hasToJson(value: object): value is { toJSON(): unknown } {
  return "toJSON" in value && typeof value.toJSON === "function";
}
