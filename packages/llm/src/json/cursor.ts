/** Why a text is not the JSON that it seems to be, in words that a model can act on. */
export const reasons = {
  cut: "it ends in the middle",
  value: "a JSON value was expected",
  key: 'a key in double quotes or "}" was expected',
  colon: '":" was expected after the key',
  object: '"," or "}" was expected',
  array: '"," or "]" was expected',
  escape: "this escape sequence is not JSON",
  number: "this number cannot be represented exactly",
  depth: "it is nested deeper than 200 levels",
  rest: "nothing may follow the value",
  duplicate: "this key appears twice in one object",
  forbidden: "this key is not allowed",
} as const;

/** What can be mended, in the order in which it is tried. */
export const repairs = {
  control: "raw control characters in a string",
  trailingComma: "a trailing comma",
  missingComma: "a missing comma",
  doubledComma: "a doubled comma",
  python: "a Python literal",
  singleQuotes: "single quotes",
  bareKey: "an unquoted key",
  typographic: "typographic quotes",
  comment: "a comment",
  number: "a number that JSON writes in another way",
  innerQuote: "an unescaped quotation mark in a string",
  doubledBrace: "doubled braces",
  surplusCloser: "a surplus closing bracket",
  missingCloser: "a missing closing bracket",
} as const;

export type JsonRepair = (typeof repairs)[keyof typeof repairs];

/**
 * How much is mended; each level adds to those before it. Nothing but control characters and trailing commas on level 0,
 * which no other reading could explain.
 */
export const level = { plain: 0, syntax: 1, quotes: 2, braces: 3, surplus: 4, closers: 5 } as const;

export type HealingLevel = (typeof level)[keyof typeof level];

/** A scan under way. */
export interface Cursor {
  readonly text: string;
  at: number;
  level: HealingLevel;
  readonly repairs: Set<JsonRepair>;
  /** How many objects and arrays are open. */
  openObjects: number;
  openArrays: number;
  /** The last value was a number, of which more digits could have followed. */
  afterNumber: boolean;
  afterComma: boolean;
  /** Offset of the last key. */
  keyAt: number;
  /** Keys of the outermost object whose value may be mended. */
  readonly healable: readonly string[];
  /** A quotation mark behind the value would change how it is read. */
  isOpen?: boolean;
  fault?: keyof typeof reasons;
  root?: { members: Record<string, unknown>; keys: string[]; openKey?: string };
}

/** @param openObjects - Objects that stand open before the text. */
export function createCursor(
  text: string,
  at: number,
  healing: HealingLevel,
  healable: readonly string[] = [],
  openObjects = 0,
): Cursor {
  return {
    text,
    at,
    level: healing,
    repairs: new Set(),
    openObjects,
    openArrays: 0,
    afterNumber: false,
    afterComma: false,
    keyAt: at,
    healable,
  };
}

/** Returned instead of a value after `cursor.fault` was set. */
export const broken: unique symbol = Symbol("broken");

export function fail(cursor: Cursor, fault: keyof typeof reasons): typeof broken {
  cursor.fault = cursor.at >= cursor.text.length ? "cut" : fault;
  return broken;
}

export function failAt(cursor: Cursor, at: number, fault: keyof typeof reasons): typeof broken {
  cursor.at = at;
  return fail(cursor, fault);
}

/** Offset of the first character from `at` on that is not JSON white space. */
export function skipSpace(text: string, at: number): number {
  let next = at;
  while (isSpace(text.charCodeAt(next))) next += 1;
  return next;
}

function isSpace(code: number): boolean {
  return code === 0x20 || code === 0x0a || code === 0x0d || code === 0x09;
}

/** Moves on to what comes next, over comments too where they are mended. */
export function skip(cursor: Cursor): void {
  const { text } = cursor;
  cursor.at = skipSpace(text, cursor.at);
  while (cursor.level >= level.syntax) {
    const end = endOfComment(text, cursor.at);
    if (end === undefined) return;
    cursor.repairs.add(repairs.comment);
    cursor.at = skipSpace(text, end);
  }
}

function endOfComment(text: string, at: number): number | undefined {
  const isBlock = text.startsWith("/*", at);
  if (!isBlock && text[at] !== "#" && !text.startsWith("//", at)) return undefined;
  const close = text.indexOf(isBlock ? "*/" : "\n", at);
  if (close === -1) return text.length;
  return isBlock ? close + 2 : close + 1;
}
