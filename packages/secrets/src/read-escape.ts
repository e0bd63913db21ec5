/**
 * An escape, as one number, because texts may consist of them: the code point it stands for, and its length. `none`: there
 * is no escape.
 */
export type Escape = number;
export const none: Escape = -1;
/** What a line break within encoded data stands for: nothing. */
export const nothing = 0x110000;

export const codePointOf = (escape: Escape): number => escape >>> 6;
export const lengthOf = (escape: Escape): number => escape & 63;
const escapeOf = (codePoint: number, length: number): Escape => (codePoint << 6) | length;

const code = (character: string): number => character.charCodeAt(0);
const shortEscapes = new Map<number, number>([
  ...["'", '"', "/", "\\"].map((character) => [code(character), code(character)] as const),
  [code("b"), 0x08],
  [code("f"), 0x0c],
  [code("n"), 0x0a],
  [code("r"), 0x0d],
  [code("t"), 0x09],
]);

/** HTML Standard, 13.5: the names of ASCII characters, each with its character. */
const namedCharacters: ReadonlyMap<string, number> = new Map(
  (
    'Tab\t NewLine\n excl! quot" QUOT" num# dollar$ percnt% amp& AMP& apos\' lpar( rpar) ast* midast* plus+ comma, ' +
    "period. sol/ colon: semi; lt< LT< equals= gt> GT> quest? commat@ lsqb[ lbrack[ bsol\\ rsqb] rbrack] Hat^ " +
    "lowbar_ UnderBar_ grave` DiacriticalGrave` lcub{ lbrace{ verbar| vert| VerticalLine| rcub} rbrace}"
  )
    .split(" ")
    .map((entry) => [entry.slice(0, -1), code(entry.slice(-1))] as const),
);
const longestName = 16;
/** Characters in front of a line break that make it one within encoded data. */
const runBeforeBreak = 16;

/** Whether an escape in an escape may begin with this character. */
export function isEscapeMark(unit: number): boolean {
  return unit === 0x25 || unit === 0x26 || unit === 0x5c;
}

/**
 * Reads the escape that begins at a position: of percent-encoding (RFC 3986, 2.1), of JSON and JavaScript (RFC 8259, 7),
 * a character reference of HTML (HTML Standard, 13.5), or a line break within base64 (RFC 2045, 6.8).
 */
export function readEscape(text: string, at: number): Escape {
  switch (text.charCodeAt(at)) {
    case 0x25:
      return text.charCodeAt(at + 1) === 0x75 ? readHex(text, at + 2, 4, 6) : readHex(text, at + 1, 2, 3);
    case 0x5c:
      return readBackslash(text, at);
    case 0x26:
      return text.charCodeAt(at + 1) === 0x23 ? readNumber(text, at) : readName(text, at);
    default:
      return readBreak(text, at, 1);
  }
}

function readBackslash(text: string, at: number): Escape {
  const next = text.charCodeAt(at + 1);
  if (next === 0x75) {
    if (text.charCodeAt(at + 2) !== 0x7b) return readHex(text, at + 2, 4, 6);
    const end = text.indexOf("}", at + 3);
    const digits = end - at - 3;
    return digits >= 1 && digits <= 6 ? readHex(text, at + 3, digits, digits + 4) : none;
  }
  if (next === 0x78) return readHex(text, at + 2, 2, 4);
  if (next === 0x6e || (next === 0x72 && text.startsWith("\\n", at + 2))) {
    const gap = readBreak(text, at, next === 0x6e ? 2 : 4);
    if (gap !== none) return gap;
  }
  const short = shortEscapes.get(next);
  return short === undefined ? none : escapeOf(short, 2);
}

/** @param length - Of the whole escape. */
function readHex(text: string, from: number, digits: number, length: number): Escape {
  let value = 0;
  for (let at = from; at < from + digits; at += 1) {
    const digit = hexDigit(text.charCodeAt(at));
    if (digit < 0) return none;
    value = value * 16 + digit;
  }
  return value < nothing ? escapeOf(value, length) : none;
}

function hexDigit(unit: number): number {
  if (unit >= 0x30 && unit <= 0x39) return unit - 0x30;
  const letter = unit | 0x20;
  return letter >= 0x61 && letter <= 0x66 ? letter - 0x57 : -1;
}

/** `&#65;` and `&#x41;`, which browsers read without the semicolon, too. */
function readNumber(text: string, start: number): Escape {
  const isHex = (text.charCodeAt(start + 2) | 0x20) === 0x78;
  const from = start + (isHex ? 3 : 2);
  let value = 0;
  let at = from;
  for (; at < from + 10; at += 1) {
    const digit = hexDigit(text.charCodeAt(at));
    if (digit < 0 || (!isHex && digit > 9)) break;
    value = value * (isHex ? 16 : 10) + digit;
  }
  if (at === from || value >= nothing) return none;
  return escapeOf(value, at - start + (text.charCodeAt(at) === 0x3b ? 1 : 0));
}

function readName(text: string, start: number): Escape {
  let at = start + 1;
  while (at <= start + longestName && isLetter(text.charCodeAt(at))) at += 1;
  if (at === start + 1 || text.charCodeAt(at) !== 0x3b) return none;
  const named = namedCharacters.get(text.slice(start + 1, at));
  return named === undefined ? none : escapeOf(named, at + 1 - start);
}

/** Base64 goes on behind the line break as it was in front of it. */
function readBreak(text: string, at: number, length: number): Escape {
  if (!isDigit(text.charCodeAt(at + length))) return none;
  const from = text.charCodeAt(at - 1) === 0x0d ? at - 2 : at - 1;
  for (let before = from; before > from - runBeforeBreak; before -= 1) {
    if (!isDigit(text.charCodeAt(before))) return none;
  }
  return escapeOf(nothing, length);
}

function isLetter(unit: number): boolean {
  const letter = unit | 0x20;
  return letter >= 0x61 && letter <= 0x7a;
}

function isDigit(unit: number): boolean {
  return isLetter(unit) || (unit >= 0x2f && unit <= 0x39) || unit === 0x2b || unit === 0x2d || unit === 0x5f;
}
