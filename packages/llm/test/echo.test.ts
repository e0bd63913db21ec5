import { describe, expect, test } from "vitest";
import { allFormats } from "../src/formats.ts";
import { jsonStrategy, toMessages, toRetryMessages } from "../src/index.ts";

interface Echo {
  readonly name: string;
  readonly format: string;
  readonly answer: object;
  /** Default: the answer itself. */
  readonly echo?: readonly object[];
}

const toolUse = { type: "tool_use", id: "a", name: "ping", input: {} };
const item = { type: "function_call", id: "fc_1", call_id: "a", name: "ping", arguments: "{}" };
const said = { type: "message", role: "assistant", content: [{ type: "output_text", text: "hm" }] };
const call = { type: "tool-call", toolCallId: "a", toolName: "ping", input: {} };
const sealed = { anthropic: { signature: "s" } };
const reasoning = { type: "reasoning", text: "hm", providerMetadata: sealed };
const echoedReasoning = { type: "reasoning", text: "hm", providerOptions: sealed };
const step = {
  finishReason: "tool-calls",
  content: [
    reasoning,
    { type: "source", id: "s", sourceType: "url", url: "https://pets.example" },
    { ...call, dynamic: true, invalid: true, error: "unknown" },
    { type: "tool-error", toolCallId: "a", toolName: "ping", input: {}, error: "unknown" },
  ],
};

/** Opaque parts stay as they are; what the API would refuse, or has under another key, does not. */
const echoes: readonly Echo[] = [
  {
    name: "what OpenAI's client parsed out of items",
    format: "openai-responses",
    answer: {
      object: "response",
      output: [
        { type: "reasoning", id: "rs_1", summary: [], encrypted_content: "sealed" },
        { ...said, content: [{ type: "output_text", text: "hm", parsed: null }] },
        { ...item, parsed_arguments: null },
      ],
    },
    echo: [{ type: "reasoning", id: "rs_1", summary: [], encrypted_content: "sealed" }, said, item],
  },
  {
    name: "Anthropic's empty texts, and input that is no object",
    format: "anthropic",
    answer: {
      role: "assistant",
      content: [
        { type: "thinking", thinking: "", signature: "sealed" },
        { type: "text", text: "" },
        { type: "text", text: " \n" },
        { ...toolUse, input: `{"a": "b` },
      ],
    },
    echo: [
      { role: "assistant", content: [{ type: "thinking", thinking: "", signature: "sealed" }, toolUse] },
    ],
  },
  {
    name: "nothing of a message that is as it should be",
    format: "anthropic",
    answer: { role: "assistant", content: [{ type: "text", text: "hm" }, toolUse] },
  },
  {
    name: "the envelope of an AI SDK result, and what the SDK says itself",
    format: "ai-sdk",
    answer: { steps: [{ content: [{ type: "text", text: "before" }] }, step] },
    echo: [{ role: "assistant", content: [echoedReasoning, call] }],
  },
  {
    name: "the envelope of an AI SDK step",
    format: "ai-sdk",
    answer: step,
    echo: [{ role: "assistant", content: [echoedReasoning, call] }],
  },
  {
    name: "input that is no JSON, of the AI SDK's providers",
    format: "ai-sdk",
    answer: {
      finishReason: { unified: "tool-calls" },
      content: [
        { ...call, input: "{" },
        { type: "tool-result", toolCallId: "s", toolName: "search", result: [1], providerExecuted: true },
      ],
    },
    echo: [
      {
        role: "assistant",
        content: [
          call,
          {
            type: "tool-result",
            toolCallId: "s",
            toolName: "search",
            providerExecuted: true,
            output: { type: "json", value: [1] },
          },
        ],
      },
    ],
  },
  {
    name: "the chunks of Mastra, sealed reasoning included",
    format: "mastra",
    answer: [
      { type: "reasoning-delta", payload: { id: "r", text: "h" } },
      { type: "reasoning-delta", payload: { id: "r", text: "m" } },
      { type: "reasoning-end", payload: { id: "r", providerMetadata: sealed } },
      { type: "tool-call", payload: { toolCallId: "a", toolName: "ping" } },
    ],
    echo: [{ role: "assistant", content: [echoedReasoning, call] }],
  },
];

describe("leaves out", () => {
  test.each(echoes)("$name", ({ format, answer, echo = [answer] }) => {
    const result = { id: "a", name: "ping", outcome: "executed", result: "pong" } as const;
    const messages: readonly object[] = toMessages(answer, [result], format, jsonStrategy, allFormats);
    expect(messages.slice(0, echo.length)).toEqual(echo);
    expect(messages.length).toBeGreaterThan(echo.length);
    expect(messages[0] === answer).toBe(echo[0] === answer);
  });

  test.each([
    [
      "Gemini's content without parts",
      "gemini",
      { candidates: [{ content: { role: "model" }, finishReason: "MALFORMED_FUNCTION_CALL" }] },
    ],
    [
      "Bedrock's message without blocks",
      "bedrock",
      { output: { message: { role: "assistant", content: [] } }, stopReason: "malformed_tool_use" },
    ],
  ])("%s", (_name, format, answer) => {
    const messages: readonly object[] = toRetryMessages(answer, "Again.", format, jsonStrategy, allFormats);
    expect(messages).toMatchObject([{ role: "user" }]);
  });
});
