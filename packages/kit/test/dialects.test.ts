import type { Tool, ToolArguments } from "@mcs/core";
import { toNativeTools, toolFormats } from "@mcs/llm/dialects";
import { describe, expect, test } from "vitest";
import { BaseDriver, createToolDriver } from "../src/index.ts";

const tool: Tool = {
  name: "list_items",
  description: "List items.",
  annotations: { readOnly: true },
  parameters: [
    { name: "$filter", description: "Which", required: true, schema: { type: ["string", "null"] } },
    { name: "page[limit]", description: "How many", schema: { type: "integer" } },
    { name: "sort", description: "Order", schema: { type: ["string", "null"] } },
    {
      name: "labels",
      description: "Labels",
      schema: { type: "object", additionalProperties: { type: "string" } },
    },
  ],
};

const tools = [tool];

const wanted: ToolArguments = { $filter: "a eq 1", "page[limit]": 3, sort: null, labels: { "a b": "c" } };

/** A driver that keeps what its tool was called with. */
function createDriver(): { readonly driver: BaseDriver; readonly calls: ToolArguments[] } {
  const calls: ToolArguments[] = [];
  const toolDriver = createToolDriver({
    meta: { id: "5f5d2b3c-6c5e-4b53-8f43-0a4f6a1c7d20", name: "Items", version: "1.0.0", bindings: [] },
    tools: {
      listTools: async () => tools,
      execute: async (_tool, args) => {
        calls.push(args);
        return "done";
      },
    },
  });
  return { driver: new BaseDriver({ toolDriver }), calls };
}

/** An answer with one call, as each API has it. */
const answers: Readonly<Record<string, (name: string, args: object) => object>> = {
  openai: chatAnswer,
  "openai-strict": chatAnswer,
  "openai-responses": (name, args) => ({
    output: [{ type: "function_call", call_id: "c1", name, arguments: JSON.stringify(args) }],
  }),
  anthropic: (name, input) => ({ role: "assistant", content: [{ type: "tool_use", id: "c1", name, input }] }),
  gemini: (name, args) => ({
    candidates: [{ content: { role: "model", parts: [{ functionCall: { name, args } }] } }],
  }),
  bedrock: (name, input) => ({
    output: { message: { role: "assistant", content: [{ toolUse: { toolUseId: "c1", name, input } }] } },
  }),
  mistral: (name, args) => ({
    choices: [
      {
        message: {
          role: "assistant",
          toolCalls: [{ id: "c1", function: { name, arguments: JSON.stringify(args) } }],
        },
      },
    ],
  }),
  ollama: (name, args) => ({
    message: { role: "assistant", content: "", tool_calls: [{ function: { name, arguments: args } }] },
    done: true,
  }),
  "ai-sdk": (toolName, input) => ({
    role: "assistant",
    content: [{ type: "tool-call", toolCallId: "c1", toolName, input }],
  }),
};

function chatAnswer(name: string, args: object): object {
  return {
    role: "assistant",
    content: null,
    tool_calls: [{ id: "c1", type: "function", function: { name, arguments: JSON.stringify(args) } }],
  };
}

describe.each(toolFormats)("a driver's tools in the format %s", (format) => {
  test("are run with the arguments that the model meant, by their own names", async () => {
    const { driver, calls } = createDriver();
    const context = await driver.getNativeToolContext(undefined, format);
    const native = toNativeTools(await driver.listTools(), format);
    expect(context.tools).toEqual(native.tools);
    const written = native.encode(tool.name, wanted);
    const answer = answers[format]?.(written?.name ?? "", written?.arguments ?? {}) ?? {};
    const response = await driver.processLlmResponse(answer, { format });
    expect(response.callDetail).toBeNull();
    expect(calls).toEqual([wanted]);
  });
});

test("the shape of an answer tells its dialect, where nothing else does", async () => {
  const { driver, calls } = createDriver();
  const answer = answers["gemini"]?.("list_items", { filter: "x", page_limit: 2 }) ?? {};
  expect((await driver.processLlmResponse(answer)).callExecuted).toBe(true);
  expect(calls).toEqual([{ $filter: "x", "page[limit]": 2 }]);
});

test("a model that uses the service's own names is understood, too", async () => {
  const { driver, calls } = createDriver();
  const answer = answers["anthropic"]?.("list_items", { $filter: "x", labels: { a: "b" } }) ?? {};
  expect((await driver.processLlmResponse(answer, { format: "anthropic" })).callExecuted).toBe(true);
  expect(calls).toEqual([{ $filter: "x", labels: { a: "b" } }]);
});

test("null that leaves an argument out is never taken for null itself", async () => {
  const { driver, calls } = createDriver();
  const args = { $filter: null, "page[limit]": null, sort: null, labels: null };
  await driver.processLlmResponse(chatAnswer("list_items", args), { format: "openai-strict" });
  expect(calls).toEqual([{ $filter: null }]);
});

test("arguments that fit in neither way are a failure that names them", async () => {
  const { driver, calls } = createDriver();
  const answer = answers["gemini"]?.("list_items", { filter: 7 }) ?? {};
  const response = await driver.processLlmResponse(answer, { format: "gemini" });
  expect(response).toMatchObject({ callExecuted: false, callFailed: true });
  expect(response.retryPrompt).toContain("$filter");
  expect(calls).toEqual([]);
});

test("pairs and JSON text bring in no key that a prototype could come from", async () => {
  const { driver, calls } = createDriver();
  const args = { filter: "x", labels: [{ key: "__proto__", value: "y" }] };
  const answer = answers["gemini"]?.("list_items", args) ?? {};
  const response = await driver.processLlmResponse(answer, { format: "gemini" });
  expect(response).toMatchObject({ callExecuted: false, callFailed: true });
  expect(calls).toEqual([]);
});
