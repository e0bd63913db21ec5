import { estimateResultTokens } from "@mcs/llm/results";
import { expect, test } from "vitest";
import { processWithDrivers, toCompleteMessages } from "../src/index.ts";
import { driverOf, tool } from "./fixture.ts";

const records = Array.from({ length: 1_000 }, (_, id) => ({ id, text: "free and equal ".repeat(5) }));

test("shapes what goes into the conversation, and nothing else", async () => {
  const driver = driverOf([tool("list", () => records, true)]);
  const answer = '{"tool":"list","arguments":{}}';
  for (const [budget, most] of [
    [undefined, 10_000],
    [{ tokens: 300 }, 300],
  ] as const) {
    const response = await processWithDrivers([driver], answer, budget === undefined ? {} : { budget });
    expect(response.toolCallResult).toEqual(records);
    expect(response.results[0]?.result).toEqual(records);
    expect(estimateResultTokens(JSON.stringify(response.messages))).toBeLessThan(most * 1.4 + 200);
  }
});

test("shapes complete messages, too, once pending calls are resumed", async () => {
  const results = [{ id: "call_1", name: "list", outcome: "executed", result: records }] as const;
  const messages = await toCompleteMessages('{"tool":"list","arguments":{}}', results, {
    budget: { tokens: 300 },
  });
  expect(estimateResultTokens(JSON.stringify(messages))).toBeLessThan(620);
});
