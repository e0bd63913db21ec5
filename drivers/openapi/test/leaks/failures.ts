import type { MCSErrorCode } from "@mcs/core";
import type { Misbehave } from "./hostile-api.ts";
import { situation, type Scenario } from "./situation.ts";

/** An answer that says what is wrong, and with which credential. */
const refusing =
  (status: number, type: string, write: (secret: string) => string): Misbehave =>
  ({ secret }, response) => {
    response.writeHead(status, { "Content-Type": type, "Retry-After": "0" });
    response.end(write(secret));
  };

const json = "application/problem+json";
const detail = (secret: string): string =>
  JSON.stringify({ title: "No", detail: `The token ${secret} is not valid.` });

const refusals: readonly (readonly [string, MCSErrorCode, Misbehave])[] = [
  ["401", "MCS_AUTH_REQUIRED", refusing(401, json, detail)],
  ["403", "MCS_PERMISSION_DENIED", refusing(403, json, detail)],
  ["404", "MCS_NOT_FOUND", refusing(404, json, detail)],
  ["409", "MCS_CONFLICT", refusing(409, json, detail)],
  ["429", "MCS_RATE_LIMITED", refusing(429, json, detail)],
  ["500", "MCS_REMOTE", refusing(500, json, detail)],
  ["418 in plain text", "MCS_REMOTE", refusing(418, "text/plain", (secret) => `not for ${secret}`)],
  ["400 in HTML", "MCS_REMOTE", refusing(400, "text/html", (secret) => `<h1>${secret}</h1>`)],
  [
    "400 with a list",
    "MCS_REMOTE",
    refusing(400, json, (secret) => JSON.stringify({ errors: [{ field: "token", got: secret }, secret] })),
  ],
  [
    "400 in JSON that cannot be read",
    "MCS_REMOTE",
    refusing(400, json, (secret) => `{"message": "${secret}`),
  ],
  // Where the message is cut, half of the secret would be left.
  [
    "400 with a message that is cut within it",
    "MCS_REMOTE",
    refusing(400, "text/plain", (secret) => `${"x".repeat(480)} ${secret} `),
  ],
  [
    "400 in base64",
    "MCS_REMOTE",
    refusing(400, json, (secret) =>
      JSON.stringify({ message: Buffer.from(`a:${secret}`).toString("base64") }),
    ),
  ],
  [
    "400 with its halves",
    "MCS_REMOTE",
    refusing(400, json, (secret) =>
      JSON.stringify({
        message: `${secret.slice(0, secret.length / 2)} … ${secret.slice(secret.length / 2)}`,
      }),
    ),
  ],
  [
    "304",
    "MCS_REMOTE",
    ({ secret }, response) => response.writeHead(304, { ETag: `"${encodeURIComponent(secret)}"` }).end(),
  ],
];

/** Answers that say no, and why. */
export const failures: readonly Scenario[] = [
  ...refusals.map(([name, ends, misbehave]) =>
    situation(`refused with ${name}`, ends, misbehave, { tool: "write" }),
  ),
  situation(
    "an answer that is too large",
    "MCS_TOO_LARGE",
    ({ secret }, response) => response.end(secret.repeat(90)),
    { config: () => ({ limits: { responseBytes: 400 } }) },
  ),
];
