import type { CallResult, FileRef, StorePort } from "@mcs/core";
import type { ShownFile, ShownResult } from "@mcs/llm";
import { sha256 } from "./sha256.ts";
import { toBase64 } from "./to-base64.ts";

/** How much a model is shown. */
export interface ShowFilesOptions {
  /** Bytes that a file may have; larger ones stay references. Default `3_500_000`: what every provider takes as base64. */
  readonly maxBytes?: number;
  /** Files of one answer. Default `8`. */
  readonly maxFiles?: number;
}

/** Adds to results the files that the model is to see. */
export type ShowFiles = (results: readonly CallResult[]) => Promise<readonly ShownResult[]>;

/** Values of one result that are looked into: a reference deep in an endless list is not found. */
const maxValues = 10_000;

/** How a file begins, byte by byte, where it is of a type that providers take; `undefined` stands for any byte. */
const beginnings: readonly (readonly [mediaType: string, bytes: readonly (number | undefined)[]])[] = [
  ["image/png", [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]],
  ["image/jpeg", [0xff, 0xd8, 0xff]],
  ["image/gif", [0x47, 0x49, 0x46, 0x38]],
  ["image/webp", [0x52, 0x49, 0x46, 0x46, ...anyBytes(4), 0x57, 0x45, 0x42, 0x50]],
  ["application/pdf", [0x25, 0x50, 0x44, 0x46, 0x2d]],
];

/**
 * Lets a model see the images and PDF files that results refer to: wherever a result holds a {@link FileRef}, its bytes
 * are taken out of the store, to go with the result in the messages. The results themselves stay as they are.
 *
 * A reference counts only if the stored bytes are those that its `sha256` names, so that what merely looks like one in an
 * answer from outside opens nothing. The type is that which the bytes have, whatever was said of them, because a provider
 * refuses the whole request for a wrong one. What is missing, too large or of another type is passed over.
 */
export function showFiles(
  store: Pick<StorePort, "get">,
  { maxBytes = 3_500_000, maxFiles = 8 }: ShowFilesOptions = {},
): ShowFiles {
  return async (results) => {
    let left = maxFiles;
    const shown: ShownResult[] = [];
    for (const result of results) {
      const files: ShownFile[] = [];
      for (const reference of result.outcome === "executed" ? referencesIn(result.result) : []) {
        if (left === 0) break;
        const file = reference.size <= maxBytes ? await fetchFile(store, reference) : undefined;
        if (file === undefined) continue;
        files.push(file);
        left -= 1;
      }
      shown.push(files.length === 0 ? result : { ...result, files });
    }
    return shown;
  };
}

type VerifiableRef = Pick<FileRef, "fileRef" | "size"> & { readonly sha256: string };

/** The references in a result, each once, in their order. */
function referencesIn(result: unknown): readonly VerifiableRef[] {
  const found = new Map<string, VerifiableRef>();
  const open: unknown[] = [result];
  for (let count = 0; count < maxValues && open.length > 0; count += 1) {
    const value = open.pop();
    if (typeof value !== "object" || value === null || ArrayBuffer.isView(value)) continue;
    try {
      if (isReference(value)) found.set(value.fileRef, value);
      else open.push(...Object.values(value).slice(0, maxValues).toReversed());
    } catch {
      // A getter or proxy threw: there is nothing to find in it.
    }
  }
  return [...found.values()];
}

function isReference(value: object): value is VerifiableRef {
  const { fileRef, size, sha256: hash, mediaType } = value as Readonly<Record<string, unknown>>;
  const isNamed = typeof fileRef === "string" && typeof mediaType === "string";
  return isNamed && typeof size === "number" && typeof hash === "string";
}

async function fetchFile(
  store: Pick<StorePort, "get">,
  { fileRef, size, sha256: hash }: VerifiableRef,
): Promise<ShownFile | undefined> {
  const bytes = await read(store, fileRef);
  if (bytes === undefined || bytes.byteLength !== size || (await sha256(bytes)) !== hash) return undefined;
  const [mediaType] = beginnings.find(([, beginning]) => beginsWith(bytes, beginning)) ?? [];
  return mediaType === undefined ? undefined : { mediaType, data: toBase64(bytes) };
}

/** The call has run: a store that fails now must not lose its result. */
async function read(store: Pick<StorePort, "get">, fileRef: string): Promise<Uint8Array | undefined> {
  try {
    return (await store.get(fileRef))?.value;
  } catch {
    return undefined;
  }
}

function beginsWith(bytes: Uint8Array, beginning: readonly (number | undefined)[]): boolean {
  return beginning.every((byte, index) => byte === undefined || bytes[index] === byte);
}

function anyBytes(length: number): undefined[] {
  return Array.from({ length });
}
