import { MCSError, type ClockPort, type LoggerPort } from "@mcs/core";
import type { Network, ProxySettings, ResolvePort, TlsIdentity } from "./connector.ts";
import type { TrafficLimits } from "./traffic.ts";

/** An origin that requests may go to, and what of it was known to whoever named it. */
export interface AllowedOrigin {
  /** `https://api.example`, `http://127.0.0.1:8080`. */
  readonly origin: string;
  /**
   * Which addresses it may turn out to have: `public` ones only; `private` ones (this machine, the local network) too; `any`,
   * also link-local ones and those of clouds' metadata services. Default `any`.
   */
  readonly network?: Network;
  /** Whether credentials may go there by plain HTTP; to this machine they always may. Default: if `network` is `any`. */
  readonly plainHttp?: boolean;
}

/** Where an {@link HttpClient} may go, and what bounds a call. */
export interface HttpClientOptions {
  /** Where requests and redirects may go. A text is an origin that the operator named: `{ origin, network: "any" }`. */
  readonly allowedOrigins: readonly (string | AllowedOrigin)[];
  /** Milliseconds for a whole call: retries, redirects, headers and body. Default 60,000. */
  readonly timeoutMs?: number;
  /** Milliseconds until a connection is there, name and TLS included. Default 5,000. */
  readonly connectMs?: number;
  /** Milliseconds from the end of a request to the end of the answer's headers. Default 15,000. */
  readonly firstByteMs?: number;
  /** Milliseconds between two pieces of a body. Default 15,000. */
  readonly idleMs?: number;
  /** Bytes of an answer's headers. Default 65,536. */
  readonly headerBytes?: number;
  /** Decoded bytes of an answer. Default 10,000,000. */
  readonly maxBytes?: number;
  /** How often a request that may be sent twice is, after a passing failure. Default 2. */
  readonly retries?: number;
  /** Redirects that one request may follow. Default 3. */
  readonly maxRedirects?: number;
  /** For each origin, credential and principal. */
  readonly traffic?: TrafficLimits;
  /** Certificates, for an origin each. Not over a port `fetch`, nor in browsers. */
  readonly tls?: readonly TlsIdentity[];
  /**
   * Forward proxies. Default `environment`: what `HTTPS_PROXY`, `HTTP_PROXY` and `NO_PROXY` say when the client is made.
   * This machine is never asked for over a proxy. Not over a port `fetch`, nor in browsers.
   */
  readonly proxy?: ProxySettings | "environment" | "none";
}

/** Sends one request, credentials and all, and follows no redirect. The global `fetch` fits. */
export type FetchPort = (request: Request, init: { readonly signal: AbortSignal }) => Promise<Response>;

/** The live things that an {@link HttpClient} takes. */
export interface HttpClientPorts {
  /** Instead of sockets of its own: then addresses are not checked, as they are whatever this function finds. */
  readonly fetch?: FetchPort;
  /** Default: the system's resolver. */
  readonly resolve?: ResolvePort;
  readonly clock?: ClockPort;
  /** Gets the cause of each failure, scrubbed, at level `debug`. */
  readonly logger?: LoggerPort;
}

type Limits =
  | "timeoutMs"
  | "connectMs"
  | "firstByteMs"
  | "idleMs"
  | "headerBytes"
  | "maxBytes"
  | "retries"
  | "maxRedirects";

export interface Settings extends Required<Pick<HttpClientOptions, Limits>> {
  readonly allowedOrigins: ReadonlyMap<string, Required<AllowedOrigin>>;
  readonly traffic: Required<TrafficLimits>;
  readonly tls: ReadonlyMap<string, TlsIdentity>;
  readonly proxy: ProxySettings | undefined;
}

/** The longest that a timer can wait. */
const longestTimer = 2_147_483_647;

/** @throws {MCSError} `MCS_INVALID_CONFIG` that names every option at fault. */
export function readOptions(options: HttpClientOptions): Settings {
  const {
    timeoutMs = 60_000,
    connectMs = 5_000,
    firstByteMs = 15_000,
    idleMs = 15_000,
    headerBytes = 65_536,
    maxBytes = 10_000_000,
    retries = 2,
    maxRedirects = 3,
    tls = [],
    proxy = "environment",
  } = options;
  const allowed = options.allowedOrigins.map((item) => (typeof item === "string" ? { origin: item } : item));
  const traffic = { concurrent: 32, perSecond: 50, burst: 100, queued: 100, ...options.traffic };
  const proxies = proxy === "environment" ? environmentProxies() : proxy;
  const { queued, ...rates } = traffic;
  const faults = [
    ...allowed.flatMap(({ origin }, index) => checkOrigin(origin, `allowedOrigins[${index}]`)),
    ...checkInteger({ timeoutMs, connectMs, firstByteMs, idleMs }, 1, longestTimer),
    ...checkInteger({ headerBytes, maxBytes, ...prefixed(rates) }, 1, Number.MAX_SAFE_INTEGER),
    ...checkInteger(prefixed({ queued }), 0, Number.MAX_SAFE_INTEGER),
    ...checkInteger({ retries }, 0, 10),
    ...checkInteger({ maxRedirects }, 0, 20),
    ...tls.flatMap((item, index) => checkIdentity(item, `tls[${index}]`)),
    ...(proxies === "none" ? [] : checkProxies(proxies)),
  ];
  if (faults.length > 0) {
    throw new MCSError("MCS_INVALID_CONFIG", `Invalid options for the HTTP client: ${faults.join("; ")}.`);
  }
  return {
    timeoutMs,
    connectMs,
    firstByteMs,
    idleMs,
    headerBytes,
    maxBytes,
    retries,
    maxRedirects,
    traffic,
    allowedOrigins: new Map(
      allowed.map(({ origin: text, network = "any", plainHttp = network === "any" }) => {
        const { origin } = new URL(text);
        return [origin, { origin, network, plainHttp }];
      }),
    ),
    tls: new Map(tls.map((item) => [new URL(item.origin).origin, item])),
    proxy: proxies === "none" || (proxies.http ?? proxies.https) === undefined ? undefined : proxies,
  };
}

function prefixed(rates: Readonly<Record<string, number>>): Record<string, number> {
  return Object.fromEntries(Object.entries(rates).map(([name, value]) => [`traffic.${name}`, value]));
}

function environmentProxies(): ProxySettings {
  const env: Readonly<Record<string, string | undefined>> = globalThis.process?.env ?? {};
  const given = (name: string): string | undefined => env[name.toLowerCase()] || env[name] || undefined;
  const [http, https, noProxy] = [given("HTTP_PROXY"), given("HTTPS_PROXY"), given("NO_PROXY")];
  return {
    ...(http !== undefined && { http }),
    ...(https !== undefined && { https }),
    ...(noProxy !== undefined && { noProxy }),
  };
}

/** @returns What is wrong, without quoting it: a proxy's URL may have a password. */
function checkProxies({ http, https }: ProxySettings): string[] {
  return Object.entries({ "proxy.http": http, "proxy.https": https })
    .filter(([, url]) => url !== undefined && !/^https?:$/.test(URL.parse(url)?.protocol ?? ""))
    .map(([name]) => `${name} (or its environment variable) must be an http or https URL`);
}

function checkIdentity({ origin, certificate, key }: TlsIdentity, name: string): string[] {
  const faults = checkOrigin(origin, `${name}.origin`);
  const isWhole = (certificate === undefined) === (key === undefined);
  return isWhole ? faults : [...faults, `${name} needs certificate and key, or neither`];
}

/** @returns What is wrong with it, without quoting it: it may be a URL with a password. */
export function checkOrigin(text: string, name: string): string[] {
  const url = URL.parse(text);
  if (url === null || !/^https?:$/.test(url.protocol)) {
    return [`${name} must be an origin such as "https://api.example"`];
  }
  return url.href === `${url.origin}/` ? [] : [`${name} must be an origin and no more: "${url.origin}"`];
}

function checkInteger(option: Readonly<Record<string, number>>, least: number, most: number): string[] {
  return Object.entries(option)
    .filter(([, value]) => !Number.isInteger(value) || value < least || value > most)
    .map(([name]) => `${name} must be an integer from ${least} to ${most}`);
}
