import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";

const root = fileURLToPath(new URL("../../../", import.meta.url));
const [promised = ""] = readFileSync(`${root}SECURITY.md`, "utf8").split("\n## What cannot be promised\n");

/** The promises, by their number, and the tests that each names. */
const promises = promised
  .split(/^(?=\d+\. )/m)
  .slice(1)
  .map((text) => ({
    number: Number.parseInt(text, 10),
    tests: Array.from(text.matchAll(/^ +- `(?<file>[^`]+)` "(?<name>[^"]+)"$/gm), ({ groups }) => ({
      file: groups?.["file"] ?? "",
      name: groups?.["name"] ?? "",
    })),
  }));

describe("SECURITY.md", () => {
  test("numbers its promises, and names a test for each", () => {
    expect(promises.length).toBeGreaterThan(15);
    expect(promises.map(({ number }) => number)).toEqual(promises.map((_, index) => index + 1));
    expect(promises.filter(({ tests }) => tests.length === 0)).toEqual([]);
  });

  test("reads every line that names a test", () => {
    const lines = promised.match(/^ +- .*$/gm) ?? [];
    expect(promises.flatMap(({ tests }) => tests)).toHaveLength(lines.length);
  });

  test.each(promises.flatMap(({ number, tests }) => tests.map((one) => ({ number, ...one }))))(
    "names a test that exists, for promise $number: $name",
    ({ file, name }) => {
      expect(existsSync(`${root}${file}`)).toBe(true);
      // As the first argument of what registers a test or a suite.
      const code = readFileSync(`${root}${file}`, "utf8").replaceAll(/\(\s+/g, "(");
      const registered = ['"', "`"].some((quote) => code.includes(`(${quote}${name}${quote}`));
      expect(registered).toBe(true);
    },
  );
});
