import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { readWithPythonSdk } from "../src/tool-calls/python-sdk.ts";

const checkout = fileURLToPath(new URL("fixtures/python-sdk", import.meta.url));
const tools = [{ name: "ping", description: "Ping.", parameters: [{ name: "n", description: "Any" }] }];
const subjects = [{ tool: "ping", arguments: { n: "é\ud800" } }, { tool: "pong", arguments: {} }, "ping"].map(
  (answer) => ({ answer, tools }),
);
const hasPython = spawnSync("python3", ["--version"]).status === 0;

describe("the Python SDK of a checkout", () => {
  test.skipIf(!hasPython)(
    "says which calls it runs of each answer (skipped because python3 is missing)",
    () => {
      const reading = readWithPythonSdk(checkout, subjects, 30_000);
      expect(reading).toEqual({
        calls: [[{ name: "ping", arguments: { n: "é\ud800" } }], [], []],
        milliseconds: expect.any(Number) as number,
      });
    },
  );

  test("that cannot be used is no fault of the comparison: it says why", () => {
    const reading = readWithPythonSdk(`${checkout}/nowhere`, subjects, 30_000);
    expect(reading).toEqual({ missing: expect.stringMatching(/\w/) as string });
  });
});
