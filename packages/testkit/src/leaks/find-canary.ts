import { decodeText } from "./decode-text.ts";
import type { Canary } from "./secret-shapes.ts";

/** A canary that was seen where none may be. */
export interface Sighting {
  /** Name of the secret. */
  readonly secret: string;
  /** How much of it: `24 of 24 characters`. */
  readonly extent: string;
  /** What had to be decoded to see it: `base64`; empty if nothing. */
  readonly how: string;
}

/** A part of a secret from this length on gives it away. */
const part = 12;
/** Every part contains one whole block that begins at a multiple of this. */
const block = part / 2;
/** Below this a secret is a word that other words may contain, and only a whole token counts. */
const shortest = 8;

/** Looks for canaries, whole or in part, whatever they are encoded in. */
export function findCanaries(text: string, canaries: readonly Canary[]): Sighting[] {
  const long = canaries.filter(({ value }) => value.length >= shortest);
  const short = canaries.filter(({ value }) => value.length < shortest);
  return [
    ...(long.length > 0 ? decodeText(text, true) : []).flatMap(({ how, text: view }) =>
      long.flatMap((canary) => toSighting(canary, longestPart(view, canary), how)),
    ),
    ...(short.length > 0 ? decodeText(text, false) : []).flatMap(({ how, text: view }) =>
      short.flatMap((canary) => toSighting(canary, holdsToken(view, canary) ? canary.value.length : 0, how)),
    ),
  ];
}

function toSighting({ name, value }: Canary, length: number, how: string): Sighting[] {
  return length === 0 ? [] : [{ secret: name, extent: `${length} of ${value.length} characters`, how }];
}

/** @returns How much of the secret stands in the text at one place; 0 for less than a part. */
function longestPart(text: string, { value, publicPrefix }: Canary): number {
  const inBytes = Buffer.from(value).toString("latin1");
  const spellings = inBytes === value ? [value] : [value, inBytes];
  return Math.max(0, ...spellings.map((spelling) => longestCommon(text, spelling.slice(publicPrefix))));
}

function longestCommon(text: string, secret: string): number {
  const enough = Math.min(part, secret.length);
  const step = Math.min(block, Math.ceil(secret.length / 2));
  let longest = 0;
  for (let start = 0; start + step <= secret.length; start += step) {
    const wanted = secret.slice(start, start + step);
    for (let at = text.indexOf(wanted); at >= 0; at = text.indexOf(wanted, at + 1)) {
      let before = 0;
      while (before < start && text[at - before - 1] === secret[start - before - 1]) before += 1;
      let length = before + step;
      while (
        start - before + length < secret.length &&
        text[at - before + length] === secret[start - before + length]
      )
        length += 1;
      longest = Math.max(longest, length);
    }
  }
  return longest >= enough ? longest : 0;
}

function holdsToken(text: string, { value }: Canary): boolean {
  const bytes = Buffer.from(value);
  return [value, bytes.toString("base64"), bytes.toString("base64url"), bytes.toString("hex")].some((token) =>
    isToken(text, token),
  );
}

function isToken(text: string, token: string): boolean {
  for (let at = text.indexOf(token); at >= 0; at = text.indexOf(token, at + 1)) {
    const around = [text[at - 1], text[at + token.length]];
    if (!around.some((character) => character !== undefined && /[\w\u0080-\uffff]/.test(character)))
      return true;
  }
  return false;
}
