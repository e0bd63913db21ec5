import { fromBinaryText } from "./binary-text.ts";
import { partsOfSecret, type SecretPart } from "./secret-parts.ts";
import { unescapeAll } from "./unescape.ts";

/** One spelling of a secret or of a part of it: a text to be found as it is, once escapes are undone. */
export interface Needle {
  readonly text: string;
  /** Characters of it that must be seen; as many as `text` has: only all of it counts. */
  readonly least: number;
  /** Only where it stands alone, as a word does. */
  readonly isWord: boolean;
  /** Hex with separators: bytes as they are printed, where nothing is escaped. */
  readonly isPrinted: boolean;
  /** Base64: characters that may stand directly before and after all of it, because they hold bits of it too. */
  readonly before: string;
  readonly after: string;
}

/** Shorter values are words and numbers that honest text contains too, so only a whole word counts as one. */
export const shortest = 8;
/** In another case a shorter one may be a word. */
const shortestInAnyCase = 12;
/** Base64 or hex of fewer bytes than this is an everyday word or number. */
const shortestEncoded = 4;

/**
 * Spells a secret in every encoding that the scrubber knows, but for escapes (URL, JSON, HTML), which are undone in the
 * text instead: base64 in both alphabets and wherever it begins in the encoded bytes, hex in both cases and as bytes are
 * printed.
 *
 * @param publicLength - Characters at its beginning that its owner called public.
 */
export function spellSecret(value: string, publicLength: number): Needle[] {
  if (value.length < shortest) return spellWord(value);
  return partsOfSecret(value, publicLength).flatMap((part) => [
    ...spellText(part),
    ...encode(part).flatMap((encoded) => [0, 1, 2].flatMap((shift) => spellBase64(encoded, shift))),
    ...spellHex(part),
  ]);
}

function spellWord(value: string): Needle[] {
  const texts = textsOf(value).map((text) => needle(text));
  const bytes = new TextEncoder().encode(value);
  if (bytes.length < shortestEncoded) return texts.map(asWord);
  const base64 = btoa(String.fromCharCode(...bytes)).replaceAll("=", "");
  const encoded = [base64, toUrlAlphabet(base64)].map((text) => ({ ...needle(text), after: "=" }));
  const hex = toHex(bytes).join("");
  return [...texts, ...encoded, needle(hex), needle(hex.toUpperCase())].map(asWord);
}

function asWord(spelled: Needle): Needle {
  return { ...spelled, isWord: true };
}

function spellText({ text, least }: SecretPart): Needle[] {
  return [...new Set([...textsOf(text), ...(text.length >= shortestInAnyCase ? casesOf(text) : [])])]
    .filter((spelled) => spelled.length >= shortest)
    .map((spelled) =>
      needle(spelled, least === text.length ? spelled.length : Math.min(least, spelled.length)),
    );
}

/** As names of hosts and header fields are written. */
function casesOf(value: string): string[] {
  return [value.toLowerCase(), value.toUpperCase()];
}

function textsOf(value: string): string[] {
  const once = unescapeAll(value);
  return [
    ...new Set([
      value,
      // The bytes read one by one: what a search in binary data sees, percent-encoding spells, and a wrong charset makes.
      String.fromCharCode(...new TextEncoder().encode(value)),
      // What is left of half a surrogate pair where text is made of code units.
      value.replaceAll(/\p{Surrogate}/gu, "\ufffd"),
      // application/x-www-form-urlencoded
      value.replaceAll(" ", "+"),
      // RFC 4180, and SQL
      value.replaceAll('"', '""'),
      value.replaceAll("'", "''"),
      // A secret that looks escaped itself loses that where the escapes around it are undone.
      once,
      unescapeAll(once),
    ]),
  ];
}

/** A part of a secret as bytes, and how many of them must be seen. */
interface EncodedPart {
  readonly bytes: Uint8Array;
  readonly least: number;
}

/** In UTF-8, in UTF-16LE as Windows encodes commands, and where it differs and can be in latin1, as `btoa` does. */
function encode({ text, least }: SecretPart): EncodedPart[] {
  const utf8 = new TextEncoder().encode(text);
  const wide = Uint8Array.from({ length: text.length * 2 }, (_, index) =>
    index % 2 === 0 ? text.charCodeAt(index / 2) & 0xff : text.charCodeAt((index - 1) / 2) >>> 8,
  );
  const isLatin1 = /^[\0-\u00ff]*$/.test(text) && utf8.length > text.length;
  return [
    { bytes: utf8, least: least === text.length ? utf8.length : least },
    { bytes: wide, least: least * 2 },
    ...(isLatin1 ? [{ bytes: fromBinaryText(text), least }] : []),
  ];
}

const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/**
 * Spells the bytes as they look within the base64 of a longer text, `shift` bytes after a multiple of three. A digit
 * that shares its bits with the neighbouring text may be any one with the right bits.
 *
 * @see RFC 4648, sections 4 and 5
 */
function spellBase64({ bytes, least }: EncodedPart, shift: number): Needle[] {
  const bits = Array.from(bytes, (byte) => byte.toString(2).padStart(8, "0")).join("");
  const padded = `${"?".repeat((shift * 8) % 6)}${bits}`;
  const digits = (padded.padEnd(Math.ceil(padded.length / 6) * 6, "?").match(/.{6}/g) ?? []).map(digitsOf);
  const before = (digits[0] ?? "").length > 1 ? (digits.shift() ?? "") : "";
  const after = (digits.at(-1) ?? "").length > 1 ? (digits.pop() ?? "") : "";
  const spelled = digits.join("");
  const enough = least === bytes.length ? spelled.length : Math.floor((least * 8) / 6) - 1;
  const standard = { ...needle(spelled, enough), before, after };
  const url = {
    ...needle(toUrlAlphabet(spelled), enough),
    before: toUrlAlphabet(before),
    after: toUrlAlphabet(after),
  };
  return JSON.stringify(standard) === JSON.stringify(url) ? [standard] : [standard, url];
}

/** All digits that six bits may be, some of them unknown. */
function digitsOf(bits: string): string {
  if (!bits.includes("?")) return alphabet.charAt(Number.parseInt(bits, 2));
  return ["0", "1"].map((bit) => digitsOf(bits.replace("?", bit))).join("");
}

function toUrlAlphabet(base64: string): string {
  return base64.replaceAll("+", "-").replaceAll("/", "_");
}

/** `736563`, and as bytes are printed: `73 65 63`, `73:65:63`, `73-65-63`. */
function spellHex({ text, least }: SecretPart): Needle[] {
  const bytes = toHex(new TextEncoder().encode(text));
  const isWhole = least === text.length;
  return ["", " ", ":", "-"].flatMap((separator) => {
    const spelled = bytes.join(separator);
    const enough = isWhole ? spelled.length : least * (2 + separator.length) - separator.length;
    return [...new Set([spelled, spelled.toUpperCase()])].map((hex) => needle(hex, enough, separator !== ""));
  });
}

function toHex(bytes: Uint8Array): string[] {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0"));
}

function needle(text: string, least = text.length, isPrinted = false): Needle {
  return { text, least, isWord: false, isPrinted, before: "", after: "" };
}
