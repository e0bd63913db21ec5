import type { CallContext, FileRef, StorePort } from "@mcs/core";
import { sha256 } from "./sha256.ts";

/** What is known of a file beside its bytes. */
export type FileDescription = Pick<FileRef, "mediaType" | "source" | "name">;

/** Whose a file is, and how long it is kept. */
export interface StoreFileOptions extends Pick<CallContext, "principal"> {
  /** Milliseconds since the epoch. Default: it does not expire. */
  readonly expiresAt?: number;
}

/** What is stored beside the bytes, because a reference that comes back cannot be trusted to say it. */
interface StoredDescription extends FileRef {
  readonly principal?: string;
}

/** A file that came out of a store. */
export interface StoredFile {
  readonly reference: FileRef;
  readonly bytes: Uint8Array;
}

/**
 * Puts a file into a store and gives the reference by which it travels. Its name cannot be guessed, and {@link readFile}
 * gives it to the same principal only.
 */
export async function storeFile(
  store: StorePort,
  bytes: Uint8Array,
  description: FileDescription,
  { principal, expiresAt }: StoreFileOptions = {},
): Promise<FileRef> {
  const fileRef = `file-${globalThis.crypto.randomUUID()}`;
  const expiry = expiresAt === undefined ? {} : { expiresAt };
  const reference: FileRef = {
    fileRef,
    ...description,
    size: bytes.byteLength,
    sha256: await sha256(bytes),
  };
  const stored: StoredDescription = { ...reference, ...(principal !== undefined && { principal }) };
  await store.put(fileRef, bytes, expiry);
  await store.put(aboutKey(fileRef), new TextEncoder().encode(JSON.stringify(stored)), expiry);
  return reference;
}

/**
 * The file that {@link storeFile} put there for this principal.
 *
 * @returns `undefined` if there is none (any more): it says nothing of files of others.
 */
export async function readFile(
  store: Pick<StorePort, "get">,
  fileRef: string,
  principal?: string,
): Promise<StoredFile | undefined> {
  if (!/^file-[\da-f-]{36}$/.test(fileRef)) return undefined;
  const [file, about] = await Promise.all([store.get(fileRef), store.get(aboutKey(fileRef))]);
  if (file === undefined || about === undefined) return undefined;
  const stored = JSON.parse(new TextDecoder().decode(about.value)) as StoredDescription;
  const { principal: owner, ...reference } = stored;
  return owner === principal ? { reference, bytes: file.value } : undefined;
}

function aboutKey(fileRef: string): string {
  return `${fileRef}.json`;
}
