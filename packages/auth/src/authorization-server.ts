import { createHttpClient, type HttpClient } from "@mcs/adapter-http";
import { MCSError } from "@mcs/core";
import { Secret } from "@mcs/secrets";
import * as oauth from "oauth4webapi";
import { authenticationOf } from "./client-authentication.ts";
import type { OAuthOptions, OAuthPorts } from "./oauth-options.ts";
import { toOAuthFailure } from "./oauth-failure.ts";

/** What a token endpoint gave, sealed at once. */
export interface TokenSet {
  readonly accessToken: Secret;
  readonly refreshToken?: Secret;
  /** Milliseconds that the access token lives, from when it was asked for. */
  readonly lifetimeMs?: number;
  /** What was granted, where the server says it. */
  readonly scopes?: readonly string[];
}

/** What every call of the library takes. */
export interface Exchange {
  readonly metadata: oauth.AuthorizationServer;
  readonly client: oauth.Client;
  readonly authentication: oauth.ClientAuth;
  /** How it sends. */
  readonly options: {
    [oauth.customFetch]: (url: string, request: SentRequest) => Promise<Response>;
    [oauth.allowInsecureRequests]: boolean;
  };
}

interface SentRequest {
  readonly method: string;
  readonly headers: Record<string, string>;
  readonly body?: URLSearchParams | undefined;
}

/** One client at one authorization server. Everything goes through `@mcs/adapter-http`, to named origins only. */
export class AuthorizationServer implements AsyncDisposable {
  /** Its origin, for messages. */
  readonly name: string;
  /** Names server and client apart from others in a store. */
  readonly key: readonly string[];
  readonly #settings: OAuthOptions;
  readonly #http: HttpClient;
  #metadata: Promise<oauth.AuthorizationServer> | undefined;
  #authentication: Promise<oauth.ClientAuth> | undefined;

  /** @throws {MCSError} `MCS_INVALID_CONFIG` if there is neither issuer nor token URL, or one is no URL. */
  constructor(settings: OAuthOptions, ports: OAuthPorts) {
    const { server, client, timeoutMs = 15_000 } = settings;
    const { issuer, tokenUrl, authorizationUrl, deviceAuthorizationUrl, allowedOrigins = [] } = server;
    if (issuer === undefined && tokenUrl === undefined)
      throw new MCSError("MCS_INVALID_CONFIG", "server needs an issuer or a tokenUrl.");
    const named = Object.entries({ issuer, tokenUrl, authorizationUrl, deviceAuthorizationUrl }).flatMap(
      ([name, text]) => (text === undefined ? [] : [originOf(text, `server.${name}`)]),
    );
    this.name = named[0] ?? "";
    this.key = [issuer ?? tokenUrl ?? "", client.id];
    this.#settings = settings;
    const origins = [...new Set([...named, ...allowedOrigins])];
    this.#http = createHttpClient(
      { allowedOrigins: origins, timeoutMs, maxBytes: 1_000_000, maxRedirects: 0 },
      ports,
    );
  }

  /**
   * Asks the token endpoint.
   *
   * @param parameters - Secrets in them are opened already: nothing of them comes back.
   * @throws {MCSError} An `OAuthRefusal` if the server says no; what passes by itself is another error.
   */
  requestTokens(grantType: string, parameters: Readonly<Record<string, string>>): Promise<TokenSet> {
    return this.exchange(async ({ metadata, client, authentication, options }) => {
      const all = { ...this.#settings.parameters, ...parameters };
      const response = await oauth.genericTokenEndpointRequest(
        metadata,
        client,
        authentication,
        grantType,
        all,
        options,
      );
      return this.toTokenSet(await oauth.processGenericTokenEndpointResponse(metadata, client, response));
    });
  }

  /** Runs calls of the library, and turns what they throw into errors that may leave. */
  async exchange<T>(work: (exchange: Exchange) => Promise<T>): Promise<T> {
    try {
      const options = this.#sending();
      const metadata = await this.#discover(options);
      this.#authentication ??= authenticationOf(this.#settings.client);
      const client = { client_id: this.#settings.client.id };
      return await work({ metadata, client, authentication: await this.#authentication, options });
    } catch (error) {
      throw toOAuthFailure(error, this.name);
    }
  }

  toTokenSet(response: oauth.TokenEndpointResponse): TokenSet {
    const { access_token, refresh_token, expires_in, scope, token_type } = response;
    if (token_type !== "bearer")
      throw new MCSError("MCS_UNSUPPORTED", `The authorization server ${this.name} gives no bearer tokens.`);
    return {
      accessToken: new Secret(access_token, `access token of ${this.name}`),
      ...(refresh_token !== undefined && {
        refreshToken: new Secret(refresh_token, `refresh token of ${this.name}`),
      }),
      ...(expires_in !== undefined && { lifetimeMs: expires_in * 1_000 }),
      ...(scope !== undefined && { scopes: scope.split(" ").filter((word) => word !== "") }),
    };
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#http[Symbol.asyncDispose]();
  }

  #sending(): Exchange["options"] {
    const { issuer, tokenUrl } = this.#settings.server;
    return {
      [oauth.customFetch]: (url, request) => this.#send(url, request),
      // Plain HTTP only where the operator wrote it: the client then decides by the origin.
      [oauth.allowInsecureRequests]: (issuer ?? tokenUrl ?? "").startsWith("http:"),
    };
  }

  async #send(url: string, { method, headers, body }: SentRequest): Promise<Response> {
    const { authorization, ...others } = headers;
    const { origin } = new URL(url);
    const login =
      authorization === undefined
        ? []
        : [
            {
              kind: "apiKey" as const,
              origin,
              in: "header" as const,
              name: "Authorization",
              value: new Secret(authorization, `client of ${this.name}`),
            },
          ];
    const answer = await this.#http.request({
      method,
      url,
      headers: others,
      credentials: login,
      ...(body !== undefined && { body: body.toString() }),
    });
    const isEmpty = answer.status === 204 || answer.status === 304;
    return new Response(isEmpty ? null : answer.body.slice(), {
      status: answer.status,
      headers: answer.headers,
    });
  }

  /** A failure is not kept: the next request asks again. */
  #discover(options: Exchange["options"]): Promise<oauth.AuthorizationServer> {
    this.#metadata ??= this.#findMetadata(options).catch((error: unknown) => {
      this.#metadata = undefined;
      throw error;
    });
    return this.#metadata;
  }

  async #findMetadata(options: Exchange["options"]): Promise<oauth.AuthorizationServer> {
    const { issuer, tokenUrl, authorizationUrl, deviceAuthorizationUrl } = this.#settings.server;
    const given = {
      ...(tokenUrl !== undefined && { token_endpoint: tokenUrl }),
      ...(authorizationUrl !== undefined && { authorization_endpoint: authorizationUrl }),
      ...(deviceAuthorizationUrl !== undefined && { device_authorization_endpoint: deviceAuthorizationUrl }),
    };
    if (issuer === undefined || tokenUrl !== undefined) return { issuer: issuer ?? this.name, ...given };
    const url = new URL(issuer);
    const first = await oauth.discoveryRequest(url, { ...options, algorithm: "oidc" });
    const response =
      first.status === 404 ? await oauth.discoveryRequest(url, { ...options, algorithm: "oauth2" }) : first;
    return { ...(await oauth.processDiscoveryResponse(url, response)), ...given };
  }
}

function originOf(text: string, name: string): string {
  const url = URL.parse(text);
  if (url !== null && /^https?:$/.test(url.protocol) && url.username === "" && url.password === "")
    return url.origin;
  throw new MCSError("MCS_INVALID_CONFIG", `${name} must be an http or https URL without a login.`);
}
