import { deflateSync, gzipSync } from "node:zlib";
import type { Misbehave } from "./hostile-api.ts";
import { situation, type Scenario } from "./situation.ts";

const json = "application/json";

/** Answers with a body made of the credential. */
function body(make: (secret: string) => string | Uint8Array, type = json, status = 200): Misbehave {
  return ({ secret }, response) => {
    response.writeHead(status, { "Content-Type": type });
    response.end(make(secret));
  };
}

const base64 = (text: string): string => Buffer.from(text).toString("base64");
const hex = (text: string): string => Buffer.from(text).toString("hex");
/** Header values are bytes, and hold no control characters. */
const inHeader = (text: string): string => Buffer.from(text.replaceAll(/\p{Cc}/gu, "")).toString("latin1");

/** Good answers that repeat the credential in another spelling. */
const spellings: readonly (readonly [string, Misbehave])[] = [
  ["as a JSON text", body((secret) => JSON.stringify(secret))],
  ["as a key", body((secret) => JSON.stringify({ [secret]: { [`${secret}-2`]: 1 } }))],
  ["as a number", body((secret) => `[${/^\d+$/.test(secret) ? secret : JSON.stringify(secret)}]`)],
  ["in JSON within JSON", body((secret) => JSON.stringify({ raw: JSON.stringify({ secret }) }))],
  [
    "with every character escaped",
    body(
      (secret) =>
        `"${secret.replaceAll(/[^]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`)}"`,
    ),
  ],
  ["as plain text", body((secret) => `You are ${secret}.`, "text/plain")],
  ["in HTML", body((secret) => `<p title="${encodeHtml(secret)}">${encodeHtml(secret)}</p>`, "text/html")],
  ["in XML entities", body((secret) => `<t>${encodeEntities(secret)}</t>`, "application/xml")],
  ["in YAML", body((secret) => `token: ${JSON.stringify(secret)}\n`, "application/yaml")],
  [
    "in a form",
    body((secret) => String(new URLSearchParams({ token: secret })), "application/x-www-form-urlencoded"),
  ],
  ["in CSV", body((secret) => `token\n"${secret.replaceAll('"', '""')}"\n`, "text/csv")],
  ["in base64", body((secret) => JSON.stringify(base64(secret)))],
  ["in base64 with text before it", body((secret) => JSON.stringify(base64(`user:${secret}`)))],
  ["in base64url", body((secret) => JSON.stringify(Buffer.from(secret).toString("base64url")))],
  ["in hex", body((secret) => JSON.stringify(hex(secret)))],
  ["percent-encoded", body((secret) => JSON.stringify(encodeURIComponent(secret)))],
  ["percent-encoded, every byte", body((secret) => JSON.stringify(hex(secret).replaceAll(/../g, "%$&")))],
  ["as a file", body((secret) => Buffer.concat([Buffer.from([0, 255]), Buffer.from(secret)]), "image/png")],
  ["as a body without a type", body((secret) => secret, "")],
  [
    "as text in latin1",
    body((secret) => Buffer.from(`x ${secret}`, "latin1"), "text/plain; charset=iso-8859-1"),
  ],
  [
    "as text in UTF-16",
    body((secret) => Buffer.from(`x ${secret}`, "utf16le"), "text/plain; charset=utf-16le"),
  ],
  ["in events", body((secret) => `data: ${secret}\n\ndata: ${base64(secret)}\n\n`, "text/event-stream")],
  ["its first half", body((secret) => JSON.stringify(secret.slice(0, secret.length / 2)))],
  ["its second half", body((secret) => JSON.stringify(secret.slice(secret.length / 2)))],
  ["all but its first and last character", body((secret) => JSON.stringify(secret.slice(1, -1)))],
  ["cut at 12 characters", body((secret) => JSON.stringify([secret.slice(0, 12), "and", secret.slice(-12)]))],
  ["masked in the middle", body((secret) => JSON.stringify(`${secret.slice(0, 12)}…${secret.slice(-12)}`))],
  ["in JSON that cannot be read", body((secret) => `{"token": "${secret}`)],
  ["in JSON that breaks within it", body((secret) => `${secret.slice(0, 5)}{"a"`)],
  [
    "in bytes that are no UTF-8",
    body((secret) => Buffer.concat([Buffer.from([0xff, 0xfe, 0x22]), Buffer.from(secret)])),
  ],
];
const unreadable = new Set([
  "in JSON that cannot be read",
  "in JSON that breaks within it",
  "in bytes that are no UTF-8",
]);

/** Answers whose credential is not, or not only, in the body. */
const wires: readonly (readonly [string, "executed" | "MCS_TRANSPORT", Misbehave])[] = [
  [
    "in every header",
    "executed",
    ({ secret }, response) => {
      const value = inHeader(secret);
      response.writeHead(200, {
        "Content-Type": json,
        "Set-Cookie": `sid=${value}`,
        "X-Token": value,
        ETag: `"${value}"`,
        Link: `</x?key=${encodeURIComponent(secret)}>; rel="next"`,
        "Content-Disposition": `attachment; filename="${value}"`,
        "Content-Location": `/${encodeURIComponent(secret)}`,
        "WWW-Authenticate": `Bearer realm="${value}"`,
        Warning: `199 - "${value}"`,
      });
      response.end("{}");
    },
  ],
  [
    "in the content type",
    "executed",
    ({ secret }, response) => {
      response.writeHead(200, { "Content-Type": `application/${inHeader(secret)}` });
      response.end("x");
    },
  ],
  [
    "as the character set",
    "executed",
    ({ secret }, response) => {
      response.writeHead(200, { "Content-Type": `text/plain; charset=${inHeader(secret)}` });
      response.end("x");
    },
  ],
  [
    "as the name of a file",
    "executed",
    ({ secret }, response) => {
      response.writeHead(200, {
        "Content-Type": "application/pdf",
        "Content-Disposition": `attachment; filename="${inHeader(secret)}.pdf"; filename*=UTF-8''${encodeURIComponent(secret)}`,
      });
      response.end(Buffer.from([0, 1, 2]));
    },
  ],
  [
    "in the status text",
    "executed",
    ({ secret }, response) => {
      response.writeHead(200, inHeader(secret).slice(0, 500), { "Content-Type": json });
      response.end("{}");
    },
  ],
  [
    "in two halves, one chunk each",
    "executed",
    ({ secret }, response) => {
      response.writeHead(200, { "Content-Type": "text/plain" });
      response.write(secret.slice(0, secret.length / 2));
      setImmediate(() => response.end(secret.slice(secret.length / 2)));
    },
  ],
  [
    "byte by byte",
    "executed",
    ({ secret }, response) => {
      response.writeHead(200, { "Content-Type": "text/plain" });
      for (const byte of Buffer.from(secret.slice(0, 60))) response.write(Buffer.from([byte]));
      response.end();
    },
  ],
  [
    "compressed",
    "executed",
    ({ secret }, response) => {
      response.writeHead(200, { "Content-Type": json, "Content-Encoding": "gzip" });
      response.end(gzipSync(JSON.stringify({ secret })));
    },
  ],
  [
    "compressed twice",
    "executed",
    ({ secret }, response) => {
      response.writeHead(200, { "Content-Type": json, "Content-Encoding": "deflate, gzip" });
      response.end(gzipSync(deflateSync(JSON.stringify({ secret }))));
    },
  ],
  [
    "as the name of a compression",
    "executed",
    ({ secret }, response) => {
      response.writeHead(200, { "Content-Type": "text/plain", "Content-Encoding": inHeader(secret) });
      response.end(secret);
    },
  ],
  [
    "in what is not compressed as it says",
    "MCS_TRANSPORT",
    ({ secret }, response) => {
      response.writeHead(200, { "Content-Type": json, "Content-Encoding": "gzip" });
      response.end(secret);
    },
  ],
  [
    "in a trailer",
    "executed",
    ({ secret }, response) => {
      response.writeHead(200, { "Content-Type": json, Trailer: "X-Token" });
      response.write("{}");
      response.addTrailers({ "X-Token": inHeader(secret) });
      response.end();
    },
  ],
  [
    "in early hints",
    "executed",
    ({ secret }, response) => {
      response.writeEarlyHints({
        link: `</${encodeURIComponent(secret)}>; rel=preload`,
        "x-token": inHeader(secret),
      });
      response.writeHead(200, { "Content-Type": json });
      response.end("{}");
    },
  ],
];

export const answers: readonly Scenario[] = [
  ...spellings.map(([name, misbehave]) =>
    situation(`repeated ${name}`, unreadable.has(name) ? "MCS_REMOTE" : "executed", misbehave),
  ),
  ...wires.map(([name, ends, misbehave]) => situation(`repeated ${name}`, ends, misbehave)),
];

function encodeHtml(text: string): string {
  const entities: Readonly<Record<string, string>> = {
    "&": "&amp;",
    "<": "&lt;",
    ">": "&gt;",
    '"': "&quot;",
    "'": "&#39;",
  };
  return text.replaceAll(/[&<>"']/g, (character) => entities[character] ?? "");
}

function encodeEntities(text: string): string {
  return text.replaceAll(/[^]/gu, (point) => `&#x${(point.codePointAt(0) ?? 0).toString(16)};`);
}
