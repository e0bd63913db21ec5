import {
  broken,
  createCursor,
  fail,
  failAt,
  level,
  reasons,
  repairs,
  skip,
  skipSpace,
  type Cursor,
  type HealingLevel,
  type JsonRepair,
} from "./cursor.ts";
import { forbiddenKeys, maxDepth } from "./limits.ts";
import { scanAtom } from "./scan-atom.ts";
import { afterItem, beforeItem, skipSurplus } from "./scan-separators.ts";
import { anyQuote, scanBareKey, scanString, startsString, type StringPlace } from "./scan-string.ts";

export { skipSpace, type JsonRepair } from "./cursor.ts";

/** The outermost object, as far as it was read before the fault. */
export interface PartialObject {
  /** Members with a complete value. */
  readonly members: Readonly<Record<string, unknown>>;
  /** Complete keys in order; the last one may lack its value. */
  readonly keys: readonly string[];
  /** Beginning of a key that the text ends in. */
  readonly openKey?: string;
}

export type JsonScan =
  | {
      readonly kind: "value";
      readonly value: unknown;
      readonly end: number;
      readonly repairs: JsonRepair[];
      /** Text that follows could still change it. */
      readonly isOpen?: boolean;
    }
  | {
      readonly kind: "broken";
      readonly reason: string;
      /** Offset of the fault. */
      readonly at: number;
      /** The text ended too early; more text could make it whole. */
      readonly cut: boolean;
      readonly partial?: PartialObject;
    };

/** What to mend. */
export interface ScanOptions {
  /** Default: raw control characters in strings and trailing commas, because no meaning depends on them. */
  readonly level?: HealingLevel;
  /** Nothing else may stand in the text. */
  readonly whole?: boolean;
  /**
   * Keys of the outermost object whose value may be mended. Where an object under one of them is not JSON, but can be
   * made so, the member is its text, for {@link healJson} to read.
   */
  readonly healable?: readonly string[];
}

/**
 * Reads one JSON value (RFC 8259) that begins at `start`, in one pass. Stricter than `JSON.parse` where leniency could
 * change what is executed: no key twice with two values, no prototype keys, no integer that a double cannot hold, at most 200 levels.
 */
export function scanJson(text: string, start = 0, options: ScanOptions = {}): JsonScan {
  const cursor = createCursor(text, start, options.level ?? level.plain, options.healable);
  const value = scanAlone(cursor, options.whole ?? false);
  const { at, root, isOpen = false, fault = "value" } = cursor;
  if (value !== broken) return { kind: "value", value, end: at, repairs: [...cursor.repairs], isOpen };
  const reason = reasons[fault];
  return { kind: "broken", reason, at, cut: fault === "cut", ...(root !== undefined && { partial: root }) };
}

function scanAlone(cursor: Cursor, whole: boolean): unknown {
  const value = scanValue(cursor, "alone");
  if (value === broken || !whole) return value;
  skipSurplus(cursor);
  return cursor.at < cursor.text.length ? fail(cursor, "rest") : value;
}

function scanValue(cursor: Cursor, place: StringPlace): unknown {
  skip(cursor);
  cursor.afterNumber = false;
  switch (cursor.text[cursor.at]) {
    case "{":
      return scanNested(cursor, true);
    case "[":
      return scanNested(cursor, false);
    default:
      return startsString(cursor) ? scanString(cursor, place) : scanAtom(cursor);
  }
}

function scanNested(cursor: Cursor, isObject: boolean): unknown {
  if (cursor.openObjects + cursor.openArrays === maxDepth) return fail(cursor, "depth");
  cursor.at += 1;
  cursor.afterComma = false;
  const count = isObject ? "openObjects" : "openArrays";
  cursor[count] += 1;
  const value = isObject ? scanObject(cursor) : scanArray(cursor);
  cursor[count] -= 1;
  cursor.afterNumber = false;
  return value;
}

function scanObject(cursor: Cursor): unknown {
  const { text } = cursor;
  const members: Record<string, unknown> = {};
  const keys: string[] = [];
  const isRoot = cursor.openObjects + cursor.openArrays === 1;
  if (isRoot) cursor.root = { members, keys };
  const isDoubled = cursor.level >= level.braces && text[cursor.at] === "{";
  if (isDoubled) {
    cursor.repairs.add(repairs.doubledBrace);
    cursor.at += 1;
  }
  while (beforeItem(cursor, "}")) {
    const key = scanKey(cursor, isRoot);
    if (key === broken) return broken;
    if (forbiddenKeys.has(key)) return failAt(cursor, cursor.keyAt, "forbidden");
    const { keyAt } = cursor;
    const isTwice = Object.hasOwn(members, key);
    if (!isTwice) keys.push(key);
    skip(cursor);
    if (text[cursor.at] !== ":") return fail(cursor, "colon");
    cursor.at += 1;
    const isHealable = isRoot && cursor.healable.includes(key);
    const value = isHealable ? scanHealable(cursor) : scanValue(cursor, "object");
    if (value === broken) return broken;
    // The same twice is once; of two different ones nobody knows which is meant.
    if (isTwice && (members[key] !== value || typeof value === "object"))
      return failAt(cursor, keyAt, "duplicate");
    members[key] = value;
    const next = afterItem(cursor, "}");
    if (next === "closed") return members;
    if (next === "fault") return fail(cursor, "object");
  }
  if (!isDoubled) return members;
  if (text[cursor.at] !== "}") return fail(cursor, "object");
  cursor.at += 1;
  return members;
}

function scanKey(cursor: Cursor, isRoot: boolean): string | typeof broken {
  cursor.keyAt = cursor.at;
  return startsString(cursor) ? scanString(cursor, "key", isRoot) : scanBareKey(cursor);
}

function scanArray(cursor: Cursor): unknown {
  const items: unknown[] = [];
  while (beforeItem(cursor, "]")) {
    const value = scanValue(cursor, "array");
    if (value === broken) return broken;
    items.push(value);
    const next = afterItem(cursor, "]");
    if (next === "closed") return items;
    if (next === "fault") return fail(cursor, "array");
  }
  return items;
}

/** Levels on which the end of a value can be told from what stands behind it. */
const levelsWithin = [level.syntax, level.quotes, level.braces, level.closers] as const;

/** A value that may be mended: its text, if it is an object only then. */
function scanHealable(cursor: Cursor): unknown {
  const { text } = cursor;
  const start = skipSpace(text, cursor.at);
  const value = scanValue(cursor, "object");
  if (value !== broken || text[start] !== "{") return value;
  for (const healing of levelsWithin) {
    const trial = createCursor(text, start, healing, [], 1);
    if (scanValue(trial, "object") === broken) continue;
    const next = text[skipSpace(text, trial.at)];
    if (next !== "," && next !== "}") continue;
    // Where another mark follows, the string may end there, and hold what stands between.
    const isOpen = trial.repairs.has(repairs.innerQuote);
    if (isOpen && anyQuote.test(text.slice(trial.at))) continue;
    cursor.isOpen ||= isOpen;
    cursor.at = trial.at;
    return text.slice(start, trial.at);
  }
  return broken;
}
