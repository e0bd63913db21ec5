import { MCSError, type CallContext, type ClockPort, type StorePort } from "@mcs/core";

/** A result that was kept. */
export interface KeptResult {
  readonly value: unknown;
  /** Characters of the value as JSON. */
  readonly size: number;
}

/** What is stored. The principal stands in it, because a handle that comes back says nothing of whose it is. */
interface Stored {
  readonly principal?: string;
  readonly value: unknown;
}

/** Results in a store, by handle: a name that cannot be guessed, for one principal, for a while. */
export interface KeptResults {
  /** @returns The handle; `undefined` if the result is larger than what is kept, or cannot be written as JSON. */
  keep(value: unknown, context: CallContext): Promise<string | undefined>;
  /** @throws {MCSError} `MCS_NOT_FOUND`, whether there is nothing of that name or it is somebody else's. */
  get(handle: string, context: CallContext): Promise<KeptResult>;
}

/** What a handle looks like. */
export const handlePattern = "^result-[\\da-f-]{36}$";
const handleShape = new RegExp(handlePattern);

export function keptResults(
  store: StorePort,
  {
    ttlMs,
    maxBytes,
    clock,
  }: { readonly ttlMs: number; readonly maxBytes: number; readonly clock: ClockPort },
): KeptResults {
  return {
    async keep(value, { principal }) {
      const stored: Stored = { ...(principal !== undefined && { principal }), value };
      const bytes = new TextEncoder().encode(JSON.stringify(stored));
      if (bytes.byteLength > maxBytes) return undefined;
      const handle = `result-${globalThis.crypto.randomUUID()}`;
      await store.put(handle, bytes, { ifVersion: null, expiresAt: clock.now() + ttlMs });
      return handle;
    },

    async get(handle, { principal }) {
      const entry = handleShape.test(handle) ? await store.get(handle) : undefined;
      const stored = entry && (JSON.parse(new TextDecoder().decode(entry.value)) as Stored);
      if (entry === undefined || stored === undefined || stored.principal !== principal) {
        throw new MCSError("MCS_NOT_FOUND", `No result is kept under "${handle.slice(0, 60)}", or no more.`, {
          hint: "Call the tool that gave it again.",
        });
      }
      return { value: stored.value, size: entry.value.byteLength };
    },
  };
}
