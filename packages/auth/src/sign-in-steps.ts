import { MCSError, type AuthChallenge } from "@mcs/core";
import { Secret } from "@mcs/secrets";
import { openSecret } from "@mcs/secrets/open";
import * as oauth from "oauth4webapi";
import type { AuthorizationServer, TokenSet } from "./authorization-server.ts";
import { OAuthRefusal } from "./oauth-failure.ts";
import { scopeParameter } from "./oauth-provider.ts";
import type { RedirectPort } from "./redirect-port.ts";

/** A sign-in that was begun: what a person has to do, and what comes of it. */
export interface BegunSignIn {
  readonly challenge: AuthChallenge;
  /** Milliseconds for which it can be finished. */
  readonly lifetimeMs: number;
  /** @param signal - Gives it up. */
  finish(signal: AbortSignal): Promise<TokenSet>;
}

export type BeginSignIn = (scopes: readonly string[]) => Promise<BegunSignIn>;

/** The authorization code with PKCE. RFC 6749, 4.1; RFC 7636; RFC 8252 */
export function browserSteps(
  server: AuthorizationServer,
  redirect: RedirectPort,
  parameters: Readonly<Record<string, string>>,
): BeginSignIn {
  return (scopes) =>
    server.exchange(async ({ metadata, client }) => {
      const endpoint = URL.parse(metadata.authorization_endpoint ?? "");
      if (endpoint === null || !/^https?:$/.test(endpoint.protocol)) {
        const text = `The authorization server ${server.name} has no endpoint for browsers.`;
        throw new MCSError("MCS_INVALID_CONFIG", text, {
          hint: "The operator has to give authorizationUrl.",
        });
      }
      const state = oauth.generateRandomState();
      const verifier = new Secret(oauth.generateRandomCodeVerifier(), "code verifier");
      const challenge = await oauth.calculatePKCECodeChallenge(openSecret(verifier));
      const open = await redirect.open();
      const query = {
        ...parameters,
        ...scopeParameter(scopes),
        client_id: client.client_id,
        response_type: "code",
        redirect_uri: open.uri,
        state,
        code_challenge: challenge,
        code_challenge_method: "S256",
      };
      for (const [name, value] of Object.entries(query)) endpoint.searchParams.set(name, value);
      return {
        challenge: challengeOf(
          `Sign in at ${server.name} with a browser on this machine.`,
          endpoint.href,
          scopes,
        ),
        lifetimeMs: 600_000,
        async finish(signal) {
          signal.addEventListener("abort", () => void open[Symbol.asyncDispose](), { once: true });
          try {
            const answer = await open.wait((found) => found.get("state") === state);
            return await redeem(server, answer, { state, verifier, uri: open.uri });
          } finally {
            await open[Symbol.asyncDispose]();
          }
        },
      };
    });
}

/** A code typed in on another device. RFC 8628 */
export function deviceSteps(
  server: AuthorizationServer,
  parameters: Readonly<Record<string, string>>,
): BeginSignIn {
  return (scopes) =>
    server.exchange(async ({ metadata, client, authentication, options }) => {
      const asked = { ...parameters, ...scopeParameter(scopes) };
      const response = await oauth.deviceAuthorizationRequest(
        metadata,
        client,
        authentication,
        asked,
        options,
      );
      const device = await oauth.processDeviceAuthorizationResponse(metadata, client, response);
      const code = new Secret(device.device_code, "device code");
      const { user_code: userCode, verification_uri: url, interval = 5, expires_in: seconds } = device;
      if (!/^https?:$/.test(URL.parse(url)?.protocol ?? "")) {
        throw new MCSError(
          "MCS_REMOTE",
          `The authorization server ${server.name} names no page to sign in at.`,
        );
      }
      return {
        challenge: challengeOf(`Sign in at ${server.name} with this code.`, url, scopes, userCode),
        lifetimeMs: seconds * 1_000,
        finish: (signal) => poll(server, code, interval * 1_000, signal),
      };
    });
}

function challengeOf(message: string, url: string, scopes: readonly string[], code?: string): AuthChallenge {
  return { url, message, ...(code !== undefined && { code }), ...scopeParameter(scopes) };
}

async function redeem(
  server: AuthorizationServer,
  answer: URLSearchParams,
  { state, verifier, uri }: { readonly state: string; readonly verifier: Secret; readonly uri: string },
): Promise<TokenSet> {
  return server.exchange(async ({ metadata, client, authentication, options }) => {
    const checked = oauth.validateAuthResponse(metadata, client, answer, state);
    const response = await oauth.authorizationCodeGrantRequest(
      metadata,
      client,
      authentication,
      checked,
      uri,
      openSecret(verifier),
      options,
    );
    return server.toTokenSet(await oauth.processAuthorizationCodeResponse(metadata, client, response));
  });
}

async function poll(
  server: AuthorizationServer,
  code: Secret,
  firstMs: number,
  signal: AbortSignal,
): Promise<TokenSet> {
  for (let ms = firstMs; ;) {
    await sleep(ms, signal);
    try {
      return await server.requestTokens("urn:ietf:params:oauth:grant-type:device_code", {
        device_code: openSecret(code),
      });
    } catch (error) {
      // RFC 8628, 3.5: five seconds more each time; what passes by itself is tried again, too.
      const isOver =
        error instanceof OAuthRefusal && !/^(?:authorization_pending|slow_down)$/.test(error.error);
      if (isOver) throw error;
      if (!(error instanceof OAuthRefusal) || error.error === "slow_down") ms += 5_000;
    }
  }
}

function sleep(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const giveUp = (): void =>
      reject(new MCSError("MCS_ABORTED", "The sign-in was given up.", { effect: "none" }));
    if (signal.aborted) return giveUp();
    const timer = setTimeout(() => {
      signal.removeEventListener("abort", stop);
      resolve();
    }, ms);
    const stop = (): void => {
      clearTimeout(timer);
      giveUp();
    };
    signal.addEventListener("abort", stop, { once: true });
    return undefined;
  });
}
