import { MCSError, type AuthChallenge, type CredentialRequest } from "@mcs/core";
import { isSecret } from "@mcs/secrets";
import { openSecret } from "@mcs/secrets/open";
import type { Renew, TokenKey } from "./grant-keeper.ts";
import { OAuthRefusal } from "./oauth-failure.ts";
import { createOAuthBase, scopeParameter, type OAuthProvider, type TokenRequest } from "./oauth-provider.ts";
import type { OAuthOptions, OAuthPorts } from "./oauth-options.ts";
import type { RedirectPort } from "./redirect-port.ts";
import { browserSteps, deviceSteps, type BegunSignIn, type BeginSignIn } from "./sign-in-steps.ts";
import { whileWanted } from "./waiting.ts";

/** How people sign in. */
export interface SignInOptions extends OAuthOptions {
  /** `device`: with a code, on any device. `browser`: in one on this machine, which needs `ports.redirect`. */
  readonly method: "browser" | "device";
  /** Scopes that are asked for at sign-in beside those of the call: `offline_access`, so that a refresh token comes. */
  readonly signInScopes?: readonly string[];
}

/** The live things that it takes. */
export interface SignInPorts extends OAuthPorts {
  /** `loopbackRedirect()` of `@mcs/auth/node`. */
  readonly redirect?: RedirectPort;
}

/** A provider whose grants people give. */
export interface SignInProvider extends OAuthProvider {
  /**
   * Waits for the sign-in that was begun for a principal, if one was.
   *
   * @throws {MCSError} `MCS_AUTH_REQUIRED` if it was refused or nobody finished it, `MCS_ABORTED`.
   */
  signedIn(who?: Pick<CredentialRequest, "principal" | "signal">): Promise<void>;
  /** Forgets a principal's grant and tokens, here and in the store. */
  signOut(principal?: string): Promise<void>;
}

/**
 * Tokens of people who have signed in: authorization code with PKCE, or device flow, and refresh tokens from then on. `get`
 * begins a sign-in where there is no grant, and throws `MCS_AUTH_REQUIRED` whose `challenge` says where to go; as long as it
 * is open, later calls throw the same, and once it is done, `get` gives the token.
 *
 * @throws {MCSError} `MCS_INVALID_CONFIG`; `get` also as `clientCredentials`.
 */
export function signIn(options: SignInOptions, ports: SignInPorts = {}): SignInProvider {
  const { method, signInScopes = [], parameters = {} } = options;
  const base = createOAuthBase("person", true, options, ports);
  const { server, keeper } = base;
  const clock = ports.clock ?? Date;
  const begin = stepsFor(method);
  const open = new Map<string, OpenSignIn>();
  const beginning = new Map<string, Promise<OpenSignIn>>();
  const ending = new AbortController();

  function stepsFor(name: SignInOptions["method"]): BeginSignIn {
    if (name === "device") return deviceSteps(server, parameters);
    if (ports.redirect !== undefined) return browserSteps(server, ports.redirect, parameters);
    throw new MCSError("MCS_INVALID_CONFIG", 'method "browser" needs ports.redirect: loopbackRedirect().');
  }

  const grantOf = (principal: string | undefined): string =>
    base.read({ audience: options.origins[0] ?? "", ...(principal !== undefined && { principal }) }).key
      .grant;

  /** A grant that has the scopes serves all audiences, and each set of scopes gets a token that has no more. */
  async function covers({ key, scopes }: TokenRequest): Promise<boolean> {
    const grant = await keeper.grantOf(key.grant);
    if (grant === undefined) return false;
    const hasToken = grant.tokens[key.token] !== undefined || grant.refreshToken !== undefined;
    return hasToken && scopes.every((scope) => grant.scopes?.includes(scope) !== false);
  }

  const renew =
    ({ scopes }: TokenRequest): Renew =>
    async (refreshToken) => {
      if (refreshToken === undefined)
        throw new OAuthRefusal(
          "MCS_AUTH_REQUIRED",
          "invalid_grant",
          `Nobody is signed in at ${server.name}.`,
          0,
        );
      return server.requestTokens("refresh_token", {
        refresh_token: openSecret(refreshToken),
        ...scopeParameter(scopes),
      });
    };

  /** Asks for what was granted before, too: the new grant takes the place of the old one. */
  async function start({ key, scopes }: TokenRequest): Promise<OpenSignIn> {
    const before = [
      ...((await keeper.grantOf(key.grant))?.scopes ?? []),
      ...(open.get(key.grant)?.scopes ?? []),
    ];
    const asked = [...new Set([...signInScopes, ...before, ...scopes])];
    const begun = await begin(asked);
    open.get(key.grant)?.giveUp();
    const giving = new AbortController();
    const signals = [giving.signal, ending.signal, AbortSignal.timeout(begun.lifetimeMs)];
    const opened: OpenSignIn = {
      challenge: begun.challenge,
      scopes: asked,
      giveUp: () => giving.abort(),
      done: finish(begun, key, AbortSignal.any(signals)).finally(() => {
        if (open.get(key.grant) === opened) open.delete(key.grant);
      }),
    };
    // Whoever calls next hears of it; nobody has to be waiting.
    opened.done.catch(() => {});
    open.set(key.grant, opened);
    return opened;
  }

  async function finish(begun: BegunSignIn, key: TokenKey, signal: AbortSignal): Promise<void> {
    const askedAt = clock.now();
    const tokens = await begun.finish(signal);
    await keeper.begin(key, tokens, askedAt);
  }

  /** One sign-in at a time for each principal: a second one would take the first one's place unseen. */
  async function demand(asked: TokenRequest): Promise<never> {
    const { grant } = asked.key;
    const known = open.get(grant);
    const isEnough = known !== undefined && asked.scopes.every((scope) => known.scopes.includes(scope));
    let starting = isEnough ? Promise.resolve(known) : beginning.get(grant);
    if (starting === undefined) {
      starting = start(asked).finally(() => beginning.delete(grant));
      beginning.set(grant, starting);
    }
    const { challenge } = await starting;
    throw new MCSError("MCS_AUTH_REQUIRED", challenge.message, { challenge, hint: hintOf(challenge) });
  }

  return {
    async get(request) {
      const asked = base.read(request);
      if (ending.signal.aborted) throw new MCSError("MCS_ABORTED", "The provider was disposed of.");
      if (!(await covers(asked))) return demand(asked);
      try {
        return base.bind(await keeper.get(asked.key, renew(asked), request.signal));
      } catch (error) {
        if (error instanceof OAuthRefusal && error.error === "invalid_grant") return demand(asked);
        throw error;
      }
    },
    invalidate: (request, { secret }) =>
      isSecret(secret) ? keeper.invalidate(base.read(request).key, secret) : Promise.resolve(),
    async signedIn({ principal, signal } = {}) {
      const signing = open.get(grantOf(principal));
      if (signing !== undefined) await whileWanted(signing.done, signal);
    },
    signOut: (principal) => keeper.end(grantOf(principal)),
    async [Symbol.asyncDispose]() {
      ending.abort();
      await server[Symbol.asyncDispose]();
    },
  };
}

interface OpenSignIn {
  readonly challenge: AuthChallenge;
  readonly scopes: readonly string[];
  readonly done: Promise<void>;
  readonly giveUp: () => void;
}

function hintOf({ url, code }: AuthChallenge): string {
  return `Sign in at ${url}${code === undefined ? "" : ` with the code ${code}`}, then call again.`;
}
