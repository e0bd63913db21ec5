import { MCSError } from "@mcs/core";
import { isSecret, Secret } from "@mcs/secrets";
import { openSecret } from "@mcs/secrets/open";
import { headerValuePattern, isReserved, tokenPattern } from "./check-headers.ts";
import { checkOrigin } from "./http-client-options.ts";

/** A credential, bound to the one origin that may see it. */
export type HttpCredential = { readonly origin: string } & (
  | { readonly kind: "bearer"; readonly token: Secret }
  | { readonly kind: "basic"; readonly username: string | Secret; readonly password: Secret }
  | {
      readonly kind: "apiKey";
      readonly in: "header" | "query" | "cookie";
      readonly name: string;
      readonly value: Secret;
    }
);

/** An opened credential: what one request carries. */
export interface Attachment {
  readonly in: "header" | "query" | "cookie";
  readonly name: string;
  readonly value: string;
}

/** The sealed values of a credential. */
export function secretsOf(credential: HttpCredential): Secret[] {
  const isSealedName = credential.kind === "basic" && isSecret(credential.username);
  return isSealedName ? [credential.username, secretOf(credential)] : [secretOf(credential)];
}

/** All that must not be seen of a credential: a short password is recognised only by the whole login around it. */
export function hiddenOf(credential: HttpCredential): Secret[] {
  const secrets = secretsOf(credential);
  if (credential.kind !== "basic") return secrets;
  const { username, password } = credential;
  const name = isSecret(username) ? openSecret(username) : username;
  const publicPrefix = isSecret(username) ? "" : `${name}:`;
  return [...secrets, new Secret(`${name}:${openSecret(password)}`, password.label, { publicPrefix })];
}

/**
 * Opens credentials for one origin.
 *
 * @throws {MCSError} `MCS_EGRESS_REFUSED` for one that is bound to another origin; `MCS_INVALID_CONFIG`, without the
 *   value, for one that cannot be sent as it is, and for two in the same place.
 */
export function openCredentials(credentials: readonly HttpCredential[], origin: string): Attachment[] {
  const attachments = credentials.map((credential) => {
    checkBinding(credential, origin);
    return open(credential);
  });
  const places = attachments.map(
    (item) => `${item.in} ${item.in === "header" ? item.name.toLowerCase() : item.name}`,
  );
  if (new Set(places).size < places.length) {
    throw new MCSError(
      "MCS_INVALID_CONFIG",
      `Two credentials for ${origin} go to the same place: ${places.join(", ")}.`,
    );
  }
  return attachments;
}

/** Attached last, so that nothing else in the request can stand in their place. */
export function attach(
  attachments: readonly Attachment[],
  url: URL,
  headers: Headers,
): { target: string; headers: Headers } {
  const carried = new Headers(headers);
  const cookies: string[] = [];
  const query: string[] = [];
  for (const { in: place, name, value } of attachments) {
    if (place === "header") carried.set(name, value);
    else if (place === "cookie") cookies.push(`${name}=${value}`);
    else query.push(`${encodeURIComponent(name)}=${encodeURIComponent(value)}`);
  }
  if (cookies.length > 0)
    carried.set("Cookie", [...otherCookies(headers, attachments), ...cookies].join("; "));
  const search = [url.search.slice(1), ...query].filter((part) => part !== "").join("&");
  return { target: `${url.pathname}${search === "" ? "" : `?${search}`}`, headers: carried };
}

function otherCookies(headers: Headers, attachments: readonly Attachment[]): string[] {
  const names = new Set(attachments.filter((item) => item.in === "cookie").map(({ name }) => name));
  const pairs = headers.get("Cookie")?.split("; ") ?? [];
  return pairs.filter((pair) => !names.has(pair.slice(0, pair.indexOf("="))));
}

/** The URL as it may be shown: without any query parameter that has the name of a query credential. */
export function withoutQueryCredentials(url: URL, attachments: readonly Attachment[]): URL {
  const names = new Set(attachments.filter((item) => item.in === "query").map(({ name }) => name));
  if (names.size === 0 || url.search === "") return url;
  // Part by part: URLSearchParams would write all the other parameters anew.
  const kept = url.search
    .slice(1)
    .split("&")
    .filter((part) => ![...new URLSearchParams(part).keys()].some((name) => names.has(name)));
  const shown = new URL(url);
  shown.search = kept.join("&");
  return shown;
}

function checkBinding(credential: HttpCredential, origin: string): void {
  const faults = checkOrigin(credential.origin, "origin");
  if (faults.length > 0)
    throw new MCSError("MCS_INVALID_CONFIG", `Invalid ${credential.kind} credential: ${faults.join()}.`);
  const bound = new URL(credential.origin).origin;
  if (bound === origin) return;
  throw new MCSError("MCS_EGRESS_REFUSED", `A credential for ${bound} must not be sent to ${origin}.`, {
    hint: "The operator has to bind the credential to the origin that it is for.",
  });
}

function open(credential: HttpCredential): Attachment {
  const secret = openSecret(secretOf(credential));
  if (credential.kind === "bearer") {
    check(credential, secret, /^[\x21-\x7e]+$/, "visible ASCII characters");
    return { in: "header", name: "Authorization", value: `Bearer ${secret}` };
  }
  if (credential.kind === "basic") {
    const username = isSecret(credential.username) ? openSecret(credential.username) : credential.username;
    // RFC 7617, section 2: no control characters, and no colon in the name.
    check(credential, secret, /^\P{Cc}*$/u, "no control characters");
    if (!/^[^\p{Cc}:]*$/u.test(username))
      throw invalid(credential, "its user name must have no colon and no control characters");
    return { in: "header", name: "Authorization", value: `Basic ${toBase64(`${username}:${secret}`)}` };
  }
  const { in: place, name } = credential;
  if (place === "query") {
    if (name === "") throw invalid(credential, "it needs a name");
    return { in: place, name, value: secret };
  }
  if (!tokenPattern.test(name))
    throw invalid(credential, "its name is not one that a header or cookie may have");
  if (place === "cookie") {
    // RFC 6265, section 4.1.1: cookie-octet
    check(
      credential,
      secret,
      /^[\x21\x23-\x2b\x2d-\x3a\x3c-\x5b\x5d-\x7e]*$/,
      "ASCII characters that a cookie may have",
    );
  } else {
    if (isReserved(name) && !/^authorization$/i.test(name))
      throw invalid(credential, `${name} is not a header for a credential`);
    check(
      credential,
      secret,
      headerValuePattern,
      "characters that a header may have, and no space around them",
    );
  }
  return { in: place, name, value: secret };
}

function check(credential: HttpCredential, value: string, pattern: RegExp, wanted: string): void {
  if (!pattern.test(value))
    throw invalid(credential, `its value must consist of ${wanted} (is there a line break at its end?)`);
}

function secretOf(credential: HttpCredential): Secret {
  if (credential.kind === "bearer") return credential.token;
  return credential.kind === "basic" ? credential.password : credential.value;
}

function invalid(credential: HttpCredential, fault: string): MCSError {
  const { label } = secretOf(credential);
  const name =
    label === "" ? `The ${credential.kind} credential` : `The ${credential.kind} credential "${label}"`;
  return new MCSError("MCS_INVALID_CONFIG", `${name} cannot be sent: ${fault}.`);
}

function toBase64(text: string): string {
  return btoa(Array.from(new TextEncoder().encode(text), (byte) => String.fromCharCode(byte)).join(""));
}
