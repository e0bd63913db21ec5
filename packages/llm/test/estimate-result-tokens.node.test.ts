import { readFileSync } from "node:fs";
import fc from "fast-check";
import { countTokens } from "gpt-tokenizer/encoding/o200k_base";
import { describe, expect, test } from "vitest";
import { estimateResultTokens } from "../src/results.ts";
import { languages } from "./languages.ts";

const ratio = (text: string): number => estimateResultTokens(text) / countTokens(text);
const file = (path: string): string => readFileSync(new URL(path, import.meta.url), "utf8");
const list = (count: number, make: (index: number) => unknown): string =>
  JSON.stringify(Array.from({ length: count }, (_, index) => make(index)));

/** Looks random, and is the same every time. */
const digits = (seed: number): string =>
  (BigInt(seed + 1) * 0x9e3779b97f4a7c15f39cc0605cedc835n).toString(16).slice(0, 32);
const base64 = (seed: number): string => Buffer.from(digits(seed), "hex").toString("base64");

describe("is at most 15 % too low, and at most three times too high", () => {
  test.each(Object.entries(languages))("for a text in %s", (_, text) => {
    expect(ratio(text.repeat(3))).toBeGreaterThan(0.85);
    expect(ratio(text.repeat(3))).toBeLessThan(3);
  });

  test.each([
    { name: "prose with tables", text: file("../README.md") },
    { name: "code", text: file("../src/to-messages.ts") },
    { name: "a manifest", text: file("../package.json") },
    { name: "numbers", text: list(500, (index) => index * 7_919) },
    { name: "measurements", text: list(500, (index) => Math.sin(index)) },
    {
      name: "records",
      text: list(200, (id) => ({
        id,
        name: `Item ${id}`,
        price: id * 1.25,
        active: id % 2 === 0,
        at: new Date(id * 1e10),
      })),
    },
    {
      name: "records indented",
      text: JSON.stringify(JSON.parse(list(100, (id) => ({ id, tags: ["a", "b"] }))), null, 2),
    },
    { name: "hexadecimal digests", text: list(200, digits) },
    { name: "base64", text: list(200, base64) },
    {
      name: "unbroken base64",
      text: Array.from({ length: 200 }, (_, index) => base64(index).slice(0, -2)).join(""),
    },
    { name: "links", text: list(200, (id) => `https://api.example.com/v2/repos/a/issues/${id}?page=${id}`) },
    {
      name: "HTML",
      text: '<div class="row"><a href="https://example.com/a?b=c&d=e">link</a></div>\n'.repeat(50),
    },
    { name: "escaped JSON", text: JSON.stringify(list(100, (id) => ({ id, name: 'a"b\\c' }))) },
    { name: "emoji", text: "😀🎉👍🏽👨‍👩‍👧🇩🇪❤️🚀✅".repeat(30) },
    { name: "frames", text: "│─┌┐└┘".repeat(100) },
  ])("for $name", ({ text }) => {
    expect(ratio(text)).toBeGreaterThan(0.85);
    expect(ratio(text)).toBeLessThan(3);
  });

  test("for random characters of ASCII", () => {
    fc.assert(
      fc.property(
        fc.string({ unit: "binary-ascii", minLength: 500, maxLength: 1_000 }),
        (text) => ratio(text) > 0.85,
      ),
    );
  });
});

test("is never less than two fifths of the truth, for random characters of all Unicode", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary", minLength: 500, maxLength: 1_000 }), (text) => ratio(text) > 0.4),
  );
});

test("counts nothing as nothing", () => {
  expect(estimateResultTokens("")).toBe(0);
});
