import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { allFormats } from "../src/formats.ts";
import { allGrammars } from "../src/grammars.ts";
import { readToolCalls } from "../src/index.ts";
import { validateArguments } from "../src/validate.ts";
import { readCorpus } from "./corpus/read-corpus.ts";
import { functionCall, message } from "./fixtures/answers.ts";
import { openWorkCounter, type WorkCounter } from "./fixtures/count-work.ts";
import { petTools } from "./fixtures/pet-tools.ts";

let counter: WorkCounter;
beforeAll(async () => {
  counter = await openWorkCounter();
});
afterAll(() => counter.close());

const characters = 6000;

function read(answer: string | object): void {
  readToolCalls(answer, {
    tools: petTools,
    formats: allFormats,
    grammars: allGrammars,
    validate: validateArguments,
  });
}

/** The work on a part that is repeated to a length, and to twice that. */
async function growthOf(write: (times: number) => string | object, times: number): Promise<number> {
  // Patterns and checks are compiled once; that is not part of the growth.
  read(write(2));
  const once = await counter.count(() => read(write(times)));
  const twice = await counter.count(() => read(write(times * 2)));
  expect(once).toBeGreaterThan(0);
  return twice / once;
}

const timesOf = (part: string): number => Math.ceil(characters / part.length);

function searchFromEverywhere(text: string): void {
  for (let at = 0; at < text.length; at += 1) text.indexOf("y", at);
}

test("work that grows faster than the text would be seen", async () => {
  const once = await counter.count(() => searchFromEverywhere("x".repeat(1000)));
  expect(await counter.count(() => searchFromEverywhere("x".repeat(2000)))).toBeGreaterThan(3 * once);
});

describe("twice the text takes at most three times the work:", () => {
  test.each([
    "x",
    "[",
    "{",
    `{"a":`,
    `{"tool":"ping","arguments":`,
    `{"tool":"ping","arguments":{'a': `,
    `{"tool":"ping","arguments":{"a": "b "c", `,
    `{"tool":"ping","arguments":{/*`,
    `{"tool":"ping"}`,
    `{"tool":"ping","arguments":{'a': True}}\n`,
    "{ a\n",
    '{"',
    String.raw`{"\"`,
    "```json\n",
    "`",
    "~~~\n",
    "<think>",
    "</think>",
    "<tool_result ",
    "\n> ",
    "Observation: ",
    ...new Set(allGrammars.flatMap(({ openers }) => openers)),
  ])("%j, repeated", async (part) => {
    expect(await growthOf((times) => part.repeat(times), timesOf(part))).toBeLessThanOrEqual(3);
  });

  const perFormat = new Map<string, { readonly id: string; readonly answer: string }[]>();
  for (const { id, format, answer } of readCorpus().flatMap(({ entries }) => entries)) {
    const found = perFormat.get(format) ?? [];
    if (typeof answer === "string" && answer.length > 1 && found.length < 3) found.push({ id, answer });
    perFormat.set(format, found);
  }
  const examples = [...perFormat.values()].flat();

  test.each(examples)("$id of the corpus, repeated", async ({ answer }) => {
    expect(await growthOf((times) => `${answer}\n`.repeat(times), timesOf(answer))).toBeLessThanOrEqual(3);
  });

  test.each(examples)("$id of the corpus without its end, repeated", async ({ answer }) => {
    const half = answer.slice(0, answer.length / 2);
    expect(await growthOf((times) => `${half}\n`.repeat(times), timesOf(half))).toBeLessThanOrEqual(3);
  });
});

describe("twice the arguments take at most three times the work:", () => {
  test.each([
    ["nested objects", `{"a":`, ""],
    ["nested arrays in single quotes", `{'a':[`, ""],
    ["doubled braces", `{{"a":`, ""],
    ["unescaped quotes", `"x" y `, `{"a": "`],
    ["quotes that may end", `"x", "y" `, `{"a": "`],
    ["quotes before long keys", `", "${"k".repeat(120)}`, `{"a": "`],
    ["comments", "/* x */ ", "{"],
    ["comments that never end", "/* ", "{"],
    ["line comments", "// x\n", "{"],
    ["commas", ",", "{"],
    ["missing commas", `'x' `, `{"a": [`],
    ["surplus closers", "}", `{"a": 1}`],
    ["surplus closers within", "]", `{"a": 1`],
    ["backslashes", "\\", `{'a': "`],
    ["digits", "9", `{'a': `],
    ["unquoted keys", "k", "{"],
    ["the same key", `"a": {}, `, "{"],
    ["members in single quotes", `'key': 'it's', `, "{"],
  ])("%s", async (_name, part, start) => {
    const write = (times: number): object => message([functionCall("a", "ping", start + part.repeat(times))]);
    expect(await growthOf(write, timesOf(part))).toBeLessThanOrEqual(3);
  });

  test("calls of one message", async () => {
    expect(await growthOf(manyCalls, 500)).toBeLessThanOrEqual(3);
  });
});

function manyCalls(times: number): object {
  return message(Array.from({ length: times }, () => functionCall("a", "ping", `{'a': 1`)));
}

/** A million characters in a quarter of a second leave six nanoseconds for each of so many steps. */
const maxSteps = 40;

describe("takes few steps for each character:", () => {
  test.each([
    ["opening brackets", "{", 100_000],
    ["angle brackets", "<", 100_000],
    ["bare calls", `{"tool":"ping"}\n`, 10_000],
    ["calls in Python", "[ping()]\n", 10_000],
    ["mended calls that do not fit", `{"tool":"get_pet","arguments":{'petId': 'x'}}\n`, 10_000],
  ])("%s", async (_name, part, times) => {
    read(part.repeat(2));
    const text = part.repeat(times);
    expect(await counter.count(() => read(text))).toBeLessThan(text.length * maxSteps);
  });
});
