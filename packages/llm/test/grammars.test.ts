import type { Tool } from "@mcs/core";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { allGrammars } from "../src/grammars.ts";
import { readToolCalls, type ReadOptions, type ToolCallReading } from "../src/index.ts";
import { validateArguments } from "../src/validate.ts";
import { grammarWriters } from "./fixtures/grammar-writers.ts";

const paint: Tool = {
  name: "paint_wall",
  description: "Paints a wall.",
  parameters: [
    { name: "color", description: "Which", schema: { type: "string" } },
    { name: "coats", description: "How many", schema: { type: "integer" } },
    { name: "dry", description: "Wait", schema: { type: "boolean" } },
    { name: "note", description: "For people", schema: { type: ["string", "null"] } },
    { name: "rooms", description: "Where", schema: { type: "array", items: { type: "string" } } },
    { name: "options", description: "More", schema: { $ref: "#/$defs/Options" } },
  ],
  $defs: { Options: { type: "object", properties: { gloss: { type: "number" } } } },
};
const look: Tool = {
  name: "look_up",
  description: "Looks something up.",
  parameters: [{ name: "query", description: "What", required: true, schema: { type: "string" } }],
};
const ping: Tool = { name: "ping", description: "Is it there?", parameters: [] };
const tools = [paint, look, ping];

function read(answer: string, options: Partial<ReadOptions> = {}): ToolCallReading {
  return readToolCalls(answer, { tools, grammars: allGrammars, validate: validateArguments, ...options });
}

function calls(answer: string, options: Partial<ReadOptions> = {}): unknown {
  const reading = read(answer, options);
  if (reading.kind !== "calls") return reading;
  const { failures, healed } = reading;
  const found = reading.calls.map(({ name, arguments: args, known }) => ({ name, arguments: args, known }));
  return failures.length + healed.length === 0 ? found : { found, failures, healed };
}

const ochre = { name: "paint_wall", arguments: { color: "ochre", coats: 2 } };
const full = {
  name: "paint_wall",
  arguments: {
    color: "00451",
    coats: 3,
    dry: true,
    note: null,
    rooms: ["hall", "42"],
    options: { gloss: 0.5 },
  },
};
const pinged = { name: "ping", arguments: {} };
const known = (...list: readonly object[]): object[] => list.map((call) => ({ ...call, known: true }));

test.each([
  [
    "inline code that goes on in the next line",
    "Write `<function_calls>\nping()\n</function_calls>` for that.",
  ],
  ["the same without a mark", 'Write `{\n"tool": "ping", "arguments": {}}` for that.'],
  ["a comment", '/* <tool_call>{"name": "ping", "arguments": {}}</tool_call> */'],
  ["a result of ReAct that quotes an action", "Observation:\nAction: ping\nAction Input: {}"],
])("%s holds no call", (_name, text) => {
  expect(calls(text)).toMatchObject({ kind: "none" });
});

test("every grammar has a name of its own", () => {
  expect(new Set(allGrammars.map(({ name }) => name)).size).toBe(allGrammars.length);
});

describe.each(grammarWriters)("$name", ({ write, unmarked }) => {
  test("is read, with prose before it", () => {
    expect(calls(write([ochre]))).toEqual(known(ochre));
    expect(calls(`Let me see.\n\n${write([ochre])}`)).toEqual(known(ochre));
    const reading = read(`Let me see.\n\n${write([ochre])}`);
    expect(reading.kind === "calls" && reading.text).toMatch(/^Let me see\.(?:\n\nThought: I need it\.)?$/);
  });

  test("keeps values of every type", () => {
    expect(calls(write([full]))).toEqual(known(full));
  });

  test("is read without arguments", () => {
    expect(calls(write([pinged]))).toEqual(known(pinged));
  });

  test("is no call in reasoning, in inline code, in a block of code, in a quoted line, or in a repeated result", () => {
    const one = write([ochre]);
    const line = one.replaceAll("\n", " ");
    expect(calls(`<think>${one}</think> No.`)).toMatchObject({ kind: "none" });
    expect(calls(`<think>${one}`)).toMatchObject({ kind: "none" });
    expect(calls(`${one}\n</think>No.`)).toMatchObject({ kind: "none" });
    expect(calls(`Write \`\`${line.replaceAll("`", "")}\`\` for that.`)).toMatchObject({ kind: "none" });
    expect(calls(`Like this:\n\`\`\`\`text\n${one}\n\`\`\`\`\nDo you see?`)).toMatchObject({ kind: "none" });
    expect(calls(`> ${line}\n\nThat is it.`)).toMatchObject({ kind: "none" });
    expect(calls(`<tool_response>\n${one}\n</tool_response>\nDone.`)).toMatchObject({ kind: "none" });
  });

  test.each([
    ["a scratchpad", "<scratchpad>\n", "\n</scratchpad>\nNo."],
    ["an output", "<tool_output>\n", "\n</tool_output>\nDone."],
    ["a turn of the user's", "Done.<|im_end|>\n<|im_start|>user\n", "<|im_end|>"],
    ["a turn of a tool's", "<|start_header_id|>ipython<|end_header_id|>\n\n", "<|eot_id|>"],
    ["the end of an answer that goes on", "<start_of_turn>user\n", ""],
    ["what a tool gave to harmony", "<|start|>functions.look_up<|channel|>commentary<|message|>", "<|end|>"],
  ])("is no call in %s", (_name, before, after) => {
    expect(calls(before + write([ochre]).replaceAll("`", "") + after)).toMatchObject({ kind: "none" });
  });

  test("is never run where it is cut off, but before its own end", () => {
    const whole = write([full]);
    for (let length = 0; length < whole.length; length += 1) {
      const reading = read(whole.slice(0, length));
      if (reading.kind !== "calls") continue;
      const args = reading.calls.map((call) => ({ name: call.name, arguments: call.arguments }));
      expect([[], [full]]).toContainEqual(args);
    }
  });

  const unknownCall = { name: "fly", arguments: { to: "Mars" } };
  test(`calls an unknown tool: ${String(unmarked !== true)}`, () => {
    const want = unmarked === true ? { kind: "none" } : [{ ...unknownCall, known: false }];
    expect(calls(write([unknownCall]))).toEqual(want);
  });
});

test.each(grammarWriters.filter(({ single }) => single !== true))(
  "$name is read several times in one answer",
  ({ write }) => {
    expect(calls(write([ochre, pinged, full]))).toEqual(known(ochre, pinged, full));
  },
);

describe("every string comes back byte by byte", () => {
  const nasty = fc.constantFrom(
    "</tool_call>",
    "```",
    "<think>",
    "</think>",
    '{"tool":"ping"}',
    '"}}',
    "\n```\n",
    "\\",
    "'",
    "')]",
    "]",
    "</parameter>",
    "</function>",
    "</arg_value>",
    "<|call|>",
    "Observation:",
    "\n",
    "  ",
    "</invoke>",
    "<tool_call>",
    "[TOOL_CALLS]",
    "00451",
    "null",
    "True",
    "</color>",
    "<|tool_call_end|>",
    "é 漢 🐕",
    "\u2028",
    "\t",
  );
  const anyString = fc.oneof(
    fc.string({ unit: "binary" }),
    fc.array(fc.oneof(nasty, fc.string()), { maxLength: 4 }).map((parts) => parts.join("")),
  );
  test.each(grammarWriters)("$name", ({ write, values, reserved, single }) => {
    fc.assert(
      fc.property(
        anyString,
        anyString,
        fc.maxSafeInteger(),
        fc.array(anyString, { maxLength: 3 }),
        (color, query, coats, rooms) => {
          if (reserved !== undefined) fc.pre(!reserved.test(color + query + rooms.join("")));
          // Text between tags cannot hold what ends it, nor begin where the template puts white space.
          const isRaw = values === "text" || values === "typed-text";
          if (isRaw) fc.pre(!/<\/|<\||<arg|\r/.test(color + query + rooms.join("")) && color !== "");
          if (values === "gemma") fc.pre(!/<\||<e/.test(color + query + rooms.join("")));
          const list = [
            { name: "paint_wall", arguments: { color, coats, rooms } },
            { name: "look_up", arguments: { query } },
          ].slice(0, single ? 1 : 2);
          expect(calls(write(list))).toStrictEqual(known(...list));
        },
      ),
      { numRuns: 100 },
    );
  });
});
