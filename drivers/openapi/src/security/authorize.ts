import type { HttpCredential } from "@mcs/adapter-http";
import { MCSError, type CallContext, type CredentialProvider } from "@mcs/core";
import { environmentName, type CredentialBook } from "./credential-book.ts";
import { askProvider, type ProvidedCredential } from "./ask-provider.ts";
import { tokenSource, type ClientTokens } from "./client-tokens.ts";
import { onePerPlace } from "./one-per-place.ts";
import type { SealedCredential } from "./sealed-credential.ts";
import type { SecurityRequirement } from "./security-requirement.ts";
import type { SecurityScheme } from "./security-scheme.ts";

/** What deciding on credentials takes. */
export interface Authorizer {
  /**
   * Credentials for one call: those of the first alternative that is fully satisfied, none if an empty alternative is all
   * that is left.
   *
   * @param origin - Where the call goes.
   * @throws {MCSError} `MCS_AUTH_REQUIRED` if one is missing, `MCS_EGRESS_REFUSED` if it is bound to another origin,
   *   `MCS_UNSUPPORTED` if this driver cannot send what is needed, `MCS_INVALID_CONFIG` if what was given does not fit.
   */
  authorize(
    requirements: readonly SecurityRequirement[],
    origin: string,
    context: CallContext,
  ): Promise<readonly HttpCredential[]>;
  /**
   * Says that the API refused these.
   *
   * @returns Whether to authorize anew may give others.
   */
  refuse(credentials: readonly HttpCredential[]): Promise<boolean>;
}

export interface AuthorizerOptions {
  readonly schemes: ReadonlyMap<string, SecurityScheme>;
  readonly book: CredentialBook;
  readonly provider: CredentialProvider | undefined;
  /** The origin that credentials are bound to where the operator names none. */
  readonly defaultOrigin: string | undefined;
  readonly clientTokens: ClientTokens;
  /** Where a client's secret may go because the document says so. */
  readonly allowedOrigins: readonly string[];
}

export function createAuthorizer(options: AuthorizerOptions): Authorizer {
  const { schemes, book, provider, defaultOrigin, clientTokens, allowedOrigins } = options;
  const renewals = new WeakMap<HttpCredential, NonNullable<ProvidedCredential["invalidate"]>>();
  const unknown = book.names.filter((name) => !schemes.has(name));

  async function authorize(
    requirements: readonly SecurityRequirement[],
    origin: string,
    context: CallContext,
  ): Promise<readonly HttpCredential[]> {
    if (unknown.length > 0) throw unknownSchemes(unknown, schemes);
    const demanding = requirements
      .filter(({ size }) => size > 0)
      .map((requirement) => onePerPlace(requirement, schemes, isAtHand));
    const chosen = demanding.find((requirement) => [...requirement.keys()].every(isAtHand));
    if (chosen === undefined && demanding.length < requirements.length) return [];
    const needed = chosen ?? demanding[0];
    if (needed === undefined) return [];
    const credentials: HttpCredential[] = [];
    for (const [name, scopes] of needed)
      credentials.push(await toHttpCredential(name, scopes, origin, context));
    return credentials;
  }

  /** Whether a credential was given and can be sent as the scheme says. */
  function isAtHand(name: string): boolean {
    const scheme = schemes.get(name);
    if (scheme === undefined || scheme.kind === "unsupported") return false;
    const credential = credentialFor(name, scheme);
    if (credential === undefined) return isProvided(scheme);
    const { client } = credential;
    return (
      client === undefined || (scheme.kind === "bearer" && (scheme.tokens ?? client.tokenUrl) !== undefined)
    );
  }

  /** The configuration comes first, then the provider, then the environment. */
  function credentialFor(name: string, scheme: SecurityScheme): SealedCredential | undefined {
    return book.fromConfig(name) ?? (isProvided(scheme) ? undefined : book.fromEnvironment(name));
  }

  function isProvided({ kind }: SecurityScheme): boolean {
    return provider !== undefined && (kind === "bearer" || kind === "apiKey");
  }

  async function toHttpCredential(
    name: string,
    scopes: readonly string[],
    origin: string,
    context: CallContext,
  ): Promise<HttpCredential> {
    const scheme = schemes.get(name);
    if (scheme === undefined) throw undeclared(name);
    if (scheme.kind === "unsupported") {
      throw new MCSError(
        "MCS_UNSUPPORTED",
        `The security scheme "${name}" cannot be used: ${scheme.reason}.`,
      );
    }
    const credential = credentialFor(name, scheme);
    if (credential?.client !== undefined && scheme.kind === "bearer") {
      const { client } = credential;
      const bound = boundOrigin(name, credential.origin, origin);
      const source = tokenSource(name, client, scheme.tokens, allowedOrigins);
      const tokens = await clientTokens.providerFor(client, source, bound);
      const asked = scopes.length > 0 ? scopes : client.scopes;
      return provided(name, scheme, await askProvider(tokens, bound, asked, context), bound);
    }
    if (credential !== undefined) {
      return fit(name, scheme, credential, boundOrigin(name, credential.origin, origin), book);
    }
    if (provider === undefined || !isProvided(scheme)) throw missing(name, scheme);
    return provided(name, scheme, await askProvider(provider, origin, scopes, context), origin);
  }

  function provided(
    name: string,
    scheme: UsableScheme,
    { secret, invalidate }: ProvidedCredential,
    origin: string,
  ): HttpCredential {
    book.remember(secret);
    const credential = fit(name, scheme, { apiKey: secret, token: secret }, origin, book);
    if (invalidate !== undefined) renewals.set(credential, invalidate);
    return credential;
  }

  async function refuse(credentials: readonly HttpCredential[]): Promise<boolean> {
    const found = credentials.flatMap((credential) => renewals.get(credential) ?? []);
    await Promise.all(found.map((invalidate) => invalidate()));
    return found.length > 0;
  }

  /** @throws {MCSError} `MCS_EGRESS_REFUSED` that says what the operator has to write, if the call goes elsewhere. */
  function boundOrigin(name: string, given: string | undefined, origin: string): string {
    const bound = given === undefined ? defaultOrigin : new URL(given).origin;
    if (bound === origin) return bound;
    const where = bound === undefined ? "no origin" : bound;
    throw new MCSError(
      "MCS_EGRESS_REFUSED",
      `The credential "${name}" is bound to ${where} and the call goes to ${origin}. To send it there: credentials: { ${JSON.stringify(name)}: { …, origin: "${origin}" } }`,
      { hint: "The operator has to bind the credential to that origin by name." },
    );
  }

  return { authorize, refuse };
}

type UsableScheme = Exclude<SecurityScheme, { readonly kind: "unsupported" }>;

function fit(
  name: string,
  scheme: UsableScheme,
  { apiKey, token, login }: SealedCredential,
  origin: string,
  book: CredentialBook,
): HttpCredential {
  if (scheme.kind === "apiKey" && apiKey !== undefined) {
    return { origin, kind: "apiKey", in: scheme.in, name: scheme.name, value: apiKey };
  }
  if (scheme.kind === "bearer" && token !== undefined) return { origin, kind: "bearer", token };
  if (scheme.kind === "basic" && login !== undefined) {
    const { username, password, hidden } = login;
    for (const secret of hidden) book.remember(secret);
    return { origin, kind: "basic", username, password };
  }
  const shape = wantedShapes[scheme.kind];
  throw new MCSError(
    "MCS_INVALID_CONFIG",
    `Invalid configuration: credentials.${name}: the scheme needs ${shape}.`,
  );
}

const wantedShapes: Readonly<Record<UsableScheme["kind"], string>> = {
  apiKey: "{ apiKey } or the key as a string",
  bearer: "{ token } or the token as a string",
  basic: '{ username, password } or "username:password" as a string',
};

function missing(name: string, scheme: UsableScheme): MCSError {
  const key = JSON.stringify(name);
  return new MCSError(
    "MCS_AUTH_REQUIRED",
    `The operation needs a credential for the security scheme ${key}: give credentials: { ${key}: … } (${wantedShapes[scheme.kind]}), or set the environment variable ${environmentName(name)}.`,
  );
}

function undeclared(name: string): MCSError {
  const text = `The operation needs the security scheme "${name}", which the document does not declare.`;
  return new MCSError("MCS_INVALID_SPEC", text);
}

function unknownSchemes(names: readonly string[], schemes: ReadonlyMap<string, SecurityScheme>): MCSError {
  const known = schemes.size === 0 ? "it has none" : `it has ${[...schemes.keys()].join(", ")}`;
  return new MCSError(
    "MCS_INVALID_CONFIG",
    `Invalid configuration: credentials.${names.join(", credentials.")}: the document has no such security scheme; ${known}.`,
    {
      issues: names.map((name) => ({
        argument: `credentials.${name}`,
        message: "is no scheme of the document",
      })),
    },
  );
}
