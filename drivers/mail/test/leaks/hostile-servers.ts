import { overImap, overSmtp, type Scenario } from "./situation.ts";

/** A server's lines hold no line break and no control character; longer ones are cut by the client. */
const inLine = (text: string): string => text.replaceAll(/\p{Cc}/gu, "");
/** Printable ASCII of a folder's name, as RFC 3501, 5.1.3 has it, in quotes. */
const inFolderName = (text: string): string =>
  text
    .replaceAll(/[^ -~]/g, "")
    .replaceAll(/["\\]/g, "\\$&")
    .replaceAll("&", "&-");
const base64 = (text: string): string => Buffer.from(text).toString("base64");

/** Mail servers that repeat the password wherever a server says anything. */
export const hostileServers: readonly Scenario[] = [
  overImap("a greeting that repeats the password and says no", "MCS_TRANSPORT", (secret) => ({
    greeting: `* BYE not for ${inLine(secret)}`,
  })),
  overImap("a login that is refused with the password", "MCS_AUTH_REQUIRED", (secret) => ({
    commands: { AUTHENTICATE: `TAG NO [AUTHENTICATIONFAILED] ${inLine(secret)} is wrong` },
  })),
  overImap("a login that is refused with the password as its code", "MCS_REMOTE", (secret) => ({
    commands: { AUTHENTICATE: `TAG NO [${inLine(secret).replaceAll(/[^\w-]/g, "")}] no` },
  })),
  overImap("a login that is refused with the login in base64", "MCS_AUTH_REQUIRED", (secret) => ({
    commands: { AUTHENTICATE: `TAG NO [AUTHENTICATIONFAILED] ${base64(`\0alice@example.test\0${secret}`)}` },
  })),
  overImap("a login without AUTHENTICATE", "MCS_AUTH_REQUIRED", (secret) => ({
    commands: {
      CAPABILITY: "* CAPABILITY IMAP4rev1\r\nTAG OK done",
      LOGIN: `TAG NO [AUTHENTICATIONFAILED] ${inLine(secret)}`,
    },
  })),
  overImap(
    "an access token that is refused with the token",
    "MCS_AUTH_REQUIRED",
    (secret) => ({
      commands: {
        AUTHENTICATE: `TAG NO [AUTHENTICATIONFAILED] ${inLine(secret)} ${base64(JSON.stringify({ status: "401", token: secret }))}`,
      },
    }),
    { credential: (world) => ({ accessToken: world.secret("token") }) },
  ),
  overImap("a folder that is refused with the password", "MCS_NOT_FOUND", (secret) => ({
    commands: { EXAMINE: `TAG NO ${inLine(secret)}` },
  })),
  overImap("folders called like the password", "MCS_NOT_FOUND", (secret) => ({
    commands: {
      EXAMINE: "TAG NO [NONEXISTENT] no such folder",
      LIST: `* LIST () "/" "${inFolderName(secret)}"\r\nTAG OK done`,
    },
  })),
  overImap("an alert with the password", "MCS_REMOTE", (secret) => ({
    commands: { EXAMINE: `* OK [ALERT] ${inLine(secret)}\r\nTAG BAD ${inLine(secret)}` },
  })),
  overImap("a goodbye with the password", "MCS_TRANSPORT", (secret) => ({
    commands: { EXAMINE: `* BYE ${inLine(secret)}` },
  })),
  overImap(
    "what is no IMAP, with the password",
    "MCS_TIMEOUT",
    (secret) => ({ commands: { EXAMINE: `${inLine(secret)} (((("${inLine(secret)}` } }),
    { timeoutMs: 300 },
  ),
  overSmtp("a greeting that repeats the password and says no", "MCS_REMOTE", (secret) => ({
    commands: { EHLO: `554 not for ${inLine(secret)}`, HELO: `554 not for ${inLine(secret)}` },
  })),
  overSmtp("a login that is refused with the password", "MCS_AUTH_REQUIRED", (secret) => ({
    commands: { AUTH: `535 ${inLine(secret)} is wrong` },
  })),
  overSmtp("a login that is refused for now, with the login in base64", "MCS_REMOTE", (secret) => ({
    commands: { AUTH: `454 ${base64(`\0alice@example.test\0${secret}`)}` },
  })),
  overSmtp("a sender that is refused with the password", "MCS_REMOTE", (secret) => ({
    commands: { MAIL: `550 ${inLine(secret)}` },
  })),
  overSmtp("recipients that are refused with the password", "MCS_REMOTE", (secret) => ({
    commands: { RCPT: `550-${inLine(secret)}\r\n550 ${base64(`x${secret}`)}` },
  })),
  overSmtp("a refusal that is cut within the password", "MCS_REMOTE", (secret) => ({
    commands: { RCPT: `550 ${"x".repeat(185)} ${inLine(secret)}` },
  })),
  overSmtp("a message that is refused with the password", "MCS_REMOTE", (secret) => ({
    afterDot: `554 ${inLine(secret)}`,
  })),
  overSmtp("a message that is taken under the password's name", "executed", (secret) => ({
    afterDot: `250 2.0.0 Ok: queued as <${inLine(secret)}@example.test>`,
  })),
];
