import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { readToolCalls, toMessages, toRetryMessages, type LlmFormat } from "../src/index.ts";
import { isCompleteToolCall, mightBeToolCall } from "../src/stream.ts";
import { validateArguments } from "../src/validate.ts";
import { functionCall, message, read, readCalls } from "./fixtures/answers.ts";
import { petTools } from "./fixtures/pet-tools.ts";

const options = { tools: petTools, otherTools: ["send_mail"], validate: validateArguments };

const boom = (): never => {
  throw new Error("boom");
};
const cyclic: Record<string, unknown> = {};
cyclic["self"] = cyclic;
const revoked = Proxy.revocable({}, {});
revoked.revoke();

describe("never throws", () => {
  test.each<{ name: string; given: unknown; want: string }>([
    {
      name: "a throwing getter for the calls",
      given: {
        get tool_calls() {
          return boom();
        },
      },
      want: "failed",
    },
    {
      name: "a throwing getter for the content",
      given: {
        get content() {
          return boom();
        },
      },
      want: "failed",
    },
    {
      name: "a throwing getter in a call",
      given: message([
        {
          get function() {
            return boom();
          },
        },
      ]),
      want: "failed",
    },
    {
      name: "a throwing getter in arguments",
      given: message([
        functionCall("a", "ping", {
          get q() {
            return boom();
          },
        }),
      ]),
      want: "calls",
    },
    { name: "a revoked proxy", given: revoked.proxy, want: "failed" },
    {
      name: "a revoked proxy as arguments",
      given: message([functionCall("a", "ping", revoked.proxy)]),
      want: "calls",
    },
    { name: "an object that contains itself", given: cyclic, want: "none" },
    {
      name: "arguments that contain themselves",
      given: message([functionCall("a", "ping", cyclic)]),
      want: "calls",
    },
    { name: "null", given: null, want: "none" },
    { name: "undefined", given: undefined, want: "none" },
    { name: "a number", given: 7, want: "none" },
    { name: "a function", given: boom, want: "none" },
    { name: "a list of calls that is no list", given: { tool_calls: { length: 1e9 } }, want: "none" },
    { name: "choices that are no list", given: { choices: "abc" }, want: "none" },
  ])("$name", ({ given, want }) => {
    const answer = given as object;
    expect(readToolCalls(answer, options).kind).toBe(want);
    expect(() => toMessages(answer, [])).not.toThrow();
    expect(toRetryMessages(answer, "again")).toHaveLength(2);
  });

  test.each([
    { name: "an answer of 10 MB", given: "x".repeat(10_000_000), want: "failed" },
    { name: "a content of 10 MB", given: { content: "x".repeat(10_000_000) }, want: "failed" },
    { name: "100,000 open brackets", given: "[".repeat(100_000), want: "none" },
    { name: "100,000 levels", given: `${"[".repeat(100_000)}${"]".repeat(100_000)}`, want: "none" },
    { name: "100,000 open objects", given: `{"a":`.repeat(100_000), want: "none" },
    { name: "60,000 open calls", given: `{"tool":"ping","arguments":`.repeat(60_000), want: "calls" },
    { name: "100,000 markers", given: "<tool_call>".repeat(100_000), want: "none" },
    { name: "100,000 open fences", given: "```json\n".repeat(100_000), want: "none" },
    { name: "100,000 lone braces", given: "{ a\n".repeat(100_000), want: "none" },
    { name: "a million backslashes and quotes", given: String.raw`{"\"`.repeat(250_000), want: "none" },
    {
      name: "a string of a million characters",
      given: `{"tool":"ping","arguments":{"q":"${"\\n".repeat(500_000)}"}}`,
      want: "calls",
    },
    { name: "100,000 calls", given: `{"tool":"ping"}`.repeat(100_000), want: "calls" },
    {
      name: "a number of a million digits",
      given: `{"tool":"ping","arguments":{"n":${"9".repeat(1_000_000)}}}`,
      want: "calls",
    },
  ])("$name, and takes linear time", ({ given, want }) => {
    expect(read(given).kind).toBe(want);
  });

  test("arguments that are nested too deeply, or never end", () => {
    let deep: unknown = 1;
    for (let level = 0; level < 100_000; level += 1) deep = { deep };
    const endless: object = new Proxy(
      {},
      {
        ownKeys: () => ["a", "b"],
        getOwnPropertyDescriptor: () => ({ configurable: true, enumerable: true, value: endless }),
        get: () => endless,
      },
    );
    for (const args of [{ deep }, { endless }])
      expect(readCalls(message([functionCall("a", "ping", args)])).failures).toHaveLength(1);
  });

  const fragments = fc.constantFrom(
    "{",
    "}",
    "[",
    "]",
    '"',
    "\\",
    ":",
    ",",
    "`",
    "\n",
    " ",
    "null",
    "1e5",
    "\ud800",
    "\u0000",
    "é",
    "```json\n",
    "\n```\n",
    "> ",
    "// ",
    "<tool_call>",
    "</tool_call>",
    "<think>",
    "</think>",
    "<tool_result ",
    `"tool"`,
    `"name"`,
    `"arguments"`,
    `"ping"`,
    `"get_pet"`,
    `{"tool":"ping"}`,
    `{"tool":"get_pet","arguments":{"petId":7}}`,
  );
  const anyText = fc.oneof(
    fc.string({ unit: "binary", maxLength: 200 }),
    fc.array(fragments, { maxLength: 40 }).map((parts) => parts.join("")),
  );

  test("any text, and each call and failure it finds can be told apart", () => {
    fc.assert(
      fc.property(anyText, fc.boolean(), (text, cutOff) => {
        const reading = readToolCalls(text, { ...options, cutOff });
        mightBeToolCall(text);
        isCompleteToolCall(text);
        if (reading.kind !== "calls") return;
        const ids = [...reading.calls, ...reading.failures].map(({ id }) => id);
        expect(new Set(ids).size).toBe(ids.length);
        expect(reading.ids.toSorted()).toEqual(ids.toSorted());
        expect(ids.length).toBeGreaterThan(0);
        toMessages(text, [], reading.format);
      }),
      { numRuns: 2000 },
    );
  });

  test("any object", () => {
    const anyCall = fc.oneof(
      fc.anything(),
      fc.record({ id: fc.anything(), type: fc.anything(), function: fc.anything() }),
      anyText.map((args) => functionCall("a", "ping", args)),
    );
    const anyAnswer = fc.oneof(
      fc.object({ withNullPrototype: true, withMap: true }),
      fc.record({
        content: fc.oneof(anyText, fc.anything()),
        tool_calls: fc.oneof(fc.anything(), fc.array(anyCall)),
      }),
    );
    fc.assert(
      fc.property(
        anyAnswer,
        fc.constantFrom<LlmFormat | undefined>(undefined, "openai", "text"),
        (answer, format) => {
          const reading = readToolCalls(answer, { ...options, ...(format !== undefined && { format }) });
          toMessages(answer, [{ name: "ping", outcome: "executed", result: answer }], format);
          toRetryMessages(answer, "again", format);
          expect(["none", "calls", "failed"]).toContain(reading.kind);
        },
      ),
      { numRuns: 1000 },
    );
  });
});

describe("of more than a thousand calls the first thousand count,", () => {
  const times = 1005;

  test("and those in a text that are left fail together", () => {
    const { calls, failures, ids } = readCalls('{"tool":"ping"}\n'.repeat(times));
    expect([calls.length, failures.length, ids.length]).toEqual([1000, 1, 1001]);
    expect(failures[0]).toMatchObject({ name: "ping", detail: expect.stringContaining("1005") });
  });

  test("and those of a message that are left fail each for itself, because each has to be answered", () => {
    const many = message(
      Array.from({ length: times }, (_, index) => functionCall(`c${index}`, "ping", "{}")),
    );
    const { calls, failures } = readCalls(many);
    expect([calls.length, failures.length]).toEqual([1000, 5]);
    expect(failures.at(-1)?.id).toBe("c1004");
  });
});

test("an unknown format is the program's mistake, whatever the answer is", () => {
  for (const act of [
    () => read("hi", { format: "gemini" }),
    () => toMessages("hi", [], "gemini"),
    () => toRetryMessages("hi", "again", "toString"),
  ])
    expect(act).toThrow(expect.objectContaining({ code: "MCS_UNSUPPORTED" }) as Error);
});
