import { execFile } from "node:child_process";
import process from "node:process";
import { promisify } from "node:util";
import type { Benchmark } from "./benchmark.ts";

const run = promisify(execFile);

/** A Node process that imports something and ends: what is more than Node alone is the time of the import. */
const importing =
  (...names: readonly string[]) =>
  (): Promise<unknown> => {
    const program = names.map((name) => `await import(${JSON.stringify(name)});`).join("");
    return run(process.execPath, ["--input-type=module", "--eval", program], { cwd: import.meta.dirname });
  };

export default async function importTime(): Promise<Benchmark> {
  return {
    name: "Import: a process that imports and ends",
    contenders: {
      "Node alone": importing(),
      "@mcs/llm": importing("@mcs/llm"),
      "@mcs/llm, all of it": importing(
        ...["", "/dialects", "/formats", "/grammars", "/prompts", "/strategies"].map(
          (path) => `@mcs/llm${path}`,
        ),
        ...["/stream", "/toml", "/validate"].map((path) => `@mcs/llm${path}`),
      ),
      "@ai-sdk-tool/parser": importing("@ai-sdk-tool/parser"),
    },
  };
}
