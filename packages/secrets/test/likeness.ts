import type { Random } from "./seeded-random.ts";

const letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
const digits = "0123456789";
const hexDigits = "0123456789abcdef";
const words = "the of and token secret password key bearer user admin north login value true null".split(" ");

const base64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString("base64");
const base64url = (text: string | Uint8Array): string => Buffer.from(text).toString("base64url");
const random64 = (random: Random, length: number): string => random.text(`${letters}${digits}_-`, length);
const uuid = (random: Random): string =>
  random.text(hexDigits, 32).replace(/(.{8})(.{4}).(.{3}).(.{3})(.{12}).*/, "$1-$2-4$3-a$4-$5");

/** Credentials of every usual make. Drawn twice, they are two different ones of the same kind and owner. */
export const credentials: Readonly<Record<string, (random: Random) => string>> = {
  "GitHub token": (random) => `ghp_${random.text(letters + digits, 36)}`,
  "API key": (random) => `sk-proj-${random64(random, 64)}`,
  "payment key": (random) => `sk_live_${random.text(letters + digits, 24)}`,
  "cloud key": (random) => random.text(`${letters}${digits}+/`, 40),
  "cloud key id": (random) => `AKIA${random.text(letters.slice(0, 26) + digits, 16)}`,
  "chat token": (random) =>
    `xoxb-${random.text(digits, 12)}-${random.text(digits, 12)}-${random.text(letters, 24)}`,
  "access token": (random) => jwt(random),
  "scheme and token": (random) => `Bearer ${jwt(random)}`,
  UUID: uuid,
  "hex key": (random) => random.text(hexDigits, 64),
  "random bytes": (random) => base64(random.bytes(32)),
  password: (random) => random.text(`${letters}${digits}!#$%&*+/<>?@^_~"'\\`, 16),
  "short password": (random) => random.text(`${letters}${digits}`, 9),
  "hook URL": (random) =>
    `https://hooks.example.com/services/T${random.text(digits, 8)}/${random.text(letters, 24)}`,
  "database URL": (random) => `postgres://reader:${random64(random, 24)}@db.example.com:5432/warehouse`,
  "private key": (random) => privateKey(random),
  "registry token": (random) => `npm_${random.text(letters + digits, 36)}`,
  "numeric key": (random) => random.text(digits, 16),
};

function jwt(random: Random): string {
  const header = { alg: "HS256", typ: "JWT" };
  const issued = 1_750_000_000 + random.below(1_000_000);
  const claims = {
    iss: "https://login.example.com/",
    sub: uuid(random),
    aud: "https://api.example.com",
    iat: issued,
    exp: issued + 3600,
    scope: "openid profile email",
  };
  return [base64url(JSON.stringify(header)), base64url(JSON.stringify(claims)), random64(random, 43)].join(
    ".",
  );
}

/** PKCS #8, as every RSA key of 2048 bits begins. */
function privateKey(random: Random): string {
  const opening = "MIIEvQIBADANBgkqhkiG9w0BAQEFAASCBKcwggSjAgEAAoIBAQ";
  const body = `${opening}${random.text(`${letters}${digits}+/`, 1578)}`;
  return `-----BEGIN PRIVATE KEY-----\n${body.replaceAll(/.{64}/g, "$&\n")}\n-----END PRIVATE KEY-----\n`;
}

const surroundings: readonly ((random: Random) => string)[] = [
  ...Object.values(credentials),
  (random) =>
    `Authorization: Basic ${base64(Buffer.from(`ada.lovelace@example.com:${random64(random, 12)}`))}`,
  (random) => `From: Ada Lovelace <ada.lovelace@example.com>, ${random.pick(words)}`,
  (random) => `sha512-${base64(random.bytes(64))}`,
  (random) => random.text(hexDigits, 40),
  (random) =>
    `<img src="data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAA${base64(random.bytes(3 * random.below(800)))}">`,
  (random) => base64(random.bytes(570)).replaceAll(/.{76}/g, "$&\r\n"),
  (random) =>
    `-----BEGIN CERTIFICATE-----\nMIIDdzCCAl+gAwIBAgIEAgAAuTANBgkqhkiG9w0BAQsF${base64(random.bytes(600))}\n-----END CERTIFICATE-----`,
  (random) => [...random.bytes(32)].map((byte) => byte.toString(16).padStart(2, "0")).join(" "),
  (random) => `<Buffer ${[...random.bytes(50)].map((byte) => byte.toString(16).padStart(2, "0")).join(" ")}>`,
  (random) =>
    `https://a.example/?q=${encodeURIComponent(`${random.pick(words)}/${random64(random, 9)}+ñ "é" <b>`)}&page=${random.below(99)}`,
  (random) =>
    `&lt;b&gt;${random.pick(words)} &amp;amp; ${random.pick(words)}&lt;/b&gt; &#8212; caf&eacute;&#x20;`,
  (random) =>
    JSON.stringify(
      JSON.stringify({ [random.pick(words)]: `C:\\${random.pick(words)}\\"${random.pick(words)}"\n` }),
    ),
  (random) => JSON.stringify(`https://a.example/${random.pick(words)}/`).replaceAll("/", String.raw`\/`),
  (random) => Array.from({ length: 40 }, () => random.pick(words)).join(" "),
  (random) => random.pick(["=", "-", "*", "0", "A", "ab"]).repeat(random.below(80)),
  (random) => Array.from({ length: 12 }, () => random.below(100_000)).join(","),
];

/** One line that looks like a secret, or like what secrets stand in. */
export function likenesses(random: Random): string {
  return random.pick(surroundings)(random);
}
