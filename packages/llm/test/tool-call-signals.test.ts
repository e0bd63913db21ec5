import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { allGrammars } from "../src/grammars.ts";
import { isCompleteToolCall, mightBeToolCall } from "../src/stream.ts";
import { grammarWriters } from "./fixtures/grammar-writers.ts";

describe("while a text streams", () => {
  test.each([
    { given: "", might: false, complete: false },
    { given: "Rex is a dog.", might: false, complete: false },
    { given: "a < b", might: false, complete: false },
    { given: "a <", might: true, complete: false },
    { given: "<tool_ca", might: true, complete: false },
    { given: "<table>", might: false, complete: false },
    { given: "<tool_call>", might: true, complete: false },
    { given: `<tool_call>{"name":"x"}`, might: true, complete: false },
    { given: `<tool_call>{"name":"x"}</tool_call>`, might: true, complete: true },
    { given: "{", might: true, complete: false },
    { given: `{"to`, might: true, complete: false },
    { given: `{"tool": "x", "arguments": {"a": [1, `, might: true, complete: false },
    { given: `{"tool": "x", "arguments": {}}`, might: true, complete: true },
    { given: `{"tool": "x", "arguments": {}} {"to`, might: true, complete: false },
    { given: `{"temperature": 3`, might: false, complete: false },
    { given: `{"tool": 7, `, might: false, complete: false },
    { given: `{"tool": "x", "city": `, might: false, complete: false },
    { given: "[", might: true, complete: false },
    { given: `[{"tool":"x"},`, might: true, complete: false },
    { given: `[{"tool":"x"}]`, might: true, complete: true },
    { given: "[link](", might: false, complete: false },
    { given: "``", might: true, complete: false },
    { given: "```js", might: true, complete: false },
    { given: "```js\nlet x = {", might: false, complete: false },
    { given: "```json\n", might: true, complete: false },
    { given: `\`\`\`json\n{"tool":"x"}`, might: true, complete: true },
    { given: `<think>{"tool":"x"}`, might: false, complete: false },
  ])("$given: might be a call: $might, is complete: $complete", ({ given, might, complete }) => {
    expect(mightBeToolCall(given)).toBe(might);
    expect(isCompleteToolCall(given)).toBe(complete);
  });

  const call = fc
    .dictionary(fc.string(), fc.jsonValue({ maxDepth: 2 }), { maxKeys: 3 })
    .map((args) => ({ tool: "x", arguments: args }));
  const written = fc.oneof(
    call.map((one) => JSON.stringify(one)),
    call.map((one) => JSON.stringify(one, null, 2)),
    call.map((one) => `[${JSON.stringify(one)}, ${JSON.stringify(one)}]`),
    call.map((one) => `\`\`\`json\n${JSON.stringify(one)}\n\`\`\``),
    call.map((one) => `<tool_call>\n${JSON.stringify(one)}\n</tool_call>`),
  );

  test("not one character of a call is ever released, and the whole call is complete", () => {
    fc.assert(
      fc.property(fc.constantFrom("", "Let me see.\n", "So: "), written, (before, text) => {
        fc.pre(!/__proto__|constructor|prototype/.test(text));
        for (let length = 1; length <= text.length; length += 1)
          expect([length, mightBeToolCall(before + text.slice(0, length))]).toEqual([length, true]);
        expect(isCompleteToolCall(before + text)).toBe(true);
      }),
      { numRuns: 200 },
    );
  });
});

const example = [
  { name: "take", arguments: { text: "a\n{b}", count: 7 } },
  { name: "take", arguments: { text: "<c>", count: 8 } },
];

const signals = (text: string): readonly boolean[] => [
  mightBeToolCall(text, undefined, allGrammars),
  isCompleteToolCall(text, undefined, allGrammars),
];

describe.each(grammarWriters.filter(({ name }) => name !== "named XML"))("$name", ({ write, single }) => {
  test("is held back from its first character on, and is complete at its end", () => {
    const text = write(example.slice(0, 1));
    const prose = /^Thought: I need it\.\n/.exec(text)?.[0].length ?? 0;
    for (let length = prose + 1; length < text.length; length += 1)
      expect([length, signals(text.slice(0, length))[0]]).toEqual([length, true]);
    expect(signals(text)).toEqual([true, true]);
  });

  test("is not complete in the middle of its second call", () => {
    const text = write(example.slice(0, single === true ? 1 : 2));
    const cut = text.slice(0, text.lastIndexOf("count"));
    expect(signals(cut)).toEqual([true, false]);
  });
});
