import type { Subject } from "./contenders.ts";

const length = 1_000_000;
const repeat = (part: string): string => part.repeat(Math.ceil(length / part.length));

const items = Array.from(
  { length: 20_000 },
  (_, index) => `{'id': ${index}, 'name': "item ${index}", "ok": True}`,
);

/** Arguments of one call that are no JSON: such as can be mended, and such as were made to take long. */
const argumentsOf = {
  broken: `{"items": [${items.join(", ")},]}`,
  hostile: `{"items": "${`"x" y `.repeat(166_000)}`,
} as const;

/** Texts that were made to take long. */
const textOf = {
  braces: repeat("{"),
  calls: repeat('{"tool": "take"}\n'),
  misfits: repeat(`{"tool": "take", "arguments": {'items': 1}}\n`),
} as const;

export type LargeKind = keyof typeof argumentsOf | keyof typeof textOf;

/** What each of them is called in the table. */
export const largeKinds: Readonly<Record<LargeKind, string>> = {
  broken: "broken arguments",
  hostile: "hostile arguments",
  braces: "a million braces",
  calls: "59,000 calls",
  misfits: "23,000 calls that do not fit",
};

const tools = [
  {
    name: "take",
    description: "Takes items.",
    parameters: [{ name: "items", description: "Any", schema: { type: "array" } }],
  },
] as const;

/** An answer of 1 MB. @param asText - For whoever reads no messages. */
export function largeAnswer(kind: LargeKind, asText: boolean): Subject {
  return { answer: answerOf(kind, asText), tools, cutOff: false };
}

function answerOf(kind: LargeKind, asText: boolean): string | object {
  if (kind !== "broken" && kind !== "hostile") return textOf[kind];
  const args = argumentsOf[kind];
  return asText
    ? `<tool_call>{"name": "take", "arguments": ${args}}</tool_call>`
    : { tool_calls: [{ id: "a", function: { name: "take", arguments: args } }] };
}
