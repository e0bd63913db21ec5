import type { Secret } from "@mcs/secrets";

/** What an exchange sends, credentials and all. */
export interface Exchange {
  readonly method: string;
  readonly url: URL;
  /** Path and query as they go out, byte for byte. */
  readonly target: string;
  readonly headers: Headers;
  readonly body?: Uint8Array | AsyncIterable<Uint8Array>;
  /** Whose connections it may use: nobody shares them with another. */
  readonly principal?: string | undefined;
}

/** What came back, its body unread. */
export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  /** Decoded. */
  readonly body: AsyncIterable<Uint8Array> | undefined;
  /** Whether it is a redirect whose target the runtime does not show. */
  readonly isOpaque: boolean;
  /** Gives the connection back. Where the body was read to its end this changes nothing. */
  release(): void;
}

/** Opens connections and sends one exchange at a time over each. It follows no redirect. */
export interface Connector extends AsyncDisposable {
  /** Whether this runtime can send such a request. */
  canSend(method: string, hasBody: boolean): boolean;
  send(exchange: Exchange, signal: AbortSignal): Promise<Answer>;
}

/** One address of a host, as a resolver gives it. */
export interface HostAddress {
  readonly address: string;
  readonly family: 4 | 6;
}

/** Finds all addresses of a host name. */
export type ResolvePort = (hostname: string) => Promise<readonly HostAddress[]>;

/** What a server, or this client before it, is recognised by. All of it PEM. */
export interface TlsIdentity {
  /** The origin that it is for: nobody else is shown the certificate, nor believed because of the authority. */
  readonly origin: string;
  /** Certificate authorities to trust instead of the runtime's. */
  readonly ca?: string | readonly string[];
  /** The client's certificate (mutual TLS). */
  readonly certificate?: string;
  /** Its private key. */
  readonly key?: Secret;
  readonly passphrase?: Secret;
}

/** Which addresses an origin may turn out to have. `any`: those of clouds' metadata services as well. */
export type Network = "public" | "private" | "any";

/** What a connector that dials by itself has to hold. */
export interface ConnectorSettings {
  /** Of an origin that requests may go to. */
  readonly networkOf: (origin: string) => Network;
  readonly connectMs: number;
  readonly firstByteMs: number;
  readonly idleMs: number;
  readonly headerBytes: number;
  readonly tls: ReadonlyMap<string, TlsIdentity>;
  readonly proxy: ProxySettings | undefined;
  readonly resolve: ResolvePort | undefined;
}

/** URLs of forward proxies, and the hosts that are asked directly (`NO_PROXY`). */
export interface ProxySettings {
  readonly http?: string;
  readonly https?: string;
  readonly noProxy?: string;
}
