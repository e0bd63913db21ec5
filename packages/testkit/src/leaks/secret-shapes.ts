import { randomBytes } from "node:crypto";

/** A canary: a random secret that nothing but the driver's connector may ever see. */
export interface Canary {
  readonly name: string;
  readonly value: string;
  /** Leading characters that say of what kind it is and nothing else: a JWT's header, `ghp_`. */
  readonly publicPrefix: number;
}

type Draft = Omit<Canary, "name">;

const letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
const jwtHeader = "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.";

const pick = (alphabet: string, length: number): string =>
  Array.from(randomBytes(length), (byte) => alphabet.charAt(byte % alphabet.length)).join("");
const random = (length: number): string => pick(letters, length);
const plain = (value: string): Draft => ({ value, publicPrefix: 0 });
const prefixed = (prefix: string, rest: string): Draft => ({
  value: prefix + rest,
  publicPrefix: prefix.length,
});

const toBase64url = (text: string): string => Buffer.from(text).toString("base64url");

/** What a secret looks like. */
export type SecretShape =
  | "plain"
  | "jwt"
  | "github"
  | "api key"
  | "symbols"
  | "unicode"
  | "hex"
  | "digits"
  | "long"
  | "short"
  | "control byte"
  | "line break";

/** Each makes a secret at random; `more` characters longer than it usually is. */
const makers: Readonly<Record<SecretShape, (more: number) => Draft>> = {
  plain: (more) => plain(random(24 + more)),
  jwt: (more) =>
    prefixed(jwtHeader, `${toBase64url(JSON.stringify({ sub: random(18 + more) }))}.${random(43)}`),
  github: (more) => prefixed("ghp_", random(36 + more)),
  "api key": (more) => prefixed("sk-", random(48 + more)),
  symbols: (more) => plain(`${random(6)}@:/%+&<>"'\\${random(7 + more)}`),
  unicode: (more) => plain(`Pa\u00df-${random(6)}-\u5bc6\u7801-\u{1f511}-${random(8 + more)}`),
  hex: (more) => plain(pick("0123456789abcdef", 40 + more)),
  digits: (more) => plain(`7${pick("0123456789", 11 + more)}`),
  long: (more) => plain(random(2_000 + more)),
  short: (more) => plain(random(6 + Math.min(more, 1))),
  /** Node quotes a header value that has one. */
  "control byte": (more) => plain(`${random(14)}\u0001${random(9 + more)}`),
  /** What is left of a file that was read whole. */
  "line break": (more) => plain(`${random(24 + more)}\n`),
};

/** Every shape that the suites plant. */
export const secretShapes: readonly SecretShape[] = Object.keys(makers) as SecretShape[];

/** @param more - Characters beyond the shape's usual length. */
export function plantCanary(name: string, shape: SecretShape, more: number): Canary {
  return { name, ...makers[shape](more) };
}
