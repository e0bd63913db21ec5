import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { allFormats } from "../src/formats.ts";
import { allGrammars } from "../src/grammars.ts";
import { readToolCalls, type ReadOptions } from "../src/index.ts";
import { createToolCallStream, type StreamedReading } from "../src/stream.ts";
import { validateArguments } from "../src/validate.ts";
import { readCorpus, readToolSets } from "./corpus/read-corpus.ts";
import { grammarWriters } from "./fixtures/grammar-writers.ts";
import { petTools } from "./fixtures/pet-tools.ts";
import { streamWriters } from "./fixtures/stream-events.ts";

const all = { grammars: allGrammars, formats: allFormats, validate: validateArguments };
const pets: ReadOptions = { tools: petTools, ...all };

interface Streamed extends StreamedReading {
  /** What was shown, the rest at the end included. */
  readonly shown: string;
  /** What was shown before the end. */
  readonly early: string;
}

function stream(pieces: readonly (string | object)[], options: ReadOptions): Streamed {
  const reader = createToolCallStream(options);
  const early = pieces.map((piece) => reader.push(piece)).join("");
  const end = reader.end();
  return { ...end, early, shown: early + end.text };
}

const byCharacter = (text: string): string[] => text.split("");
const inTwo = (text: string, at: number): string[] => [text.slice(0, at), text.slice(at)];
const inSteps = (text: string, size: number): string[] =>
  Array.from({ length: Math.ceil(text.length / size) }, (_, index) =>
    text.slice(index * size, (index + 1) * size),
  );

describe("text", () => {
  const call = `{"tool":"get_pet","arguments":{"petId":7}}`;

  test.each([
    { name: "prose is shown as it comes", given: "Rex is a dog.", early: "Rex is a dog." },
    { name: "a call never is", given: `Look:\n${call}`, early: "Look:" },
    { name: "prose behind a call is", given: `Look:\n${call}\nDone. Now`, early: "Look:\n\nDone. Now" },
    {
      name: "what only begins like a call is, once it is none",
      given: `{"temperature": 3} is cold`,
      early: `{"temperature": 3} is cold`,
    },
    { name: "reasoning never is", given: `<think>hm</think>Rex.`, early: "Rex." },
    {
      name: "a repeated result never is",
      given: `<tool_response>${call}</tool_response>Rex.`,
      early: "Rex.",
    },
    { name: "code is", given: "```js\nlet x = {};\n```\nSee?", early: "```js\nlet x = {};\n```\nSee?" },
    {
      name: "a lone bracket does not stop it",
      given: "a { in prose, and more",
      early: "a { in prose, and more",
    },
    { name: "end tokens never are", given: "Rex.<|im_end|>\n", early: "Rex." },
    {
      name: "a mark that is only mentioned is",
      given: "I use <tool_call> tags now.",
      early: "I use <tool_call> tags now.",
    },
  ])("$name", ({ given, early }) => {
    expect(stream(byCharacter(given), pets).early).toBe(early);
    expect(stream([given, ""], pets).early).toBe(early);
  });

  test.each([
    '<tool_call>\n{"name": "ping", "arguments": {"q": "the "big", red one"}}\n</tool_call> and "more"',
    '```\n<tool_call>{"name": "ping", "arguments": {"q": "the "big", red one"}}</tool_call> Then "this".',
    'He wrote "<|channel|>final<|message|>It will rain.<|return|>',
    "/* <|channel|>commentary<|message|>I look.<|end|>",
  ])("what later text decides is held back: %j", (given) => {
    const { reading, shown } = stream([given], pets);
    expect(stream(byCharacter(given), pets)).toMatchObject({ reading, shown });
  });

  test("the rest comes at the end", () => {
    expect(stream(byCharacter("a <"), pets)).toMatchObject({ early: "a", text: " <" });
    expect(stream(byCharacter("see {"), pets).shown).toBe("see {");
  });
});

/** Where a closing mark alone says that what came before was reasoning, that was shown already. */
const closesReasoning =
  /<\/(?:seed:)?think(?:ing)?>|\[\/THINK\]|<\|END_THINKING\|>|<channel\|>|<\|close\|>think/;

/** What the whole answer says: its reading, and its prose. */
function wanted(answer: string, options: ReadOptions): object {
  const reading = readToolCalls(answer, options);
  const isPlain = reading.kind === "calls" && !closesReasoning.test(answer);
  return { reading, shown: isPlain ? reading.text : stream([answer], options).shown };
}

function streamed(pieces: readonly string[], options: ReadOptions): object {
  const { reading, shown } = stream(pieces, options);
  return { reading, shown };
}

const toolSets = readToolSets();
const corpus = readCorpus();

describe.each(corpus)("the corpus: $name", ({ entries }) => {
  const texts = entries.flatMap((entry) =>
    typeof entry.answer === "string"
      ? [
          {
            answer: entry.answer,
            options: { ...all, tools: toolSets[entry.tools] ?? [], cutOff: entry.cutOff === true },
          },
        ]
      : [],
  );
  test("reads the same however a text is cut into pieces, and shows no character of a call", () => {
    for (const { answer, options } of texts) {
      const want = wanted(answer, options);
      const step = Math.max(1, Math.floor(answer.length / 40));
      const starts = Array.from({ length: 40 }, (_, index) => 1 + index * step);
      const cuts =
        answer.length > 5000
          ? [inSteps(answer, 97)]
          : [byCharacter(answer), ...starts.map((at) => inTwo(answer, at))];
      for (const pieces of cuts) expect(streamed(pieces, options)).toEqual(want);
    }
  });
});

const tools = [
  {
    name: "take",
    description: "Takes.",
    parameters: [
      { name: "text", description: "", schema: { type: "string" } },
      { name: "count", description: "", schema: { type: "integer" } },
    ],
  },
] as const;

describe("every grammar", () => {
  const anyText = fc.oneof(
    fc.string(),
    fc
      .array(
        fc.constantFrom(
          "{",
          "}",
          "[",
          "]",
          '"',
          "`",
          "```\n",
          "\n",
          " ",
          "<",
          "<think>",
          "</think>",
          "> ",
          "# ",
          "Action:",
          "a",
          "é",
        ),
        { maxLength: 12 },
      )
      .map((parts) => parts.join("")),
  );
  test.each(grammarWriters)("$name reads the same however it is cut into pieces", ({ write, single }) => {
    fc.assert(
      fc.property(
        anyText,
        fc.string(),
        fc.string(),
        fc.nat(),
        anyText,
        fc.integer({ min: 1, max: 30 }),
        (before, one, two, count, after, size) => {
          const list = [
            { name: "take", arguments: { text: one, count } },
            { name: "take", arguments: { text: two, count } },
          ];
          const answer = `${before}${write(list.slice(0, single ? 1 : 2))}${after}`;
          const options = { ...all, tools };
          const want = wanted(answer, options);
          expect(streamed(inSteps(answer, size), options)).toEqual(want);
          expect(streamed(byCharacter(answer), options)).toEqual(want);
        },
      ),
      { numRuns: 40 },
    );
  });
});

describe.each(streamWriters)("events of $name", ({ answer, events }) => {
  const calls = fc.array(
    fc.record({
      name: fc.constantFrom("take", "fly"),
      arguments: fc.record({ text: fc.string(), count: fc.nat() }, { requiredKeys: [] }),
    }),
    { maxLength: 3 },
  );
  test("give what the whole answer gives, however its parts are cut", () => {
    fc.assert(
      fc.property(
        fc.constantFrom("", "Let me see. ", "Rex!"),
        calls,
        fc.integer({ min: 1, max: 9 }),
        (text, made, size) => {
          const plain = { text, calls: made.map((call, index) => ({ id: `id_${index}`, ...call })) };
          const options: ReadOptions = { ...all, tools };
          const result = stream(
            events(plain, (part) => inSteps(part, size)),
            options,
          );
          expect(result.shown).toBe(text.trim());
          const reading = readToolCalls(answer(plain), options);
          // Without a call nothing but the text is left of some shapes.
          expect(result.reading).toEqual(made.length === 0 ? { kind: "none" } : reading);
          expect(readToolCalls(result.answer, options)).toEqual(result.reading);
        },
      ),
      { numRuns: 100 },
    );
  });

  test("never run a call that they do not finish", () => {
    const plain = { text: "", calls: [{ id: "a", name: "take", arguments: { text: "abc", count: 12 } }] };
    const list = events(plain, byCharacter);
    for (let length = 0; length < list.length; length += 1) {
      const { reading } = stream(list.slice(0, length), { ...all, tools });
      const ran = reading.kind === "calls" ? reading.calls.map((call) => call.arguments) : [];
      expect([[], [{ text: "abc", count: 12 }]]).toContainEqual(ran);
    }
  });
});

const boom = (): never => {
  throw new Error("boom");
};

const vertexPart = (functionCall: object): object => ({
  candidates: [{ content: { role: "model", parts: [{ functionCall }] } }],
});

describe("what providers stream besides", () => {
  test("arguments in pieces from Vertex", () => {
    const pieces = [
      vertexPart({ name: "take", willContinue: true }),
      vertexPart({
        partialArgs: [{ jsonPath: "$.text", stringValue: "ab", willContinue: true }],
        willContinue: true,
      }),
      vertexPart({
        partialArgs: [
          { jsonPath: "$.text", stringValue: "c" },
          { jsonPath: "$.count", numberValue: 3 },
        ],
        willContinue: true,
      }),
    ];
    expect(stream(pieces, { ...all, tools }).reading).toMatchObject({
      calls: [],
      failures: [{ name: "take" }],
    });
    expect(stream([...pieces, vertexPart({})], { ...all, tools }).reading).toMatchObject({
      calls: [{ name: "take", arguments: { text: "abc", count: 3 } }],
    });
    const evil = vertexPart({ name: "take", partialArgs: [{ jsonPath: "$.__proto__.x", numberValue: 1 }] });
    expect(stream([evil], { ...all, tools }).reading).toMatchObject({ calls: [] });
  });

  test("events that throw fail the answer, events of nobody say nothing", () => {
    const event = {
      get type() {
        return boom();
      },
    };
    expect(stream([event], pets).reading.kind).toBe("failed");
    expect(stream([{ ping: 1 }, [], { type: "ping" }], pets)).toMatchObject({
      reading: { kind: "none" },
      shown: "",
    });
  });

  test("thinking of Anthropic is kept for the provider and never shown", () => {
    const { answer, shown } = stream(
      [
        {
          type: "content_block_start",
          index: 0,
          content_block: { type: "thinking", thinking: "", signature: "" },
        },
        { type: "content_block_delta", index: 0, delta: { type: "thinking_delta", thinking: "hm" } },
        { type: "content_block_delta", index: 0, delta: { type: "signature_delta", signature: "s" } },
        { type: "content_block_stop", index: 0 },
      ],
      pets,
    );
    expect(shown).toBe("");
    expect(answer).toMatchObject({ content: [{ type: "thinking", thinking: "hm", signature: "s" }] });
  });
});

test("a call of a million characters in small pieces takes linear time", () => {
  const answer = `Look: {"tool":"get_pet","arguments":{"petId":7,"fields":["${"\\n".repeat(500_000)}"]}} and ${"more ".repeat(20_000)}`;
  expect(stream(inSteps(answer, 7), pets).shown.startsWith("Look:  and more")).toBe(true);
});
