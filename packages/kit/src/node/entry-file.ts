import { constants } from "node:fs";
import { open, unlink } from "node:fs/promises";

/** What stands in the first line of an entry's file, as JSON. */
export interface EntryHead {
  readonly key: string;
  readonly version: string;
  readonly expiresAt?: number;
  /** There is no value any more. */
  readonly deleted?: true;
}

/** An entry as its file holds it. */
export interface EntryFile {
  readonly head: EntryHead;
  readonly value: Uint8Array;
}

/** Bytes of the first line; keys are shorter. */
const longestHead = 8_192;
const lineBreak = 10;

/** Writes a new file that nobody else can read, down to the disk: a crash leaves all of it or none under its final name. */
export async function writeEntryFile(path: string, head: EntryHead, value: Uint8Array): Promise<void> {
  const file = await open(path, "wx", 0o600);
  try {
    await file.writeFile(Buffer.concat([headBytes(head), value]));
    await file.sync();
  } catch (error) {
    await unlink(path).catch(() => {});
    throw error;
  } finally {
    await file.close();
  }
}

/** Bytes before the value. */
export function headLength(head: EntryHead): number {
  return headBytes(head).length;
}

function headBytes(head: EntryHead): Buffer {
  return Buffer.from(`${JSON.stringify(head)}\n`);
}

/**
 * @param most - Bytes of the value that are read: `0` for the head alone.
 * @returns `undefined` if there is no such file, or it is none of ours.
 */
export async function readEntryFile(path: string, most: number): Promise<EntryFile | undefined> {
  // Not through a link: what is not ours must not be read as if it were.
  const file = await open(path, constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0)).catch(ignoreAbsent);
  if (file === undefined) return undefined;
  try {
    const { size } = await file.stat();
    const length = Math.min(size, longestHead + most);
    if (most > 0 && length < size) return undefined;
    const bytes = new Uint8Array(length);
    const { bytesRead } = await file.read(bytes, 0, length, 0);
    const end = bytes.indexOf(lineBreak);
    if (bytesRead < length || end < 0) return undefined;
    const head = parseHead(new TextDecoder().decode(bytes.subarray(0, end)));
    return head && { head, value: bytes.subarray(end + 1) };
  } finally {
    await file.close();
  }
}

function parseHead(line: string): EntryHead | undefined {
  try {
    const head = JSON.parse(line) as Partial<EntryHead>;
    return typeof head.key === "string" && typeof head.version === "string" ? (head as EntryHead) : undefined;
  } catch {
    return undefined;
  }
}

/** Other processes write here, too: what was there a moment ago may be gone. */
export function ignoreAbsent(error: NodeJS.ErrnoException): undefined {
  if (error.code === "ENOENT" || error.code === "ELOOP") return undefined;
  throw error;
}
