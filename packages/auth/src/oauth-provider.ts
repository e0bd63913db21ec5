import { MCSError, type BoundCredential, type CredentialProvider, type CredentialRequest } from "@mcs/core";
import { memoryStore } from "@mcs/kit/store";
import { isSecret } from "@mcs/secrets";
import { AuthorizationServer } from "./authorization-server.ts";
import { GrantKeeper, type Renew, type Token, type TokenKey } from "./grant-keeper.ts";
import type { OAuthOptions, OAuthPorts } from "./oauth-options.ts";
import { toOrigin } from "./to-origin.ts";

/** A provider that keeps connections, and renews what is refused. */
export interface OAuthProvider extends CredentialProvider, AsyncDisposable {
  invalidate(request: CredentialRequest, refused: BoundCredential): Promise<void>;
}

/** What a request comes down to. */
export interface TokenRequest {
  readonly key: TokenKey;
  readonly principal: string | undefined;
  readonly audience: string;
  readonly scopes: readonly string[];
}

/** What the kinds of OAuth providers have in common. */
export interface OAuthBase {
  readonly server: AuthorizationServer;
  readonly keeper: GrantKeeper;
  /** @throws {MCSError} `MCS_EGRESS_REFUSED` for an audience that is none of the origins. */
  readonly read: (request: CredentialRequest) => TokenRequest;
  readonly bind: (token: Token) => BoundCredential;
}

/**
 * @param kind - Of the grant: what one kind stored is not for another.
 * @param isShared - Whether one grant, once given, serves all audiences and scopes; else each is a grant of its own.
 */
export function createOAuthBase(
  kind: string,
  isShared: boolean,
  options: OAuthOptions,
  ports: OAuthPorts,
): OAuthBase {
  const { scopes: defaultScopes = [], aheadMs = 60_000, timeoutMs = 15_000 } = options;
  const origins = options.origins.map((origin, index) => toOrigin(origin, `origins[${index}]`));
  const clock = ports.clock ?? Date;
  const server = new AuthorizationServer(options, ports);
  const keeper = new GrantKeeper(
    // Metadata, the request itself, and time to store what came.
    { aheadMs, leaseMs: 3 * timeoutMs, server: server.name },
    ports.store ?? memoryStore({ clock }),
    clock,
  );
  return {
    server,
    keeper,
    read({ audience: given, principal, scopes: asked = defaultScopes }) {
      const audience = toOrigin(given, "audience");
      if (!origins.includes(audience)) {
        throw new MCSError(
          "MCS_EGRESS_REFUSED",
          `Tokens of ${server.name} must not be sent to ${audience}.`,
          {
            hint: `The operator has to add ${JSON.stringify(audience)} to the provider's origins.`,
          },
        );
      }
      const scopes = [...new Set(asked)].toSorted();
      const owner = [kind, ...server.key, principal ?? null];
      const token = JSON.stringify([audience, scopes]);
      const grant = JSON.stringify(isShared ? owner : [...owner, audience, scopes]);
      return { key: { grant, token }, principal, audience, scopes };
    },
    bind: ({ secret, expiresAt }) => ({
      secret,
      origins,
      ...(expiresAt !== undefined && { expiresAt }),
    }),
  };
}

/** A provider whose tokens come without a person. */
export function createTokenProvider(
  { server, keeper, read, bind }: OAuthBase,
  renewFor: (request: TokenRequest) => Renew,
): OAuthProvider {
  return {
    async get(request) {
      const asked = read(request);
      return bind(await keeper.get(asked.key, renewFor(asked), request.signal));
    },
    invalidate: (request, { secret }) =>
      isSecret(secret) ? keeper.invalidate(read(request).key, secret) : Promise.resolve(),
    [Symbol.asyncDispose]: () => server[Symbol.asyncDispose](),
  };
}

/** RFC 6749, 3.3. */
export function scopeParameter(scopes: readonly string[]): { readonly scope?: string } {
  return scopes.length === 0 ? {} : { scope: scopes.join(" ") };
}
