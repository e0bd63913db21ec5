import childProcess, { ChildProcess } from "node:child_process";
import { Console } from "node:console";
import nodeCrypto from "node:crypto";
import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { syncBuiltinESMExports } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Writable } from "node:stream";
import type { Evidence } from "./evidence.ts";

/** A process under watch. */
export interface ProcessWatch {
  /** Fresh for this watch, and taken for the system's temporary folder by all that asks. */
  readonly folder: string;
  /** Ends the watch and puts everything back. */
  readonly end: () => Promise<void>;
}

/** By the variable that names it: one on POSIX, two on Windows. */
const folderVariables = ["TMPDIR", "TEMP", "TMP"] as const;
const synchronous = ["spawnSync", "execSync", "execFileSync"] as const;

/**
 * Watches what a driver could let out beside the contract: standard output and error, warnings, children and what they
 * inherit, the temporary folder, globals, the platform's own list of what was fetched. Random ids and marks are counted instead,
 * so that two runs have the same.
 */
export async function watchProcess(evidence: Evidence): Promise<ProcessWatch> {
  const folder = await mkdtemp(join(tmpdir(), "mcs-leaks-"));
  const endings = [
    watchStreams(evidence),
    watchWarnings(evidence),
    watchChildren(evidence),
    replaceFolders(folder),
    countIds(),
  ];
  const globals = new Set(Reflect.ownKeys(globalThis));
  performance.clearResourceTimings();
  return {
    folder,
    async end() {
      // Warnings are told at the next tick, output of the platform's own may come later still.
      await new Promise(setImmediate);
      for (const end of endings) end();
      evidence.add("resource timings");
      evidence.addData(
        "resource timings",
        performance.getEntriesByType("resource").map(({ name }) => name),
      );
      evidence.add("globals");
      const added = Reflect.ownKeys(globalThis).filter((key) => !globals.has(key));
      evidence.addData(
        "globals",
        Object.fromEntries(added.map((key) => [key, Reflect.get(globalThis, key)])),
      );
      evidence.add("temporary files", ...(await readFolder(folder)));
      await rm(folder, { recursive: true, force: true });
    },
  };
}

function watchStreams(evidence: Evidence): () => void {
  const endings = (["stdout", "stderr"] as const).map((name) => {
    evidence.add(name);
    return replace(process[name], "write", (chunk: unknown, ...rest: unknown[]) => {
      evidence.addData(name, chunk);
      const done = rest.at(-1);
      if (typeof done === "function") queueMicrotask(done as () => void);
      return true;
    });
  });
  const stream = (name: "stdout" | "stderr"): Writable =>
    new Writable({
      write(chunk, _encoding, done) {
        evidence.addData(name, chunk);
        done();
      },
    });
  const { console } = globalThis;
  globalThis.console = new Console({ stdout: stream("stdout"), stderr: stream("stderr") });
  return () => {
    globalThis.console = console;
    for (const end of endings) end();
  };
}

function watchWarnings(evidence: Evidence): () => void {
  evidence.add("process warnings");
  const record = (warning: Error): void => evidence.addData("process warnings", warning);
  process.on("warning", record);
  return () => void process.off("warning", record);
}

/** What a child is started with is searched before it starts: program, arguments, environment. */
function watchChildren(evidence: Evidence): () => void {
  evidence.add("child processes");
  const prototype = ChildProcess.prototype as unknown as Record<"spawn", (options: object) => unknown>;
  const spawn = prototype["spawn"];
  const endings = [
    replace(prototype, "spawn", function record(this: unknown, options: object) {
      evidence.addData("child processes", options);
      return Reflect.apply(spawn, this, [options]);
    }),
    ...synchronous.map((name) => {
      const run = childProcess[name] as (...args: unknown[]) => unknown;
      return replace(childProcess as unknown as Record<string, unknown>, name, (...args: unknown[]) => {
        evidence.addData("child processes", args);
        const options = args.find((arg) => typeof arg === "object" && arg !== null && "env" in arg);
        if (options === undefined) evidence.addData("child processes", { ...process.env });
        return run(...args);
      });
    }),
  ];
  syncBuiltinESMExports();
  return () => {
    for (const end of endings) end();
    syncBuiltinESMExports();
  };
}

function replaceFolders(folder: string): () => void {
  const before = folderVariables.map((name) => [name, process.env[name]] as const);
  for (const name of folderVariables) process.env[name] = folder;
  return () => {
    for (const [name, value] of before) {
      if (value === undefined) delete process.env[name];
      else process.env[name] = value;
    }
  };
}

function countIds(): () => void {
  let count = 0;
  const next = (): ReturnType<typeof nodeCrypto.randomUUID> => {
    count += 1;
    return `00000000-0000-4000-8000-${String(count).padStart(12, "0")}`;
  };
  const fill = <Bytes extends ArrayBufferView | null>(bytes: Bytes): Bytes => {
    if (bytes === null) return bytes;
    count += 1;
    new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength).fill(count);
    return bytes;
  };
  const endings = [
    replace(globalThis.crypto, "randomUUID", next),
    replace(globalThis.crypto, "getRandomValues", fill),
    replace(nodeCrypto, "randomUUID", next),
  ];
  syncBuiltinESMExports();
  return () => {
    for (const end of endings) end();
    syncBuiltinESMExports();
  };
}

function replace<Owner extends object, Key extends keyof Owner>(
  owner: Owner,
  key: Key,
  value: Owner[Key],
): () => void {
  const before = Object.getOwnPropertyDescriptor(owner, key);
  Object.defineProperty(owner, key, { value, configurable: true, writable: true });
  return () => {
    if (before === undefined) Reflect.deleteProperty(owner, key);
    else Object.defineProperty(owner, key, before);
  };
}

async function readFolder(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const texts = await Promise.all(
    entries.map(async (entry) => {
      const path = join(entry.parentPath, entry.name);
      const name = path.slice(folder.length + 1);
      return entry.isFile() ? [name, (await readFile(path)).toString("latin1")] : [name];
    }),
  );
  return texts.flat();
}
