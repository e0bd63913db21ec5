import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { expect, test } from "vitest";

const main = fileURLToPath(new URL("../src/main.ts", import.meta.url));

test("every benchmark runs, and prints a line for each contender", { timeout: 120_000 }, async () => {
  const { stdout } = await promisify(execFile)(process.execPath, [main, "1"]);
  expect(stdout.match(/^ +[\d.]+ +[\d.]+× +\d+ {2}.+$/gm)).toHaveLength(21);
});
