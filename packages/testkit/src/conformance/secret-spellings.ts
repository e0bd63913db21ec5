/** Less of base64 is a word that any text may contain. */
const shortest = 8;

/** Ways to write a secret down that anybody reads back: as it is, escaped, percent-encoded, in hex, in base64. */
export function spellingsOf(secret: string): ReadonlySet<string> {
  const bytes = new TextEncoder().encode(secret);
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
  const base64 = [0, 1, 2].map((before) => inBase64(bytes, before)).filter((text) => text.length >= shortest);
  return new Set([
    secret,
    JSON.stringify(secret).slice(1, -1),
    encodeURIComponent(secret),
    hex,
    hex.toUpperCase(),
    ...base64,
    ...base64.map((text) => text.replaceAll("+", "-").replaceAll("/", "_")),
  ]);
}

/**
 * What of it stands in base64 whatever is around it (RFC 4648, section 4).
 *
 * @param before - Bytes that come before it, beyond a multiple of three.
 */
function inBase64(bytes: Uint8Array, before: number): string {
  const padded = [...Array.from({ length: before }, () => 0), ...bytes];
  const text = btoa(String.fromCharCode(...padded));
  // The first and the last character may hold bits of a neighbour.
  return text.slice(Math.ceil((before * 8) / 6), Math.floor((padded.length * 8) / 6));
}
