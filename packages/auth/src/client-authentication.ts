import { MCSError } from "@mcs/core";
import { openSecret } from "@mcs/secrets/open";
import * as oauth from "oauth4webapi";
import type { OAuthClient } from "./oauth-options.ts";

const imports = {
  ES256: { name: "ECDSA", namedCurve: "P-256" },
  ES384: { name: "ECDSA", namedCurve: "P-384" },
  RS256: { name: "RSASSA-PKCS1-v1_5", hash: "SHA-256" },
  PS256: { name: "RSA-PSS", hash: "SHA-256" },
  Ed25519: { name: "Ed25519" },
} as const;

/**
 * How a client shows who it is.
 *
 * @throws {MCSError} `MCS_INVALID_CONFIG` for a key that cannot be read; it quotes nothing of it.
 */
export async function authenticationOf({ authentication }: OAuthClient): Promise<oauth.ClientAuth> {
  if (authentication === undefined) return oauth.None();
  if (authentication.kind === "private_key_jwt") {
    const { key, algorithm, keyId } = authentication;
    const privateKey = await importKey(openSecret(key), algorithm);
    return oauth.PrivateKeyJwt({ key: privateKey, ...(keyId !== undefined && { kid: keyId }) });
  }
  const secret = openSecret(authentication.secret);
  return authentication.kind === "client_secret_post"
    ? oauth.ClientSecretPost(secret)
    : oauth.ClientSecretBasic(secret);
}

async function importKey(text: string, algorithm: keyof typeof imports): Promise<oauth.CryptoKey> {
  const { subtle } = globalThis.crypto;
  try {
    if (text.trimStart().startsWith("{")) {
      return await subtle.importKey("jwk", JSON.parse(text), imports[algorithm], false, ["sign"]);
    }
    const [, base64 = ""] = /-----BEGIN PRIVATE KEY-----([^-]+)-----END PRIVATE KEY-----/.exec(text) ?? [];
    const bytes = Uint8Array.from(atob(base64.replaceAll(/\s/g, "")), (character) => character.charCodeAt(0));
    return await subtle.importKey("pkcs8", bytes, imports[algorithm], false, ["sign"]);
  } catch {
    throw new MCSError(
      "MCS_INVALID_CONFIG",
      `client.authentication.key must be a private key for ${algorithm}: PKCS #8 in PEM ("BEGIN PRIVATE KEY"), or a JWK.`,
    );
  }
}
