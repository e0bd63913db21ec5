import type { HttpClientPorts } from "@mcs/adapter-http";
import type { StorePort } from "@mcs/core";
import type { Secret } from "@mcs/secrets";

/** An authorization server: found by its issuer (OpenID Connect Discovery; RFC 8414), or by the endpoints given here. */
export interface OAuthServer {
  /** `https://login.example`. What it says about its endpoints is not asked for if `tokenUrl` is given. */
  readonly issuer?: string;
  readonly tokenUrl?: string;
  readonly authorizationUrl?: string;
  readonly deviceAuthorizationUrl?: string;
  /** Other origins that its endpoints may have: `https://oauth2.googleapis.com` for `https://accounts.google.com`. */
  readonly allowedOrigins?: readonly string[];
}

/** As what the operator is registered with the server. */
export interface OAuthClient {
  readonly id: string;
  /** Default: none, a public client. */
  readonly authentication?: ClientAuthentication;
}

/** RFC 6749, 2.3.1; OpenID Connect Core, 9. */
export type ClientAuthentication =
  | { readonly kind: "client_secret_basic" | "client_secret_post"; readonly secret: Secret }
  | {
      readonly kind: "private_key_jwt";
      /** PKCS #8 in PEM, or a private JWK as JSON. */
      readonly key: Secret;
      readonly algorithm: "ES256" | "ES384" | "RS256" | "PS256" | "Ed25519";
      readonly keyId?: string;
    };

/** What every provider takes that gets tokens from a server. */
export interface OAuthOptions {
  readonly server: OAuthServer;
  readonly client: OAuthClient;
  /** The only origins that may see the tokens. */
  readonly origins: readonly string[];
  /** Scopes where a request names none. */
  readonly scopes?: readonly string[];
  /** Further parameters of token requests: `audience` for Auth0, `resource` (RFC 8707). */
  readonly parameters?: Readonly<Record<string, string>>;
  /** Milliseconds before its end at which a token is renewed, at most a quarter of its life. Default 60,000. */
  readonly aheadMs?: number;
  /** Milliseconds for one request to the server. Default 15,000. */
  readonly timeoutMs?: number;
}

/** The live things that they take. */
export interface OAuthPorts extends HttpClientPorts {
  /** Keeps tokens and grants, in the open: a `folderStore` of `@mcs/kit/node` for several processes. Default: memory. */
  readonly store?: StorePort;
}
