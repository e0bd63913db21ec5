import type { Tool } from "@mcs/core";
import { describe, expect, test } from "vitest";
import { fillTemplate, jsonStrategy } from "../src/index.ts";
import { describeTools, writeNativeSystemMessage, writeSystemMessage } from "../src/prompts.ts";
import { formatForModel, toNativeTools } from "../src/dialects.ts";
import { nearestNames } from "../src/validate.ts";
import { addOrder, getPet, petTools } from "./fixtures/pet-tools.ts";

const named = (name: string): Tool => ({ name, description: "A tool.", parameters: [] });

describe("native tools for OpenAI", () => {
  test("carry name, description and the closed schema with its definitions", () => {
    const { tools, diagnostics } = toNativeTools([getPet, addOrder], "openai");
    expect(tools).toMatchObject([
      {
        type: "function",
        function: {
          name: "get_pet",
          description: "Find a pet by its id.",
          parameters: { type: "object", required: ["petId"], additionalProperties: false },
        },
      },
      { type: "function", function: { name: "addOrder", description: "Place an order" } },
    ]);
    expect(tools[1]?.function.parameters.$defs).toEqual(addOrder.$defs);
    expect(diagnostics).toEqual([]);
  });

  test("are the same bytes each time", () => {
    const [first, second] = [petTools, structuredClone(petTools)].map((tools) =>
      JSON.stringify(toNativeTools(tools, "openai")),
    );
    expect(first).toBe(second);
  });

  test("get names that the provider takes, and leave out what has none of its own", () => {
    const { tools, diagnostics } = toNativeTools(
      [named("ok"), named("not ok"), named(""), named("x".repeat(65)), named("ok")],
      "openai",
    );
    const long = `${"x".repeat(57)}_dznfyf`;
    expect(tools.map((tool) => tool.function.name)).toEqual(["ok", "not_ok", long]);
    expect(diagnostics.map(({ code, leftOut }) => [code, leftOut])).toEqual([
      ["renamed_tool", false],
      ["illegal_name", true],
      ["renamed_tool", false],
      ["duplicate_name", true],
    ]);
  });

  test("keep more tools than OpenAI takes, because other servers take them, and say so", () => {
    const { tools, diagnostics } = toNativeTools(
      Array.from({ length: 129 }, (_, index) => named(`tool_${index}`)),
      "openai",
    );
    expect(tools).toHaveLength(129);
    expect(diagnostics).toMatchObject([{ code: "too_many_tools", leftOut: false }]);
  });

  test("decode what the model calls to the tools as they were given", () => {
    const args = { petId: 7 };
    expect(toNativeTools(petTools, "openai").decode("get_pet", args)).toEqual({
      name: "get_pet",
      arguments: args,
    });
  });
});

test("a model without native tools gets none", () => {
  expect(toNativeTools(petTools, "text").tools).toEqual([]);
});

test("an unknown format is refused", () => {
  const refused = expect.objectContaining({ code: "MCS_UNSUPPORTED" }) as Error;
  expect(() => toNativeTools(petTools, "langchain")).toThrow(refused);
});

describe("tools as text", () => {
  test("are complete: name, description and the type of the arguments of each, and shared types once", () => {
    expect(describeTools([getPet, addOrder])).toBe(`## get_pet
Find a pet by its id.
Arguments: {
  petId: integer(minimum: 1) // Id of the pet
  fields?: ("name" | "status" | "tag")[] // What to return
}

## addOrder
Place an order
Arguments: {body: Order}

Types that the arguments refer to:
Order = {items: Item[], note?: (string | null)(maxLength: 10)}(additionalProperties: false)
Item = {price: number, count: integer(minimum: 1)}`);
    for (const { name } of petTools) expect(describeTools(petTools)).toContain(`## ${name}\n`);
  });

  test("stand in the system message with an example of a call", () => {
    const text = writeSystemMessage(petTools);
    expect(text).toContain(describeTools(petTools));
    expect(text).toContain(jsonStrategy.callExample.example);
    expect(text).not.toMatch(/\{(?:tools|call_example)\}/);
  });

  test("cannot bring placeholders into the system message", () => {
    const tool = { ...named("evil"), description: "{call_example} {tools}" };
    expect(writeSystemMessage([tool])).toContain("{call_example} {tools}");
  });

  test("are not named in the message for a model with native tools", () => {
    for (const { name } of petTools) expect(writeNativeSystemMessage()).not.toContain(name);
  });

  test("follow the strategy that is given", () => {
    const strategy = {
      ...jsonStrategy,
      toolDescription: { template: "{tool_name}!", separator: "\n\n", types: "" },
    };
    expect(describeTools(petTools, strategy)).toBe("get_pet!\n\naddOrder!\n\nping!");
  });
});

test("a template leaves braces alone that are no placeholder, and fills in one pass", () => {
  expect(fillTemplate(`{a} {b} {"a": {}} {toString}`, { a: "{b}", b: "$&" })).toBe(
    `{b} $& {"a": {}} {toString}`,
  );
});

describe("the format of a model", () => {
  test.each([
    ["gpt-5.2", "openai"],
    ["meta-llama/Llama-3.2-3B-Instruct", "openai"],
    ["qwen3:8b", "openai"],
    ["functiongemma:270m", "openai"],
    ["google/gemma-4-9b-it", "openai"],
    ["phi-4-mini", "openai"],
    ["gemma-2-9b-it", "text"],
    ["gemma2:9b", "text"],
    ["google/gemma-7b", "text"],
    ["gemma3n:e4b", "text"],
    ["meta-llama/Llama-2-7b-chat-hf", "text"],
    ["codellama:13b", "text"],
    ["microsoft/Phi-3.5-mini-instruct", "text"],
    ["phi3:mini", "text"],
    ["o1-mini", "text"],
    ["claude-sonnet-4-5", "anthropic"],
    ["anthropic/claude-sonnet-4.5", "openai"],
    ["anthropic.claude-3-5-sonnet-20240620-v1:0", "bedrock"],
    ["us.amazon.nova-pro-v1:0", "bedrock"],
    ["arn:aws:bedrock:us-east-1:123456789012:inference-profile/x", "bedrock"],
    ["meta.llama2-70b-chat-v1", "text"],
    ["gemini-3-pro", "gemini"],
    ["models/gemini-2.5-flash", "gemini"],
    ["google/gemini-2.5-pro", "openai"],
    ["mistral-large-latest", "mistral"],
    ["ministral-8b-2512", "mistral"],
    ["mistral:7b", "openai"],
    ["mistralai/Mistral-Large-3", "openai"],
    ["o1", "openai"],
    ["", "openai"],
  ])("%s is %s", (model, format) => {
    expect(formatForModel(model)).toBe(format);
  });

  test("is OpenAI's where no model is named", () => {
    expect(formatForModel()).toBe("openai");
  });
});

describe("nearest names", () => {
  const names = ["get_pet", "delete_pet", "list_orders", "ping"];
  test.each([
    { name: "getPet", want: ["get_pet", "delete_pet"] },
    { name: "list_order", want: ["list_orders"] },
    { name: "PING", want: ["ping"] },
    { name: "orders", want: ["list_orders"] },
    { name: "weather", want: [] },
  ])("of $name are $want", ({ name, want }) => {
    expect(nearestNames(name, names)).toEqual(want);
  });

  test("are no more than asked for, and cheap for a hostile name", () => {
    expect(
      nearestNames(
        "get_pet",
        Array.from({ length: 500 }, (_, index) => `get_pet_${index}`),
        2,
      ),
    ).toHaveLength(2);
    expect(nearestNames("x".repeat(5_000_000), names)).toEqual([]);
  });
});
