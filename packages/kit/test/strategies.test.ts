import { jsonStrategy, type PromptStrategy } from "@mcs/llm";
import { hermesStrategy, modelStrategies, terseStrategy } from "@mcs/llm/strategies";
import { readStrategy } from "@mcs/llm/toml";
import { describe, expect, test } from "vitest";
import { BaseDriver, processWithDrivers, type StrategyOptions } from "../src/index.ts";
import { add, driverOf } from "./fixture.ts";

/** A project's own way of writing calls, which no other strategy reads. */
const own: PromptStrategy = readStrategy(`
[call_example]
example = '{"do": "name", "with": {}}'

[parsing]
tool_field_aliases = ["do"]
argument_field_aliases = ["with"]

[retry_prompts]
unknown_tool = "{tool_name} is none of {available}."
`).strategy;

const ownCall = 'I add them. {"do": "math_add", "with": {"a": 1}}';
const driverWith = (options: StrategyOptions = {}): BaseDriver =>
  new BaseDriver({ toolDriver: driverOf([add]), ...options });

/** What a model that follows its prompt answers. */
const callLike = (strategy: PromptStrategy): string =>
  strategy.callExample.example
    .replace(/(?<=: )"(?:name_of_the_tool|NAME|name)"/, '"math_add"')
    .replace(/\{(?:"name_of_the_argument": "value")?\}/, '{"a": 1}');

describe("a driver writes a prompt and reads its answers with the same strategy:", () => {
  test.each<{ name: string; options: StrategyOptions; model?: string; want: PromptStrategy }>([
    { name: "JSON without a model's name", options: {}, want: jsonStrategy },
    { name: "JSON for an unknown model", options: {}, model: "gpt-99", want: jsonStrategy },
    { name: "Hermes for its models", options: {}, model: "qwen2.5:7b", want: hermesStrategy },
    { name: "terse for small models", options: {}, model: "gemma-3-1b-it", want: terseStrategy },
    {
      name: "one for all",
      options: { strategy: hermesStrategy },
      model: "gemma-3-1b-it",
      want: hermesStrategy,
    },
    { name: "its own", options: { strategy: own }, want: own },
    {
      name: "its own for one model",
      options: { strategies: [{ pattern: /^house-/, strategy: own }, ...modelStrategies] },
      model: "house-7b",
      want: own,
    },
    {
      name: "its own where no pattern fits",
      options: { strategy: own, strategies: modelStrategies },
      model: "gpt-99",
      want: own,
    },
  ])("$name", async ({ options, model, want }) => {
    const driver = driverWith(options);
    const prompt = await driver.getDriverSystemMessage(model);
    expect(prompt).toContain(want.callExample.example);
    expect(prompt).toContain(await driver.getFunctionDescription(model));
    expect((await driver.getNativeToolContext(model, "text")).systemMessage).toBe(prompt);
    const answer = callLike(want);
    const response = await driver.processLlmResponse(answer, model === undefined ? {} : { modelName: model });
    expect(response).toMatchObject({ callExecuted: true, toolCallResult: 11 });
    expect(driver.mightBeToolCall(answer.slice(0, -1))).toBe(true);
    expect(driver.isCompleteToolCall(answer)).toBe(true);
  });
});

test("a driver signals what any of its strategies could read, and nothing else", () => {
  const driver = driverWith({ strategies: [{ pattern: /^house-/, strategy: own }] });
  for (const text of [ownCall, callLike(jsonStrategy)]) expect(driver.isCompleteToolCall(text)).toBe(true);
  expect(driver.mightBeToolCall('{"do')).toBe(true);
  expect(driver.mightBeToolCall("Done.")).toBe(false);
  expect(driverWith().mightBeToolCall('{"do": "math_add"')).toBe(false);
  expect(driverWith({ strategy: own }).isCompleteToolCall(callLike(jsonStrategy))).toBe(false);
});

test("a prompt's strategy reads no other's calls", async () => {
  expect(await driverWith().processLlmResponse(ownCall)).toMatchObject({
    callExecuted: false,
    messages: null,
  });
});

test("drivers that process an answer together take the strategy of its model, and its words for unknown tools", async () => {
  const strategies = [{ pattern: /^house-/, strategy: own }];
  const answer = `${ownCall}\n<tool_call>{"do": "mat_add"}</tool_call>`;
  const { results, messages } = await processWithDrivers([driverWith()], answer, {
    strategies,
    modelName: "house-7b",
  });
  expect(results).toMatchObject([
    { result: 11 },
    { failure: { code: "MCS_UNKNOWN_TOOL", hint: "mat_add is none of math_add." } },
  ]);
  expect(JSON.stringify(messages)).toContain("mat_add is none of math_add.");
});
