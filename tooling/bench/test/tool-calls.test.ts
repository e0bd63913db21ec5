import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { expect, test } from "vitest";

const main = fileURLToPath(new URL("../src/tool-calls/main.ts", import.meta.url));

test(
  "the comparison is one table, in which our reader runs no call that nobody made",
  {
    timeout: 120_000,
  },
  async () => {
    const { stdout } = await promisify(execFile)(process.execPath, [main, "2"], {
      env: { ...process.env, MCS_PYTHON_SDK: "" },
    });
    const [, , head = "", ...rows] = stdout.trimEnd().split("\n");
    expect(head.split(/ {2,}/)).toHaveLength(5);
    expect(rows.map((row) => row.split(/ {2,}/).length)).toEqual(rows.map(() => 5));
    expect(rows.find((row) => row.startsWith("calls nobody made"))).toMatch(/^calls nobody made +0 /);
  },
);
