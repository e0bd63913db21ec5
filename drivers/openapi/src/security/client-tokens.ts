import { MCSError, type CredentialProvider } from "@mcs/core";
import type { OAuthProvider } from "@mcs/auth";
import type { OpenApiPorts } from "../ports.ts";
import type { SealedClient } from "./sealed-credential.ts";
import type { TokenSource } from "./security-scheme.ts";

/** Exchanges OAuth client credentials for tokens. What it keeps are the tokens of one driver, in memory. */
export interface ClientTokens extends AsyncDisposable {
  /** @param origin - The only one that may see the tokens. */
  providerFor(client: SealedClient, tokens: TokenSource, origin: string): Promise<CredentialProvider>;
}

export function createClientTokens(ports: OpenApiPorts): ClientTokens {
  const providers = new Map<string, Promise<OAuthProvider>>();

  /** Loaded where it is needed: most drivers are given a key or a token. */
  async function open(client: SealedClient, server: TokenSource, origin: string): Promise<OAuthProvider> {
    const { clientCredentials } = await import("@mcs/auth");
    const { id, secret, authentication: kind, scopes } = client;
    const { fetch, clock, logger } = ports;
    return clientCredentials(
      { server, client: { id, authentication: { kind, secret } }, origins: [origin], scopes },
      {
        ...(fetch !== undefined && { fetch }),
        ...(clock !== undefined && { clock }),
        ...(logger !== undefined && { logger }),
      },
    );
  }

  return {
    providerFor(client, tokens, origin) {
      const key = JSON.stringify([client.id, client.secret.label, tokens, origin]);
      const provider = providers.get(key) ?? open(client, tokens, origin);
      providers.set(key, provider);
      return provider;
    },
    async [Symbol.asyncDispose]() {
      await Promise.all(
        [...providers.values()].map(async (provider) => (await provider)[Symbol.asyncDispose]()),
      );
    },
  };
}

/**
 * Where a client's secret goes: to the URL that the operator named, or to the document's, if that has an allowed origin. A
 * document must not get the secret for itself.
 *
 * @param name - Of the security scheme.
 * @throws {MCSError} `MCS_UNSUPPORTED` if neither is known, `MCS_EGRESS_REFUSED` that says what the operator has to write.
 */
export function tokenSource(
  name: string,
  client: SealedClient,
  declared: TokenSource | undefined,
  allowedOrigins: readonly string[],
): TokenSource {
  const key = JSON.stringify(name);
  if (client.tokenUrl !== undefined) return { tokenUrl: client.tokenUrl };
  if (declared === undefined) {
    throw new MCSError(
      "MCS_UNSUPPORTED",
      `The document does not say where client credentials for ${key} are exchanged: credentials: { ${key}: { …, tokenUrl: "https://…" } }`,
    );
  }
  const url = "tokenUrl" in declared ? declared.tokenUrl : declared.issuer;
  const { origin } = new URL(url);
  if (allowedOrigins.includes(origin)) return declared;
  throw new MCSError(
    "MCS_EGRESS_REFUSED",
    `The document wants client credentials for ${key} to be sent to ${origin}, which nobody has allowed. To allow it: allowedOrigins: ["${origin}"]`,
    { hint: "The operator has to allow that origin by name." },
  );
}
