import { MCSError, type CredentialProvider } from "@mcs/core";
import { isSecret } from "@mcs/secrets";
import { openSecret } from "@mcs/secrets/open";
import {
  createOAuthBase,
  createTokenProvider,
  scopeParameter,
  type OAuthProvider,
} from "./oauth-provider.ts";
import type { OAuthOptions, OAuthPorts } from "./oauth-options.ts";

/** What is exchanged for a token. */
export interface TokenExchangeOptions extends OAuthOptions {
  /** Gives each principal's own token, bound to the authorization server's origin: that is where it goes. */
  readonly subject: CredentialProvider;
  /** RFC 8693, 3. Default `urn:ietf:params:oauth:token-type:access_token`. */
  readonly subjectTokenType?: string;
}

/**
 * Exchanges a token that a principal has for one that the audience takes: RFC 8693.
 *
 * @throws {MCSError} As `clientCredentials`; `get` also what the subject's provider throws, and `MCS_EGRESS_REFUSED` if its
 *   token is not for the authorization server.
 */
export function tokenExchange(options: TokenExchangeOptions, ports: OAuthPorts = {}): OAuthProvider {
  const {
    subject,
    parameters = {},
    subjectTokenType = "urn:ietf:params:oauth:token-type:access_token",
  } = options;
  const base = createOAuthBase("exchange", false, options, ports);
  const { server } = base;
  return createTokenProvider(base, ({ principal, audience, scopes }) => async () => {
    const asked = { audience: server.name, ...(principal !== undefined && { principal }) };
    const { secret, origins } = await subject.get(asked);
    if (!isSecret(secret) || !origins.includes(server.name)) {
      const text = `What the subject's provider gave is no token for ${server.name}.`;
      throw new MCSError("MCS_EGRESS_REFUSED", text);
    }
    return server.requestTokens("urn:ietf:params:oauth:grant-type:token-exchange", {
      subject_token: openSecret(secret),
      subject_token_type: subjectTokenType,
      ...(parameters["audience"] === undefined && { audience }),
      ...scopeParameter(scopes),
    });
  });
}
