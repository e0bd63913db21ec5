import { link, mkdir, open, readdir, readFile, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { MCSError, type StorePort } from "@mcs/core";
import { sha256 } from "../../src/sha256.ts";

/** Between which of a write's steps a process may die. */
export type WriteStep = "before" | "written" | "after";

/** A store in files, flushed before a write counts, for one process at a time. */
export function folderStore(folder: string, onStep: (step: WriteStep) => void): StorePort {
  const fileOf = (key: string): string => join(folder, key);

  const get: StorePort["get"] = async (key) => {
    const value = await readFile(fileOf(key)).catch(() => undefined);
    return value && { value, version: await sha256(value) };
  };
  return {
    get,
    async put(key, value, { ifVersion } = {}) {
      onStep("before");
      await mkdir(folder, { recursive: true });
      const found = (await get(key))?.version ?? null;
      if (ifVersion !== undefined && found !== ifVersion)
        throw new MCSError("MCS_CONFLICT", "It has changed.");
      const fresh = fileOf(`.${key}`);
      const file = await open(fresh, "w");
      await file.writeFile(value);
      await file.sync();
      await file.close();
      onStep("written");
      if (ifVersion === null) {
        await link(fresh, fileOf(key));
        await rm(fresh);
      } else await rename(fresh, fileOf(key));
      onStep("after");
      return sha256(value);
    },
    async delete(key) {
      return rm(fileOf(key)).then(
        () => true,
        () => false,
      );
    },
    async *list(prefix) {
      const names = await readdir(folder).catch(() => []);
      yield* names.filter((name) => name.startsWith(prefix)).toSorted();
    },
  };
}
