import { spawnSync } from "node:child_process";
import { delimiter, join } from "node:path";
import process from "node:process";
import { fileURLToPath } from "node:url";
import type { ReadCall, Subject } from "./contenders.ts";

/** What the Python SDK ran of each answer, or why it was not compared. */
export type PythonReading =
  | { readonly calls: readonly (readonly ReadCall[])[]; readonly milliseconds: number }
  | { readonly missing: string };

const adapter = fileURLToPath(new URL("python-sdk.py", import.meta.url));

/**
 * Reads answers with the Python SDK, in a process of its own.
 *
 * @param checkout - Folder of its repository.
 * @param patience - Milliseconds after which it is stopped.
 */
export function readWithPythonSdk(
  checkout: string,
  subjects: readonly Pick<Subject, "answer" | "tools">[],
  patience: number,
): PythonReading {
  const { PYTHONPATH = "" } = process.env;
  const sources = [join(checkout, "packages", "core", "src"), PYTHONPATH].filter((path) => path !== "");
  const { error, status, stdout, stderr } = spawnSync("python3", [adapter], {
    input: JSON.stringify(subjects),
    env: { ...process.env, PYTHONPATH: sources.join(delimiter), PYTHONDONTWRITEBYTECODE: "1" },
    encoding: "utf8",
    timeout: patience,
    maxBuffer: 100_000_000,
  });
  if (codeOf(error) === "ETIMEDOUT") return { missing: `> ${patience}` };
  if (codeOf(error) === "ENOENT") return { missing: "no python3" };
  // The last line of a traceback says what is wrong: a dependency that is not installed.
  if (status !== 0) return { missing: stderr.trimEnd().split("\n").at(-1) ?? "" };
  return JSON.parse(stdout) as Exclude<PythonReading, { missing: string }>;
}

function codeOf(error: Error | undefined): unknown {
  return error !== undefined && "code" in error ? error.code : undefined;
}
