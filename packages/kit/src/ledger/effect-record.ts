import type { Failure, JsonValue, StoreEntry } from "@mcs/core";

/** What is known of an effect. */
export type EffectState =
  /** Somebody may be making it, until that moment. */
  | { readonly kind: "intended"; readonly until: number }
  /** `result` is absent if it is too large to be kept, or nobody knows it; a failure came after the effect. */
  | { readonly kind: "done"; readonly result?: JsonValue; readonly failure?: Failure }
  | { readonly kind: "not-done" }
  | { readonly kind: "unknown" };

/** One effect, as it stands in the store. */
export interface EffectRecord {
  readonly format: 1;
  readonly key: string;
  readonly tool: string;
  readonly digest: string;
  readonly at: number;
  readonly details: JsonValue;
  readonly state: EffectState;
}

/** A record and the version that the next one has to replace. */
export interface StoredRecord {
  readonly record: EffectRecord;
  readonly version: string;
}

export function writeRecord(record: EffectRecord): Uint8Array {
  return new TextEncoder().encode(JSON.stringify(record));
}

/** @returns `undefined` for what no ledger of this format wrote. */
export function readRecord({ value, version }: StoreEntry): StoredRecord | undefined {
  try {
    const record = JSON.parse(new TextDecoder().decode(value)) as Partial<EffectRecord> | null;
    const isWhole = record?.format === 1 && typeof record.digest === "string" && record.state !== undefined;
    return isWhole ? { record: record as EffectRecord, version } : undefined;
  } catch {
    return undefined;
  }
}
