import type { StorePort } from "@mcs/core";
import { storeFile, type StoreFileOptions } from "../store-file.ts";

const deepest = 100;
/** Objects that are looked into. */
const mostValues = 100_000;

/** The value with every byte array in it as a `FileRef` of the store; the same value if it holds none. */
export async function storeBytes(
  value: unknown,
  store: StorePort,
  options: StoreFileOptions,
  depth = 0,
): Promise<unknown> {
  if (typeof value !== "object" || value === null || depth > deepest) return value;
  const bytes = toBytes(value);
  if (bytes !== undefined) {
    return storeFile(
      store,
      bytes,
      { mediaType: "application/octet-stream", source: "a tool's result" },
      options,
    );
  }
  if (!holdsBytes(value, new Set())) return value;
  const again = (part: unknown): Promise<unknown> => storeBytes(part, store, options, depth + 1);
  if (Array.isArray(value)) return Promise.all(value.map(again));
  const members = Object.entries(value).map(async ([key, part]) => [key, await again(part)] as const);
  return Object.fromEntries(await Promise.all(members));
}

function holdsBytes(value: unknown, seen: Set<object>): boolean {
  if (typeof value !== "object" || value === null || seen.has(value) || seen.size > mostValues) return false;
  seen.add(value);
  if (toBytes(value) !== undefined) return true;
  // What writes itself is not looked into: its members are its own affair.
  if ("toJSON" in value) return false;
  return Object.values(value).some((part) => holdsBytes(part, seen));
}

function toBytes(value: object): Uint8Array | undefined {
  if (value instanceof ArrayBuffer) return new Uint8Array(value);
  return ArrayBuffer.isView(value)
    ? new Uint8Array(value.buffer, value.byteOffset, value.byteLength)
    : undefined;
}
