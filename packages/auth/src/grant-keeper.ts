import type { ClockPort, StorePort } from "@mcs/core";
import { Secret } from "@mcs/secrets";
import { openSecret } from "@mcs/secrets/open";
import type { TokenSet } from "./authorization-server.ts";
import type { GrantRecord, StoredToken } from "./grant-record.ts";
import { GrantStore } from "./grant-store.ts";
import { OAuthRefusal, toOAuthFailure } from "./oauth-failure.ts";
import { pause, whileWanted } from "./waiting.ts";

/** An access token that can be used now. */
export interface Token {
  readonly secret: Secret;
  /** Milliseconds since the epoch. */
  readonly expiresAt?: number;
}

/** Which token of which grant. */
export interface TokenKey {
  /** Whose grant, at which server: never that of another principal. */
  readonly grant: string;
  /** For which audience and scopes. */
  readonly token: string;
}

/**
 * Gets another token.
 *
 * @param refreshToken - The grant's; it counts once.
 * @throws {MCSError} An `OAuthRefusal` if there is no grant any more; anything else is taken to pass by itself.
 */
export type Renew = (refreshToken: Secret | undefined) => Promise<TokenSet>;

export interface GrantKeeperOptions {
  readonly aheadMs: number;
  /** How long one renewal may take at most. */
  readonly leaseMs: number;
  /** For messages and labels. */
  readonly server: string;
}

/** Tokens of the process at hand without a look at the store. */
const mostCached = 1_000;
/** Milliseconds after a failed renewal for which a token that is still good is used without another try. */
const pauseMs = 10_000;

/**
 * Keeps grants: renews a token ahead of its end, once for all who ask, in this process and in all others with the same
 * store. What a renewal gave is stored before anyone uses it, and nothing but the server's refusal ends a grant.
 */
export class GrantKeeper {
  readonly #options: GrantKeeperOptions;
  readonly #store: GrantStore;
  readonly #clock: ClockPort;
  readonly #cache = new Map<string, StoredToken & { readonly secret: Secret }>();
  readonly #flights = new Map<string, Promise<Token>>();
  /** Renewals that the store would not take: the only copies of what counts now. */
  readonly #unsaved = new Map<string, Rotation>();

  constructor(options: GrantKeeperOptions, store: StorePort, clock: ClockPort) {
    this.#options = options;
    this.#store = new GrantStore(store);
    this.#clock = clock;
  }

  /** @throws {MCSError} What `renew` throws, if there is no token that is still good. */
  async get(key: TokenKey, renew: Renew, signal?: AbortSignal): Promise<Token> {
    const id = idOf(key);
    const cached = this.#cache.get(id);
    if (cached !== undefined && this.#isFresh(cached)) return toToken(cached);
    const flight = this.#flights.get(id) ?? this.#fly(key, renew);
    if (!this.#flights.has(id)) {
      this.#flights.set(id, flight);
      const land = (): void => void this.#flights.delete(id);
      flight.then(land, land);
    }
    return whileWanted(flight, signal);
  }

  /** The grant as it is stored. */
  async grantOf(grant: string): Promise<GrantRecord | undefined> {
    return (await this.#store.read(grant)).record;
  }

  /** Begins a grant, in place of one that was there. */
  async begin({ grant, token }: TokenKey, tokens: TokenSet, askedAt: number): Promise<void> {
    const { refreshToken, scopes } = tokens;
    const record = {
      ...(refreshToken !== undefined && { refreshToken: openSecret(refreshToken) }),
      ...(scopes !== undefined && { scopes }),
      tokens: { [token]: this.#toStored(tokens, askedAt) },
    };
    await this.#store.change(grant, () => record);
    this.#forget(grant);
  }

  /** Forgets a grant. */
  async end(grant: string): Promise<void> {
    this.#unsaved.delete(grant);
    for (;;) {
      const { version } = await this.#store.read(grant);
      if (await this.#store.remove(grant, version)) break;
    }
    this.#forget(grant);
  }

  /** The next `get` renews the token, unless that was done meanwhile. */
  async invalidate({ grant, token }: TokenKey, refused: Secret): Promise<void> {
    const value = openSecret(refused);
    const id = idOf({ grant, token });
    if (this.#cache.get(id)?.value === value) this.#cache.delete(id);
    await this.#store.change(grant, (record) => {
      if (record?.tokens[token]?.value !== value) return undefined;
      return { ...record, tokens: without(record.tokens, token) };
    });
  }

  async #fly(key: TokenKey, renew: Renew): Promise<Token> {
    try {
      return await this.#renewOnce(key, renew);
    } catch (error) {
      throw toOAuthFailure(error, this.#options.server);
    }
  }

  async #renewOnce(key: TokenKey, renew: Renew): Promise<Token> {
    for (let waits = 0; ; waits += 1) {
      await this.#saveLeft(key.grant);
      const { record, version } = await this.#store.read(key.grant);
      const stored = record?.tokens[key.token];
      if (stored !== undefined && this.#isFresh(stored)) return this.#remember(key, stored);
      if (this.#isHeld(record)) {
        if (stored !== undefined && this.#isGood(stored)) return this.#remember(key, stored);
        await pause(waits);
        continue;
      }
      const holder = globalThis.crypto.randomUUID();
      const lease = { holder, until: this.#clock.now() + this.#options.leaseMs };
      const held = { ...record, tokens: this.#living(record), lease };
      if (!(await this.#store.replace(key.grant, version, held))) continue;
      const token = await this.#renewHeld(key, held, renew);
      if (token !== undefined) return token;
    }
  }

  /** @returns `undefined` if somebody else was faster after all. */
  async #renewHeld(key: TokenKey, held: GrantRecord, renew: Renew): Promise<Token | undefined> {
    const { refreshToken } = held;
    const { server } = this.#options;
    const askedAt = this.#clock.now();
    let tokens: TokenSet;
    try {
      tokens = await renew(
        refreshToken === undefined ? undefined : new Secret(refreshToken, `refresh token of ${server}`),
      );
    } catch (error) {
      const isOver = error instanceof OAuthRefusal && error.error === "invalid_grant";
      const stillGood = await this.#giveBack(key, held, isOver);
      if (stillGood !== undefined) return stillGood;
      throw error;
    }
    const stored = this.#toStored(tokens, askedAt);
    const rotated = tokens.refreshToken === undefined ? refreshToken : openSecret(tokens.refreshToken);
    this.#unsaved.set(key.grant, { key, used: refreshToken, rotated, stored });
    await this.#saveLeft(key.grant);
    return this.#remember(key, stored);
  }

  /** Ends the lease, and the grant if it is over. What somebody else made of it meanwhile stays. */
  async #giveBack(key: TokenKey, held: GrantRecord, isOver: boolean): Promise<Token | undefined> {
    const { record, version } = await this.#store.read(key.grant);
    if (record?.lease?.holder !== held.lease?.holder) {
      const stored = record?.tokens[key.token];
      return stored !== undefined && this.#isGood(stored) ? this.#remember(key, stored) : undefined;
    }
    if (isOver) {
      await this.#store.remove(key.grant, version);
      this.#forget(key.grant);
      return undefined;
    }
    const { lease, ...rest } = held;
    await this.#store.replace(key.grant, version, rest);
    const stored = held.tokens[key.token];
    if (lease === undefined || stored === undefined || !this.#isGood(stored)) return undefined;
    return this.#remember(key, {
      ...stored,
      renewAt: Math.min(this.#clock.now() + pauseMs, stored.expiresAt ?? Infinity),
    });
  }

  /** Stored before use: a refresh token that counts once must not be in one process's memory alone. */
  async #saveLeft(grant: string): Promise<void> {
    const left = this.#unsaved.get(grant);
    if (left === undefined) return;
    const { key, used, rotated, stored } = left;
    await this.#store.change(grant, (record) => {
      // Signed in anew, or signed out, meanwhile.
      if (record === undefined || record.refreshToken !== used) return undefined;
      const { lease: _lease, ...rest } = record;
      return {
        ...rest,
        ...(rotated !== undefined && { refreshToken: rotated }),
        tokens: { ...this.#living(record), [key.token]: stored },
      };
    });
    this.#unsaved.delete(grant);
  }

  #toStored({ accessToken, lifetimeMs }: TokenSet, askedAt: number): StoredToken {
    const value = openSecret(accessToken);
    if (lifetimeMs === undefined) return { value };
    const expiresAt = askedAt + lifetimeMs;
    return { value, expiresAt, renewAt: expiresAt - Math.min(this.#options.aheadMs, lifetimeMs / 4) };
  }

  #remember(key: TokenKey, stored: StoredToken): Token {
    const id = idOf(key);
    const cached = this.#cache.get(id);
    // The same object for the same token: whoever scrubs keeps few of them.
    const secret =
      cached?.value === stored.value
        ? cached.secret
        : new Secret(stored.value, `access token of ${this.#options.server}`);
    this.#cache.delete(id);
    this.#cache.set(id, { ...stored, secret });
    const [oldest] = this.#cache.keys();
    if (this.#cache.size > mostCached && oldest !== undefined) this.#cache.delete(oldest);
    return toToken({ ...stored, secret });
  }

  #forget(grant: string): void {
    for (const id of this.#cache.keys()) if (id.startsWith(idPrefix(grant))) this.#cache.delete(id);
  }

  #isFresh({ renewAt }: StoredToken): boolean {
    return renewAt === undefined || this.#clock.now() < renewAt;
  }

  #isGood({ expiresAt }: StoredToken): boolean {
    return expiresAt === undefined || this.#clock.now() < expiresAt;
  }

  /** Longer than a lease can be is what a wrong clock wrote. */
  #isHeld(record: GrantRecord | undefined): boolean {
    const left = (record?.lease?.until ?? 0) - this.#clock.now();
    return left > 0 && left <= this.#options.leaseMs;
  }

  #living(record: GrantRecord | undefined): GrantRecord["tokens"] {
    return Object.fromEntries(
      Object.entries(record?.tokens ?? {}).filter(([, token]) => this.#isGood(token)),
    );
  }
}

interface Rotation {
  readonly key: TokenKey;
  readonly used: string | undefined;
  readonly rotated: string | undefined;
  readonly stored: StoredToken;
}

function toToken({ secret, expiresAt }: StoredToken & { readonly secret: Secret }): Token {
  return { secret, ...(expiresAt !== undefined && { expiresAt }) };
}

function idOf({ grant, token }: TokenKey): string {
  return `${idPrefix(grant)}${token}`;
}

function idPrefix(grant: string): string {
  return `${grant.length}:${grant}:`;
}

function without<T>(values: Readonly<Record<string, T>>, key: string): Record<string, T> {
  return Object.fromEntries(Object.entries(values).filter(([name]) => name !== key));
}
