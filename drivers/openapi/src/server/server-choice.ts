import type { AllowedOrigin } from "@mcs/adapter-http";
import { isMCSError, MCSError } from "@mcs/core";
import type { OpenApiConfig } from "../config.ts";
import type { ApiDocument } from "../document/api-document.ts";
import type { OperationEntry } from "../operation/operation.ts";
import { documentServers, operationServers, type DeclaredServer } from "./declared-servers.ts";
import { resolveServer, type Server, type ServerOverride } from "./resolve-server.ts";

/** Where requests of a document go, and where they may. */
export interface ServerChoice {
  /** Origin of the document's own server; `undefined` where it has none that can be resolved. */
  readonly defaultOrigin: string | undefined;
  readonly allowedOrigins: readonly AllowedOrigin[];
  /** @throws {MCSError} `MCS_EGRESS_REFUSED` if the server's origin is not allowed; see also {@link resolveServer}. */
  serverFor(entry: OperationEntry): Server;
}

/**
 * Requests may go to the URL of the document, to `server`, to `allowedOrigins`, and to the servers of a document that
 * was given as file, text or object, because that one is the operator's own. A document from a URL cannot name others.
 * What the operator named may be anywhere; the others not at the addresses at which clouds hand out credentials.
 */
export function chooseServers(
  document: ApiDocument,
  entries: readonly OperationEntry[],
  config: Pick<OpenApiConfig, "server" | "allowedOrigins">,
): ServerChoice {
  const override = toOverride(config.server);
  const given: DeclaredServer[] = override.url === undefined ? [] : [{ url: override.url, variables: {} }];
  const choose = (declared: readonly DeclaredServer[]): readonly DeclaredServer[] =>
    given.length > 0 ? given : declared;
  const resolve = (server: DeclaredServer): Server => resolveServer(server, override, document.baseUrl);
  const originsOf = (servers: readonly DeclaredServer[]): string[] =>
    servers.flatMap((server) => {
      const origin = originIfAny(() => resolve(server));
      return origin === undefined ? [] : [origin];
    });

  const ofDocument = documentServers(document);
  const lists = new Set([
    ofDocument,
    ...entries.map((entry) => operationServers(entry, document, ofDocument)),
  ]);
  const all = choose([...lists].flat());
  const fault = unknownVariable(override, all);
  const allowed = new Map<string, AllowedOrigin>();
  /** The first to name an origin decides. */
  const allow = (item: AllowedOrigin): void => {
    if (!allowed.has(item.origin)) allowed.set(item.origin, item);
  };
  const named = [
    ...(config.allowedOrigins ?? []).map((url) => new URL(url).origin),
    ...(given.length > 0 ? originsOf(all) : []),
  ];
  for (const origin of named) allow({ origin, network: "any" });
  if (document.baseUrl !== undefined) allow(ownOrigin(document.baseUrl));
  if (!document.fetched) for (const origin of originsOf(all)) allow({ origin, network: "private" });

  return {
    defaultOrigin: originsOf(choose(ofDocument).slice(0, 1))[0],
    allowedOrigins: [...allowed.values()],
    serverFor(entry) {
      if (fault !== undefined) throw fault;
      const server = resolve(choose(operationServers(entry, document, ofDocument))[0] as DeclaredServer);
      if (allowed.has(server.origin)) return server;
      throw new MCSError(
        "MCS_EGRESS_REFUSED",
        `The document names a server on ${server.origin}, which is not where the document is. To allow it: allowedOrigins: ["${server.origin}"]`,
      );
    },
  };
}

/** The origin of a document's own URL, which the operator gave. */
export function ownOrigin(url: string): AllowedOrigin {
  return { origin: new URL(url).origin, network: "private", plainHttp: true };
}

function toOverride(server: OpenApiConfig["server"]): ServerOverride {
  return typeof server === "string" ? { url: server } : (server ?? {});
}

function unknownVariable(
  { variables = {} }: ServerOverride,
  servers: readonly DeclaredServer[],
): MCSError | undefined {
  const name = Object.keys(variables).find(
    (wanted) => !servers.some(({ url }) => url.includes(`{${wanted}}`)),
  );
  if (name === undefined) return undefined;
  const text = `Invalid configuration: server.variables.${name}: no server has such a variable.`;
  return new MCSError("MCS_INVALID_CONFIG", text, {
    issues: [{ argument: `server.variables.${name}`, message: "is unknown" }],
  });
}

/** A server that cannot be resolved fails the calls that need it, not the others. */
function originIfAny(resolve: () => Server): string | undefined {
  try {
    return resolve().origin;
  } catch (error) {
    if (isMCSError(error)) return undefined;
    throw error;
  }
}
