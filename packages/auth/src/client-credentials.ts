import {
  createOAuthBase,
  createTokenProvider,
  scopeParameter,
  type OAuthProvider,
} from "./oauth-provider.ts";
import type { OAuthOptions, OAuthPorts } from "./oauth-options.ts";

/**
 * Tokens for the client itself, with no person: RFC 6749, 4.4. Each principal, audience and set of scopes has its own.
 *
 * @throws {MCSError} `MCS_INVALID_CONFIG`. `get` throws `MCS_EGRESS_REFUSED` for an audience that is none of `origins`,
 *   `MCS_AUTH_REQUIRED` or `MCS_PERMISSION_DENIED` if the server refuses, `MCS_REMOTE`, `MCS_TRANSPORT` or `MCS_TIMEOUT` if
 *   it cannot be asked.
 */
export function clientCredentials(options: OAuthOptions, ports: OAuthPorts = {}): OAuthProvider {
  const base = createOAuthBase("client", false, options, ports);
  return createTokenProvider(
    base,
    ({ scopes }) =>
      () =>
        base.server.requestTokens("client_credentials", scopeParameter(scopes)),
  );
}
