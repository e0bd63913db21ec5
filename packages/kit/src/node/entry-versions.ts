import { link, mkdir, readdir, rename, rmdir, stat, unlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { ignoreAbsent, readEntryFile, writeEntryFile, type EntryFile, type EntryHead } from "./entry-file.ts";

/** The newest state of a key: a value, or that it was deleted. */
export interface Newest extends EntryFile {
  /** Counts the states of a key, from 1. */
  readonly count: number;
  /** Of all states that were there. */
  readonly counts: readonly number[];
  /** Milliseconds since the epoch. */
  readonly seenAt: number;
}

/** How often is looked again while other processes exchange what is looked at. */
const mostTries = 100;

/**
 * Milliseconds for which the number of a state stays taken after the next one was made: nobody may take longer from looking
 * at the newest state to making the next.
 */
const takenMs = 60_000;

/**
 * The states of one key: files with ascending numbers in a folder, of which the highest counts. A state is made by linking a
 * finished file to the next number. That happens at once and for one process only, so that compare-and-swap needs no lock,
 * and a process that dies leaves none behind. What is over is emptied at once, and its number is free a minute later.
 */
export class EntryVersions {
  readonly #folder: string;

  constructor(folder: string) {
    this.#folder = folder;
  }

  /** @param most - Bytes of the value; `0`: only its head. */
  async newest(most: number): Promise<Newest | undefined> {
    for (let tries = 0; tries < mostTries; tries += 1) {
      const seenAt = Date.now();
      const counts = await this.#counts();
      const count = Math.max(0, ...counts);
      if (count === 0) return undefined;
      const file = await readEntryFile(this.#path(count), most);
      if (file !== undefined) return { ...file, count, counts, seenAt };
      if (Math.max(0, ...(await this.#counts())) === count) return undefined;
    }
    return undefined;
  }

  /**
   * Makes the state after another.
   *
   * @param previous - `undefined`: there was none.
   * @param scratch - Path for the file before it is finished, in the same file system.
   * @returns Whether it was made; `false` if somebody else was faster.
   */
  async advance(
    previous: Newest | undefined,
    head: EntryHead,
    value: Uint8Array,
    scratch: string,
  ): Promise<boolean> {
    const { count: last = 0, counts: known = [], seenAt = Date.now() } = previous ?? {};
    const count = last + 1;
    await mkdir(this.#folder, { recursive: true, mode: 0o700 });
    await writeEntryFile(scratch, head, value);
    try {
      await link(scratch, this.#path(count));
    } catch (error) {
      // ENOENT: the folder was forgotten meanwhile.
      if (["EEXIST", "ENOENT"].includes(String((error as NodeJS.ErrnoException).code))) return false;
      throw error;
    } finally {
      await unlink(scratch).catch(ignoreAbsent);
    }
    const now = await this.#counts();
    const later = now.filter((other) => other > count);
    const isLate = later.length > 0 && Date.now() - seenAt > takenMs / 2;
    // A key that is forgotten begins anew: of two who write at that very moment, one may count on from the old states.
    const isAnew = now.some((other) => other < count && !known.includes(other));
    if (isLate || isAnew || (later.length > 0 && !later.includes(count + 1))) {
      await this.#remove(count);
      return false;
    }
    for (const older of now.filter((other) => other < count)) await this.#end(older, scratch);
    return true;
  }

  /** Ends with a last state that says that there is no value. */
  async forget({ counts }: Newest): Promise<void> {
    await Promise.all(counts.map((count) => this.#remove(count)));
    await rmdir(this.#folder).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== "ENOTEMPTY" && error.code !== "EEXIST") ignoreAbsent(error);
    });
  }

  /** Whoever reads it at this moment goes on to read all of it. */
  async #end(count: number, scratch: string): Promise<void> {
    const path = this.#path(count);
    const { size, mtimeMs } = (await stat(path).catch(ignoreAbsent)) ?? { size: 0, mtimeMs: 0 };
    if (size > 0) {
      await writeFile(scratch, "", { flag: "wx", mode: 0o600 });
      await rename(scratch, path);
    } else if (mtimeMs < Date.now() - takenMs) await this.#remove(count);
  }

  async #remove(count: number): Promise<void> {
    await unlink(this.#path(count)).catch(ignoreAbsent);
  }

  #path(count: number): string {
    return join(this.#folder, String(count));
  }

  async #counts(): Promise<number[]> {
    const names = (await readdir(this.#folder).catch(ignoreAbsent)) ?? [];
    return names.filter((name) => /^\d{1,16}$/.test(name)).map(Number);
  }
}
