import { isMCSError, MCSError, type StorePort } from "@mcs/core";
import { sha256 } from "@mcs/kit/store";
import { endOf, readRecord, writeRecord, type GrantRecord } from "./grant-record.ts";

/** A record as it was read. */
export interface Found {
  readonly record: GrantRecord | undefined;
  /** `null`: there is none. */
  readonly version: string | null;
}

const mostTries = 100;

/** Grants in a store that other processes write to at the same time. */
export class GrantStore {
  readonly #store: StorePort;

  constructor(store: StorePort) {
    this.#store = store;
  }

  async read(key: string): Promise<Found> {
    const entry = await this.#store.get(await nameOf(key));
    return { record: entry && readRecord(entry.value), version: entry?.version ?? null };
  }

  /** @returns Whether it was still that version, and so was written. */
  async replace(key: string, version: string | null, record: GrantRecord): Promise<boolean> {
    const expiresAt = endOf(record);
    return unlessChanged(async () => {
      const options = { ifVersion: version, ...(expiresAt !== undefined && { expiresAt }) };
      await this.#store.put(await nameOf(key), writeRecord(record), options);
    });
  }

  /** @returns Whether it was still that version, and so is gone. */
  async remove(key: string, version: string | null): Promise<boolean> {
    return unlessChanged(async () => {
      if (version !== null) await this.#store.delete(await nameOf(key), { ifVersion: version });
    });
  }

  /**
   * @param change - Gives what to write in place of what is there; `undefined`: it may stay.
   * @throws {MCSError} `MCS_CONFLICT` if others are always faster.
   */
  async change(
    key: string,
    change: (record: GrantRecord | undefined) => GrantRecord | undefined,
  ): Promise<void> {
    for (let tries = 0; tries < mostTries; tries += 1) {
      const { record, version } = await this.read(key);
      const next = change(record);
      if (next === undefined || (await this.replace(key, version, next))) return;
    }
    throw new MCSError("MCS_CONFLICT", "Others change a grant in the store all the time.", {
      effect: "none",
    });
  }
}

/** A key has names and scopes of any length; a store's keys are short. */
async function nameOf(key: string): Promise<string> {
  return `grants/${await sha256(new TextEncoder().encode(key))}`;
}

async function unlessChanged(write: () => Promise<void>): Promise<boolean> {
  try {
    await write();
    return true;
  } catch (error) {
    if (isMCSError(error) && error.code === "MCS_CONFLICT") return false;
    throw error;
  }
}
