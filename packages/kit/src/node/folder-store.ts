import { createHash, randomUUID } from "node:crypto";
import { mkdirSync, statSync } from "node:fs";
import { readdir, stat, unlink } from "node:fs/promises";
import { join } from "node:path";
import { MCSError, type ClockPort, type StoreEntry, type StorePort } from "@mcs/core";
import { headLength, ignoreAbsent } from "./entry-file.ts";
import { EntryVersions, type Newest } from "./entry-versions.ts";

/** Where a {@link folderStore} keeps its entries, and how much. */
export interface FolderStoreOptions {
  /** A folder for this store alone; made if need be, for its owner only. */
  readonly folder: string;
  /** Bytes of one value. Default 64 MB. */
  readonly maxValueBytes?: number;
  /** Bytes of all values together, about. Default 1 GB. What is over it is refused: nothing is dropped. */
  readonly maxBytes?: number;
  /** Default: the system's. */
  readonly clock?: ClockPort;
}

const longestKey = 1_000;
const mostTries = 100;
/** Milliseconds after which nobody can be in the middle of anything that is left behind. */
const abandonedMs = 3_600_000;
/** Writes after which what is over is cleared away. */
const writesPerSweep = 200;
const nothing = new Uint8Array();

/**
 * A {@link StorePort} in a folder, which several processes may use at once. Values are written whole or not at all, readable
 * by the owner only. File names are digests of keys, so that no name from outside reaches the file system. The file system
 * has to know hard links.
 *
 * @throws {MCSError} `MCS_INVALID_CONFIG` if the folder cannot be made, or others may write to it.
 */
export function folderStore(options: FolderStoreOptions): StorePort {
  const { folder, maxValueBytes = 64_000_000, maxBytes = 1_000_000_000, clock = Date } = options;
  prepare(folder);
  const entries = join(folder, "entries");
  const scratchPath = (): string => join(folder, `new-${randomUUID()}`);
  const versionsOf = (key: string): EntryVersions => new EntryVersions(join(entries, digest(key)));
  let writes = 0;
  let bytes = 0;

  const isLiving = ({ head: { deleted, expiresAt } }: Newest): boolean =>
    deleted !== true && (expiresAt === undefined || expiresAt > clock.now());
  const living = async (versions: EntryVersions, most: number): Promise<Newest | undefined> => {
    const newest = await versions.newest(most);
    return newest !== undefined && isLiving(newest) ? newest : undefined;
  };

  /** Makes the next state of a key, over the version that is expected, or over whatever is there. */
  const advance = async (
    key: string,
    ifVersion: string | null | undefined,
    next: { readonly value: Uint8Array; readonly expiresAt?: number | undefined; readonly deleted?: true },
  ): Promise<{ readonly version: string; readonly existed: boolean }> => {
    const { value, expiresAt, deleted } = next;
    const versions = versionsOf(key);
    for (let tries = 0; tries < mostTries; tries += 1) {
      const newest = await versions.newest(0);
      const existed = newest !== undefined && isLiving(newest);
      const version = existed ? newest.head.version : null;
      if (ifVersion !== undefined && ifVersion !== version) throw conflict(key);
      if (deleted === true && !existed) return { version: "", existed };
      const head = {
        key,
        version: randomUUID(),
        ...(expiresAt !== undefined && { expiresAt }),
        ...(deleted !== undefined && { deleted }),
      };
      if (await versions.advance(newest, head, value, scratchPath())) {
        return { version: head.version, existed };
      }
    }
    throw conflict(key);
  };

  /** Removes what has expired, was deleted long ago or was left behind, and counts what there is. */
  const sweep = async (): Promise<void> => {
    bytes = 0;
    for (const name of await readdir(folder)) {
      const path = join(folder, name);
      if (name.startsWith("new-") && (await isAbandoned(path))) await unlink(path).catch(ignoreAbsent);
    }
    for (const name of await names(entries)) {
      const path = join(entries, name);
      const versions = new EntryVersions(path);
      const newest = await versions.newest(0);
      if (newest === undefined) continue;
      const file = join(path, String(newest.count));
      if (isLiving(newest)) {
        bytes += Math.max(0, ((await stat(file).catch(ignoreAbsent))?.size ?? 0) - headLength(newest.head));
      } else if (newest.head.deleted !== true) {
        const { key } = newest.head;
        await versions.advance(newest, { key, version: randomUUID(), deleted: true }, nothing, scratchPath());
      } else if (await isAbandoned(file)) await versions.forget(newest);
    }
  };

  return {
    get: (key) =>
      guarded(folder, async () => {
        const newest = await living(versionsOf(check(key)), maxValueBytes);
        return newest && toEntry(newest);
      }),

    put: (key, value, { ifVersion, expiresAt } = {}) =>
      guarded(folder, async () => {
        check(key);
        const size = value.byteLength;
        if (size > maxValueBytes)
          throw tooLarge(`${size} bytes are more than the ${maxValueBytes} of one value`);
        if (writes % writesPerSweep === 0 || bytes + size > maxBytes) await sweep();
        if (bytes + size > maxBytes) throw tooLarge(`${size} bytes more do not fit into ${maxBytes}`);
        writes += 1;
        const { version } = await advance(key, ifVersion, { value: value.slice(), expiresAt });
        bytes += size;
        return version;
      }),

    delete: (key, { ifVersion } = {}) =>
      guarded(folder, async () => {
        const { existed } = await advance(check(key), ifVersion, { value: nothing, deleted: true });
        return existed;
      }),

    async *list(prefix) {
      const keys = await guarded(folder, async () => {
        const found: string[] = [];
        for (const name of await names(entries)) {
          const newest = await living(new EntryVersions(join(entries, name)), 0);
          if (newest?.head.key.startsWith(prefix) === true) found.push(newest.head.key);
        }
        return found;
      });
      yield* keys.toSorted();
    },
  };
}

function prepare(folder: string): void {
  let mode = 0;
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    mode = statSync(folder).mode;
  } catch (cause) {
    throw new MCSError("MCS_INVALID_CONFIG", `The store's folder ${folder} cannot be made.`, { cause });
  }
  // Windows has other rights than these.
  if (globalThis.process.platform !== "win32" && (mode & 0o022) !== 0) {
    throw new MCSError(
      "MCS_INVALID_CONFIG",
      `Others may write to the store's folder ${folder}: chmod 700 it.`,
    );
  }
}

async function isAbandoned(path: string): Promise<boolean> {
  const { mtimeMs = Infinity } = (await stat(path).catch(ignoreAbsent)) ?? {};
  return mtimeMs < Date.now() - abandonedMs;
}

async function names(folder: string): Promise<readonly string[]> {
  const found = (await readdir(folder).catch(ignoreAbsent)) ?? [];
  return found.filter((name) => /^[\da-f]{64}$/.test(name));
}

function digest(key: string): string {
  return createHash("sha256").update(key).digest("hex");
}

function check(key: string): string {
  if (key.length <= longestKey) return key;
  throw tooLarge(`A key of ${key.length} characters is longer than ${longestKey}`);
}

function toEntry({ head: { version, expiresAt }, value }: Newest): StoreEntry {
  return { value, version, ...(expiresAt !== undefined && { expiresAt }) };
}

/** What the system says names paths: it goes to the log, not to whoever called. */
async function guarded<T>(folder: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (cause) {
    if (cause instanceof MCSError) throw cause;
    const reason = (cause as NodeJS.ErrnoException).code ?? "unknown reason";
    throw new MCSError("MCS_TRANSPORT", `The store in ${folder} cannot be used: ${reason}.`, { cause });
  }
}

function conflict(key: string): MCSError {
  return new MCSError("MCS_CONFLICT", `The stored value of "${key}" has changed.`);
}

function tooLarge(reason: string): MCSError {
  return new MCSError("MCS_TOO_LARGE", `${reason}.`, { effect: "none" });
}
