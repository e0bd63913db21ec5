/** Asks for a credential: whose, for which origin, with which scopes. */
export interface CredentialRequest {
  readonly principal?: string;
  /** Origin that will see the credential. */
  readonly audience: string;
  readonly scopes?: readonly string[];
  readonly signal?: AbortSignal;
}

/** A credential, usable at these origins only. `secret` is a sealed value of `@mcs/secrets`. */
export interface BoundCredential<Sealed = object> {
  readonly secret: Sealed;
  readonly origins: readonly string[];
  /** Milliseconds since the epoch; absent: it does not expire. */
  readonly expiresAt?: number;
}

/** Gives credentials at the moment of a call. May throw an {@link AuthChallenge}. */
export interface CredentialProvider {
  get(request: CredentialRequest): Promise<BoundCredential>;
  /**
   * Says that the other side refused what `get` gave for this request: the next `get` renews it, if that can be. Nothing
   * happens if it was renewed meanwhile.
   */
  invalidate?(request: CredentialRequest, refused: BoundCredential): Promise<void>;
}

/** Sign-in that a person has to do elsewhere. */
export interface AuthChallenge {
  readonly url: string;
  readonly code?: string;
  readonly message: string;
  readonly scope?: string;
}

/** A stored value and the version that {@link StorePort.put} and {@link StorePort.delete} compare with. */
export interface StoreEntry {
  readonly value: Uint8Array;
  readonly version: string;
  /** Milliseconds since the epoch. */
  readonly expiresAt?: number;
}

/** Conditions of a write. */
export interface StoreWriteOptions {
  /** Write only over this version; `null`: only if the key is new. Otherwise `MCS_CONFLICT`. */
  readonly ifVersion?: string | null;
  /** Milliseconds since the epoch. */
  readonly expiresAt?: number;
}

/** The one store port: files, handles, grants, pending calls, ledgers, tokens. Expired entries do not exist. */
export interface StorePort {
  get(key: string): Promise<StoreEntry | undefined>;
  /** @returns The new version. */
  put(key: string, value: Uint8Array, options?: StoreWriteOptions): Promise<string>;
  /** @returns Whether there was something to delete. */
  delete(key: string, options?: Pick<StoreWriteOptions, "ifVersion">): Promise<boolean>;
  /** Keys that begin with `prefix`, in code-unit order. */
  list(prefix: string): AsyncIterable<string>;
}

/** The time, so that tests own it. */
export interface ClockPort {
  /** Milliseconds since the epoch. */
  now(): number;
}

/** The operator's log. What reaches it is scrubbed. */
export type LoggerPort = Readonly<
  Record<
    "debug" | "info" | "warn" | "error",
    (message: string, fields?: Readonly<Record<string, unknown>>) => void
  >
>;

/** The live things that any driver takes, beside its plain configuration. */
export interface DriverPorts {
  readonly credentials?: CredentialProvider;
  readonly store?: StorePort;
  readonly clock?: ClockPort;
  readonly logger?: LoggerPort;
}
