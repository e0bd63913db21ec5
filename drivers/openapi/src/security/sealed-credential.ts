import { resolveCredential } from "@mcs/kit/config";
import { Secret } from "@mcs/secrets";
import type { CredentialConfig } from "../config.ts";

/** A login for `basic`. */
export interface SealedLogin {
  readonly username: string | Secret;
  readonly password: Secret;
  /**
   * What must not come out: the password (the user name where the API takes a key for it, as Stripe does), and both
   * together, which is what a short password is recognised by in the base64 of a header.
   */
  readonly hidden: readonly Secret[];
}

/** OAuth client credentials. */
export interface SealedClient {
  readonly id: string;
  readonly secret: Secret;
  readonly authentication: "client_secret_basic" | "client_secret_post";
  /** For operations that name none. */
  readonly scopes: readonly string[];
  /** Where the operator wants it to go. */
  readonly tokenUrl: string | undefined;
}

/** A configured credential, sealed. What a string is for shows only when the document says what its scheme is. */
export interface SealedCredential {
  /** Where it may be sent; `undefined`: to the server's origin. */
  readonly origin?: string | undefined;
  readonly apiKey?: Secret;
  readonly token?: Secret;
  readonly login?: SealedLogin;
  readonly client?: SealedClient;
}

/**
 * Resolves references and seals, so that no secret stays in the open.
 *
 * @param name - Of the security scheme.
 * @throws {MCSError} `MCS_INVALID_CONFIG` if a reference cannot be resolved.
 */
export function sealCredentialConfig(name: string, config: CredentialConfig): SealedCredential {
  const seal = (value: string): Secret => new Secret(resolveCredential(value, name), name);
  if (typeof config === "string") return sealText(name, config);
  const { origin } = config;
  if ("apiKey" in config) return { origin, apiKey: seal(config.apiKey) };
  if ("token" in config) return { origin, token: seal(config.token) };
  if ("username" in config) {
    const password = config.password === "" ? "" : resolveCredential(config.password, name);
    return { origin, login: sealLogin(name, resolveCredential(config.username, name), password) };
  }
  // Of a login, servers differ in what they decode (RFC 6749, 2.3.1); a body they all read alike.
  const { scopes = [], tokenUrl, authentication = "client_secret_post" } = config;
  const id = resolveCredential(config.clientId, name);
  return { origin, client: { id, secret: seal(config.clientSecret), authentication, scopes, tokenUrl } };
}

/** A string fits any scheme; for `basic` it is `user:password` (RFC 7617, 2). */
function sealText(name: string, reference: string): SealedCredential {
  const text = resolveCredential(reference, name);
  const value = new Secret(text, name, { publicPrefix: userNameIn(text) });
  const colon = text.indexOf(":");
  if (colon < 0) return { apiKey: value, token: value };
  const password = text.slice(colon + 1);
  const username = new Secret(text.slice(0, colon), name);
  const hidden = [password === "" ? username : new Secret(password, name), value];
  return { apiKey: value, token: value, login: { username, password: new Secret(password, name), hidden } };
}

function sealLogin(name: string, username: string, password: string): SealedLogin {
  const publicPrefix = password === "" ? "" : `${username}:`;
  const whole = new Secret(`${username}:${password}`, name, { publicPrefix });
  const sealed = new Secret(password, name);
  if (password !== "") return { username, password: sealed, hidden: [sealed, whole] };
  const key = new Secret(username, name);
  return { username: key, password: sealed, hidden: [key, whole] };
}

/** A mail address in front of a colon is the name of a login: no secret, and to be seen in honest answers. */
function userNameIn(text: string): string {
  return /^[\w.+-]+@[\w-]+(?:\.[\w-]+)+:(?=.)/.exec(text)?.[0] ?? "";
}
