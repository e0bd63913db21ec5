/** What a store holds of one grant: the refresh token, and the access tokens got with it. */
export interface GrantRecord {
  readonly refreshToken?: string;
  /** What was granted; absent: not known. */
  readonly scopes?: readonly string[];
  /** By audience and scopes. */
  readonly tokens: Readonly<Record<string, StoredToken>>;
  /** Who is renewing. */
  readonly lease?: Lease;
}

/** An access token. Times are milliseconds since the epoch. */
export interface StoredToken {
  readonly value: string;
  readonly expiresAt?: number;
  /** From when it is to be renewed. */
  readonly renewAt?: number;
}

/** The right to use the refresh token, which counts once. */
export interface Lease {
  readonly holder: string;
  /** Milliseconds since the epoch: whoever holds it may have died. */
  readonly until: number;
}

/** @returns `undefined` for what is none: then there is no grant. */
export function readRecord(bytes: Uint8Array): GrantRecord | undefined {
  try {
    const record = JSON.parse(new TextDecoder().decode(bytes)) as Partial<GrantRecord> | null;
    return typeof record?.tokens === "object" && record.tokens !== null
      ? { ...record, tokens: record.tokens }
      : undefined;
  } catch {
    return undefined;
  }
}

export function writeRecord(record: GrantRecord): Uint8Array {
  return new TextEncoder().encode(JSON.stringify(record));
}

/** When a store may forget it: never while there is a refresh token, or a token that does not end. */
export function endOf({ refreshToken, tokens, lease }: GrantRecord): number | undefined {
  const ends = Object.values(tokens).map(({ expiresAt }) => expiresAt ?? Infinity);
  const end = Math.max(lease?.until ?? 0, ...ends);
  return refreshToken !== undefined || !Number.isFinite(end) ? undefined : end;
}
