import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { estimateResultTokens, shapeResult } from "../src/results.ts";

const records = (count: number, words: number): object[] =>
  Array.from({ length: count }, (_, id) => ({
    id,
    name: `Item ${id}`,
    text: "free and equal ".repeat(words),
  }));
const words = (text: string): number => text.split(/\W+/).length;
const textOf = (view: unknown): string => (typeof view === "string" ? view : JSON.stringify(view));

test("leaves what fits as it is", () => {
  const result = { a: [1, { b: "text" }], c: null, d: new Date(0) };
  expect(shapeResult(result)).toEqual({ view: result, isWhole: true });
  expect(shapeResult(result).view).toBe(result);
});

test("keeps the structure, and counts what is missing where it is missing", () => {
  const result = { total: 1_000, items: records(1_000, 2), body: "x y ".repeat(5_000) };
  const { view, isWhole } = shapeResult(result, { tokens: 400 });
  expect(isWhole).toBe(false);
  expect(view).toEqual({
    total: 1_000,
    items: expect.arrayContaining([result.items[0], expect.stringMatching(/^… \d+ more of 1000 items$/)]),
    body: expect.stringMatching(/^x y .*… \d+ more characters$/),
  });
  const { items, body } = view as { items: unknown[]; body: string };
  const [, moreItems] = /… (\d+) more/.exec(String(items.at(-1))) ?? [];
  expect(items.length - 1 + Number(moreItems)).toBe(1_000);
  const [, kept = "", moreCharacters] = /^(.*)… (\d+) more/.exec(body) ?? [];
  expect(kept.length + Number(moreCharacters)).toBe(20_000);
});

test.each([
  { name: "a list of records", result: records(5_000, 3) },
  { name: "records with long texts", result: records(50, 2_000) },
  { name: "a long text", result: "free and equal ".repeat(10_000) },
  { name: "a long list of numbers", result: Array.from({ length: 20_000 }, (_, index) => index) },
  {
    name: "an object with thousands of members",
    result: Object.fromEntries(records(5_000, 1).map((item, index) => [`key ${index}`, item])),
  },
])("makes use of most of the budget for $name", ({ result }) => {
  for (const tokens of [500, 10_000]) {
    const cost = estimateResultTokens(textOf(shapeResult(result, { tokens }).view));
    expect(cost).toBeLessThanOrEqual(tokens);
    expect(cost).toBeGreaterThan(tokens * 0.75);
  }
});

const anything = fc.anything({
  maxDepth: 5,
  withBigInt: true,
  withDate: true,
  withMap: true,
  withTypedArray: true,
  withNullPrototype: true,
  withSparseArray: true,
  values: [
    fc.string({ unit: "binary", size: "large" }),
    fc.jsonValue(),
    fc.constant("__proto__"),
    fc.double(),
  ],
});

test("is within the budget and can be written as JSON, whatever the result", () => {
  fc.assert(
    fc.property(anything, fc.integer({ min: 50, max: 400 }), (result, tokens) => {
      const { view, isWhole } = shapeResult(result, { tokens });
      if (isWhole) return;
      const text = textOf(view);
      expect(estimateResultTokens(text)).toBeLessThanOrEqual(tokens);
      expect(typeof view === "string" || JSON.parse(text) !== undefined).toBe(true);
    }),
    { numRuns: 500 },
  );
});

test("goes by the model's own tokenizer where there is one", () => {
  const { view } = shapeResult(records(500, 3), { tokens: 100, countTokens: words });
  expect(words(textOf(view))).toBeLessThanOrEqual(100);
  expect(words(textOf(view))).toBeGreaterThan(75);
});

describe("survives", () => {
  test("a result that holds itself", () => {
    const result: Record<string, unknown> = {};
    result["self"] = result;
    expect(JSON.stringify(shapeResult(result, { tokens: 100 }).view)).toContain("…");
  });

  test("depth that would overflow the stack", () => {
    let deep: unknown = 1;
    for (let level = 0; level < 50_000; level += 1) deep = [deep];
    expect(JSON.stringify(shapeResult(deep).view)).toContain("… list of 1 items");
  });

  test("bytes, big integers, and characters of two code units", () => {
    expect(shapeResult({ bytes: new Uint8Array(7), big: 9_007_199_254_740_993n }).view).toEqual({
      bytes: "… 7 bytes",
      big: "9007199254740993",
    });
    const { view } = shapeResult("👍".repeat(5_000), { tokens: 100 });
    expect(() => encodeURIComponent(String(view))).not.toThrow();
  });

  test("members of any name", () => {
    const result = JSON.parse(`{"__proto__": {"a": 1}, "…": "${"x ".repeat(2_000)}"}`) as object;
    const view = shapeResult(result, { tokens: 100 }).view as object;
    expect(Object.keys(view)).toEqual(["__proto__", "…"]);
    expect(Object.getPrototypeOf(view)).toBe(Object.prototype);
  });
});

test("never cuts the name of a file", () => {
  const file = { fileRef: `file-${crypto.randomUUID()}`, mediaType: "image/png", size: 1, source: "GET /a" };
  const { view } = shapeResult({ file, body: "x y ".repeat(5_000) }, { tokens: 150 });
  expect(view).toMatchObject({ file });
});
