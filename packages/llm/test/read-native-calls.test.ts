import type { CallResult } from "@mcs/core";
import { describe, expect, test } from "vitest";
import { allFormats } from "../src/formats.ts";
import { jsonStrategy, readToolCalls, toMessages, toRetryMessages } from "../src/index.ts";
import { functionCall, message } from "./fixtures/answers.ts";
import { mistralRest, nativeAnswers } from "./fixtures/native-answers.ts";
import { petTools } from "./fixtures/pet-tools.ts";

type Options = Partial<Parameters<typeof readToolCalls>[1]>;

const readAny = (answer: string | object, options: Options = {}): ReturnType<typeof readToolCalls> =>
  readToolCalls(answer, { tools: petTools, formats: allFormats, ...options });

function results([first = "", second = ""]: readonly string[]): CallResult[] {
  return [
    { id: first, name: "get_pet", outcome: "executed", result: "ok" },
    { id: second, name: "ping", outcome: "failed" },
  ];
}

/** The strategy with short texts, so that whole messages can be compared. */
const strategy = { ...jsonStrategy, results: { ...jsonStrategy.results, missing: "no" } };

describe.each(nativeAnswers)("$name", ({ format, answer, ids = ["a", "b"], echo = [answer], answered }) => {
  test("is read: both calls, in order, and the text beside them", () => {
    expect(readAny(answer)).toEqual({
      kind: "calls",
      calls: [
        { id: ids[0], name: "get_pet", arguments: { petId: 7 }, known: true },
        { id: ids[1], name: "ping", arguments: {}, known: true },
      ],
      failures: [],
      ids,
      healed: [],
      text: "One moment.",
      format,
    });
  });

  test("is answered: the assistant's parts as they are, then each call once", () => {
    const messages: readonly object[] = toMessages(answer, results(ids), format, strategy, allFormats);
    expect(messages).toEqual([...echo, ...answered]);
    const isSame = echo[0] === answer;
    expect(messages[0] === answer).toBe(isSame);
  });

  test("is asked again with every call answered", () => {
    const messages = toRetryMessages(answer, "Once more.", format, strategy, allFormats);
    expect(messages).toHaveLength(echo.length + answered.length);
    expect(JSON.stringify(messages)).toContain("Once more.");
  });

  test("loses its last call only, when it was cut off", () => {
    const reading = readAny(answer, { cutOff: true });
    expect(reading).toMatchObject({ calls: [{ id: ids[0] }], failures: [{ id: ids[1], name: "ping" }] });
  });

  test("is not taken for another API's", () => {
    const claiming = allFormats.filter((one) => one.claims(answer, format)).map(({ name }) => name);
    expect(claiming[0]).toBe(format);
  });
});

const anthropicCall = { type: "tool_use", id: "a", name: "ping", input: {} };
const geminiCall = { role: "model", parts: [{ functionCall: { name: "ping" } }] };
const bedrockCall = {
  role: "assistant",
  content: [{ toolUse: { toolUseId: "a", name: "ping", input: {} } }],
};
const responsesCall = { type: "function_call", call_id: "a", name: "ping", arguments: "{}" };
const agentsCall = { type: "function_call", callId: "a", name: "ping", arguments: "{}" };
const aiSdkCall = { type: "tool-call", toolCallId: "a", toolName: "ping", input: "{}" };
const mastraCall = { type: "tool-call", payload: { toolCallId: "a", toolName: "ping", args: {} } };
const langchainCall = { id: "a", name: "ping", args: {} };
const chatCall = functionCall("a", "ping", "{}");

describe("the provider's reason to stop makes the last call a failure:", () => {
  test.each([
    ["openai length", { choices: [{ finish_reason: "length", message: message([chatCall]) }] }],
    ["openai refusal", { ...message([chatCall]), refusal: "I will not." }],
    ["anthropic max_tokens", { type: "message", content: [anthropicCall], stop_reason: "max_tokens" }],
    ["anthropic refusal", { type: "message", content: [anthropicCall], stop_reason: "refusal" }],
    ["anthropic context window", { content: [anthropicCall], stop_reason: "model_context_window_exceeded" }],
    ["gemini MAX_TOKENS", { candidates: [{ content: geminiCall, finishReason: "MAX_TOKENS" }] }],
    ["gemini SAFETY", { candidates: [{ content: geminiCall, finishReason: "SAFETY" }] }],
    [
      "gemini partial arguments",
      { parts: [{ functionCall: { name: "ping", args: {}, willContinue: true } }] },
    ],
    [
      "interactions incomplete",
      { status: "incomplete", steps: [{ type: "function_call", id: "a", name: "ping", arguments: {} }] },
    ],
    ["responses incomplete", { object: "response", status: "incomplete", output: [responsesCall] }],
    ["responses incomplete item", [{ ...responsesCall, status: "incomplete" }]],
    ["responses single item", { ...responsesCall, status: "in_progress" }],
    ["agents incomplete item", { ...agentsCall, status: "incomplete" }],
    [
      "ollama length",
      {
        message: { tool_calls: [{ function: { name: "ping", arguments: {} } }] },
        done: true,
        done_reason: "length",
      },
    ],
    [
      "mistral length",
      {
        choices: [
          { finishReason: "length", message: { toolCalls: [{ function: { name: "ping", arguments: "" } }] } },
        ],
      },
    ],
    ["bedrock max_tokens", { output: { message: bedrockCall }, stopReason: "max_tokens" }],
    ["ai-sdk length", { content: [aiSdkCall], finishReason: "length" }],
    ["ai-sdk provider length", { content: [aiSdkCall], finishReason: { unified: "length" } }],
    ["mastra length", [mastraCall, { type: "finish", payload: { stepResult: { reason: "length" } } }]],
    [
      "langchain max_tokens",
      { tool_calls: [langchainCall], response_metadata: { stop_reason: "max_tokens" } },
    ],
    ["mcp maxTokens", { content: anthropicCall, stopReason: "maxTokens" }],
  ])("%s", (_name, answer) => {
    expect(readAny(answer)).toMatchObject({ kind: "calls", calls: [], failures: [{ name: "ping" }] });
  });
});

describe("is final, because the provider runs it or nothing is called:", () => {
  test.each([
    ["an Anthropic server tool", { content: [{ ...anthropicCall, type: "server_tool_use" }] }],
    ["a Bedrock server tool", { content: [{ toolUse: { name: "ping", type: "server_tool_use" } }] }],
    ["an AI SDK call that was run", { content: [{ ...aiSdkCall, providerExecuted: true }] }],
    [
      "a Mastra call that was run",
      { type: "tool-call", payload: { toolCallId: "a", toolName: "ping", providerExecuted: true } },
    ],
    ["a Responses MCP call", [{ type: "mcp_call", id: "a", name: "ping", arguments: "{}" }]],
    ["a Gemini tool call", { parts: [{ toolCall: { name: "ping" } }] }],
    ["a LangChain message without calls", { content: "Done.", tool_calls: [], invalid_tool_calls: [] }],
    [
      "a LangChain server tool",
      { content: [{ type: "server_tool_call", id: "a", name: "ping", args: {} }], tool_calls: [] },
    ],
    ["an empty Ollama list", { message: { content: "Done.", tool_calls: [] }, done: true }],
    ["inherited calls", Object.create({ content: [anthropicCall] }) as object],
    ["inherited parts", Object.create(geminiCall) as object],
  ])("%s", (_name, answer) => {
    expect(readAny(answer)).toEqual({ kind: "none" });
  });
});

describe("a call that the provider itself could not read is a failed answer:", () => {
  test.each([
    ["gemini", { candidates: [{ content: {}, finishReason: "MALFORMED_FUNCTION_CALL" }] }],
    ["gemini", { candidates: [{ finishReason: "MALFORMED_FUNCTION_CALL" }] }],
    ["bedrock", { output: { message: { content: [] } }, stopReason: "malformed_tool_use" }],
  ])("%s", (format, answer) => {
    expect(readAny(answer)).toMatchObject({ kind: "failed", format });
    expect(toRetryMessages(answer, "again", format, strategy, allFormats).at(-1)).toMatchObject({
      role: "user",
    });
  });
});

describe("text is read and answered in the envelope that it came in:", () => {
  const call = `{"tool":"ping"}`;
  test.each([
    [
      "anthropic",
      { type: "message", content: [{ type: "text", text: call }], stop_reason: "end_turn" },
      { role: "user", content: "again" },
    ],
    [
      "gemini",
      { candidates: [{ content: { role: "model", parts: [{ text: call }] } }] },
      { role: "user", parts: [{ text: "again" }] },
    ],
    [
      "bedrock",
      { output: { message: { role: "assistant", content: [{ text: call }] } } },
      { role: "user", content: [{ text: "again" }] },
    ],
    [
      "responses",
      {
        object: "response",
        output: [{ type: "message", content: [{ type: "output_text", text: call }] }],
      },
      { role: "user", content: "again" },
    ],
    [
      "ollama",
      { message: { role: "assistant", content: call }, done: true },
      { role: "user", content: "again" },
    ],
    [
      "mcp",
      { role: "assistant", content: { type: "text", text: call }, stopReason: "endTurn" },
      { role: "user", content: { type: "text", text: "again" } },
    ],
  ])("%s", (_name, answer, want) => {
    expect(readAny(answer)).toMatchObject({ format: "text", calls: [{ name: "ping" }] });
    expect(toRetryMessages(answer, "again", "text", strategy, allFormats).at(-1)).toEqual(want);
  });

  test("and cut off where the envelope says so", () => {
    const answer = { type: "message", content: [{ type: "text", text: call }], stop_reason: "max_tokens" };
    expect(readAny(answer)).toMatchObject({ calls: [], failures: [{ name: "ping" }] });
  });
});

test("the deprecated function_call is read, and answered by its name", () => {
  const answer = {
    role: "assistant",
    content: null,
    function_call: { name: "get_pet", arguments: `{"petId":7}` },
  };
  expect(readAny(answer)).toMatchObject({ format: "openai", calls: [{ id: "call_1", name: "get_pet" }] });
  const ok: CallResult = { id: "call_1", name: "get_pet", outcome: "executed", result: "ok" };
  expect(toMessages(answer, [ok])).toEqual([answer, { role: "function", name: "get_pet", content: "ok" }]);
});

test("a custom tool call of the Responses API fails, and is answered in its own shape", () => {
  const answer = [{ type: "custom_tool_call", call_id: "a", name: "get_pet", input: "seven" }];
  expect(readAny(answer)).toMatchObject({ calls: [], failures: [{ id: "a", name: "get_pet" }] });
  expect(toRetryMessages(answer, "again", "openai-responses", strategy, allFormats).at(-1)).toEqual({
    type: "custom_tool_call_output",
    call_id: "a",
    output: "again",
  });
});

test("the REST API of Mistral is answered in Mistral's shape where that was asked for", () => {
  expect(readAny(mistralRest)).toMatchObject({ format: "openai", ids: ["a", "b"] });
  expect(readAny(mistralRest, { format: "mistral" })).toMatchObject({ format: "mistral", ids: ["a", "b"] });
  expect(toMessages(mistralRest, results(["a", "b"]), "mistral", strategy, allFormats).slice(1)).toEqual([
    { role: "tool", tool_call_id: "a", name: "get_pet", content: "ok" },
    { role: "tool", tool_call_id: "b", name: "ping", content: "no" },
  ]);
});

test("a denied call is told as such where the API can", () => {
  const answer = { role: "assistant", content: [aiSdkCall] };
  const denied: CallResult = { id: "a", name: "ping", outcome: "denied" };
  expect(toMessages(answer, [denied], "ai-sdk", strategy, allFormats).at(-1)).toMatchObject({
    content: [{ output: { type: "execution-denied", reason: "no" } }],
  });
});

test("a format that is not among those in use is the program's mistake", () => {
  const unsupported = expect.objectContaining({ code: "MCS_UNSUPPORTED" }) as Error;
  expect(() => readToolCalls("hi", { tools: petTools, format: "gemini" })).toThrow(unsupported);
  expect(() => toMessages("hi", [], "gemini")).toThrow(unsupported);
});
