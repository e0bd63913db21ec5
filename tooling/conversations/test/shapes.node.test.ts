import type Anthropic from "@anthropic-ai/sdk";
import type { Message as BedrockMessage } from "@aws-sdk/client-bedrock-runtime";
import type { Content } from "@google/genai";
import type { CallResult } from "@mcs/core";
import { MCSError, toFailure } from "@mcs/core";
import { jsonStrategy, toMessages, type ShownResult } from "@mcs/llm";
import { allFormats } from "@mcs/llm/formats";
import {
  AssistantMessage$outboundSchema,
  ToolMessage$outboundSchema,
  type AssistantMessage,
  type ToolMessage,
} from "@mistralai/mistralai/models/components";
import type { ModelMessage } from "ai";
import type { Message as OllamaMessage } from "ollama";
import type OpenAI from "openai";
import type { ResponseInputItem } from "openai/resources/responses/responses";
import { expect, test } from "vitest";
import { pixel } from "./wall-driver.ts";

/**
 * What is expected is written in the types of the providers' own packages, so that the compiler holds it to them, and the
 * test holds what is written to it.
 */
const strategy = {
  ...jsonStrategy,
  results: { ...jsonStrategy.results, failed: "{code}", files: "of {id}" },
};
const denial = toFailure(new MCSError("MCS_CONSENT_DENIED", "no"));
const failure = toFailure(new MCSError("MCS_REMOTE", "no"));
const files = [
  { mediaType: "image/png", data: pixel },
  { mediaType: "application/pdf", data: "JVBERg==" },
];
const photo: Omit<ShownResult, "id"> = { name: "photo", outcome: "executed", result: "ok", files };
const drill: Omit<CallResult, "id"> = { name: "drill", outcome: "failed", failure };
const paint: Omit<CallResult, "id"> = { name: "paint", outcome: "denied", failure: denial };
const names = ["photo", "drill", "paint"] as const;
const ids = ["aaaaaaaa1", "aaaaaaaa2", "aaaaaaaa3"] as const;

function written(answer: object, format: string, own: readonly string[] = ids): readonly object[] {
  const results = [photo, drill, paint].map((result, index) => ({ ...result, id: own[index] ?? "" }));
  return toMessages(answer, results, format, strategy, allFormats);
}

const pngUrl = `data:image/png;base64,${pixel}`;
const pdfUrl = "data:application/pdf;base64,JVBERg==";
const bytesOf = (data: string): Uint8Array => new Uint8Array(Buffer.from(data, "base64"));

test("OpenAI Chat Completions", () => {
  const answer: OpenAI.ChatCompletionMessage = {
    role: "assistant",
    content: null,
    refusal: null,
    tool_calls: names.map((name, index) => ({
      id: ids[index] ?? "",
      type: "function",
      function: { name, arguments: "{}" },
    })),
  };
  const expected: OpenAI.ChatCompletionMessageParam[] = [
    answer,
    { role: "tool", tool_call_id: ids[0], content: "ok" },
    { role: "tool", tool_call_id: ids[1], content: "MCS_REMOTE" },
    { role: "tool", tool_call_id: ids[2], content: "MCS_CONSENT_DENIED" },
    {
      role: "user",
      content: [
        { type: "text", text: `of ${ids[0]}` },
        { type: "image_url", image_url: { url: pngUrl } },
        { type: "file", file: { filename: "file-2.pdf", file_data: pdfUrl } },
      ],
    },
  ];
  expect(written(answer, "openai")).toEqual(expected);
});

test("OpenAI Responses", () => {
  const answer: ResponseInputItem[] = [
    { type: "reasoning", id: "rs_1", summary: [], encrypted_content: "sealed" },
    ...names.map((name, index) => ({
      type: "function_call" as const,
      call_id: ids[index] ?? "",
      name,
      arguments: "{}",
    })),
  ];
  const expected: ResponseInputItem[] = [
    ...answer,
    {
      type: "function_call_output",
      call_id: ids[0],
      output: [
        { type: "input_text", text: "ok" },
        { type: "input_image", image_url: pngUrl, detail: "auto" },
        { type: "input_file", filename: "file-2.pdf", file_data: pdfUrl },
      ],
    },
    { type: "function_call_output", call_id: ids[1], output: "MCS_REMOTE" },
    { type: "function_call_output", call_id: ids[2], output: "MCS_CONSENT_DENIED" },
  ];
  expect(written(answer, "openai-responses")).toEqual(expected);
});

test("Anthropic", () => {
  const answer: Anthropic.MessageParam = {
    role: "assistant",
    content: [
      { type: "thinking", thinking: "Hm.", signature: "sealed" },
      ...names.map((name, index) => ({ type: "tool_use" as const, id: ids[index] ?? "", name, input: {} })),
    ],
  };
  const expected: Anthropic.MessageParam[] = [
    answer,
    {
      role: "user",
      content: [
        {
          type: "tool_result",
          tool_use_id: ids[0],
          content: [
            { type: "text", text: "ok" },
            { type: "image", source: { type: "base64", media_type: "image/png", data: pixel } },
            { type: "document", source: { type: "base64", media_type: "application/pdf", data: "JVBERg==" } },
          ],
        },
        { type: "tool_result", tool_use_id: ids[1], content: "MCS_REMOTE", is_error: true },
        { type: "tool_result", tool_use_id: ids[2], content: "MCS_CONSENT_DENIED", is_error: true },
      ],
    },
  ];
  expect(written(answer, "anthropic")).toEqual(expected);
});

test("Gemini", () => {
  const answer: Content = {
    role: "model",
    parts: names.map((name, index) => ({
      functionCall: { id: ids[index] ?? "", name, args: {} },
      ...(index === 0 && { thoughtSignature: "sealed" }),
    })),
  };
  const expected: Content[] = [
    answer,
    {
      role: "user",
      parts: [
        {
          functionResponse: {
            id: ids[0],
            name: "photo",
            response: { output: "ok" },
            parts: [
              { inlineData: { mimeType: "image/png", data: pixel } },
              { inlineData: { mimeType: "application/pdf", data: "JVBERg==" } },
            ],
          },
        },
        { functionResponse: { id: ids[1], name: "drill", response: { error: "MCS_REMOTE" } } },
        { functionResponse: { id: ids[2], name: "paint", response: { error: "MCS_CONSENT_DENIED" } } },
      ],
    },
  ];
  expect(written(answer, "gemini")).toEqual(expected);
});

test("Ollama", () => {
  const answer: OllamaMessage = {
    role: "assistant",
    content: "",
    thinking: "Hm.",
    tool_calls: names.map((name) => ({ function: { name, arguments: {} } })),
  };
  const expected: OllamaMessage[] = [
    answer,
    { role: "tool", tool_name: "photo", content: "ok", images: [pixel] },
    { role: "tool", tool_name: "drill", content: "MCS_REMOTE" },
    { role: "tool", tool_name: "paint", content: "MCS_CONSENT_DENIED" },
  ];
  expect(written(answer, "ollama", ["call_1", "call_2", "call_3"])).toEqual(expected);
});

test("AI SDK", () => {
  const answer: ModelMessage = {
    role: "assistant",
    content: names.map((toolName, index) => ({
      type: "tool-call",
      toolCallId: ids[index] ?? "",
      toolName,
      input: {},
      providerOptions: { google: { thoughtSignature: "sealed" } },
    })),
  };
  const expected: ModelMessage[] = [
    answer,
    {
      role: "tool",
      content: [
        {
          type: "tool-result",
          toolCallId: ids[0],
          toolName: "photo",
          output: {
            type: "content",
            value: [
              { type: "text", text: "ok" },
              { type: "file", mediaType: "image/png", data: { type: "data", data: pixel } },
              { type: "file", mediaType: "application/pdf", data: { type: "data", data: "JVBERg==" } },
            ],
          },
        },
        {
          type: "tool-result",
          toolCallId: ids[1],
          toolName: "drill",
          output: { type: "error-text", value: "MCS_REMOTE" },
        },
        {
          type: "tool-result",
          toolCallId: ids[2],
          toolName: "paint",
          output: { type: "execution-denied", reason: "MCS_CONSENT_DENIED" },
        },
      ],
    },
  ];
  expect(written(answer, "ai-sdk")).toEqual(expected);
});

test("Bedrock Converse", () => {
  const answer: BedrockMessage = {
    role: "assistant",
    content: [
      { reasoningContent: { reasoningText: { text: "Hm.", signature: "sealed" } } },
      ...names.map((name, index) => ({ toolUse: { toolUseId: ids[index] ?? "", name, input: {} } })),
    ],
  };
  const expected: BedrockMessage[] = [
    answer,
    {
      role: "user",
      content: [
        {
          toolResult: {
            toolUseId: ids[0],
            content: [
              { text: "ok" },
              { image: { format: "png", source: { bytes: bytesOf(pixel) } } },
              { document: { format: "pdf", name: `${ids[0]} 2`, source: { bytes: bytesOf("JVBERg==") } } },
            ],
          },
        },
        { toolResult: { toolUseId: ids[1], content: [{ text: "MCS_REMOTE" }], status: "error" } },
        { toolResult: { toolUseId: ids[2], content: [{ text: "MCS_CONSENT_DENIED" }], status: "error" } },
      ],
    },
  ];
  expect(written(answer, "bedrock")).toEqual(expected);
});

test("Mistral, and its package takes and writes the messages", () => {
  const answer: AssistantMessage & { readonly role: "assistant" } = {
    role: "assistant",
    content: "",
    toolCalls: names.map((name, index) => ({ id: ids[index] ?? "", function: { name, arguments: "{}" } })),
  };
  const results: ToolMessage[] = [
    {
      role: "tool",
      toolCallId: ids[0],
      name: "photo",
      content: [
        { type: "text", text: "ok" },
        { type: "image_url", imageUrl: pngUrl },
      ],
    },
    { role: "tool", toolCallId: ids[1], name: "drill", content: "MCS_REMOTE" },
    { role: "tool", toolCallId: ids[2], name: "paint", content: "MCS_CONSENT_DENIED" },
  ];
  const messages = written(answer, "mistral");
  expect(messages).toEqual([answer, ...results]);
  const [said, ...answered] = messages;
  expect(AssistantMessage$outboundSchema.parse(said)).toMatchObject({ tool_calls: [{ id: ids[0] }, {}, {}] });
  for (const [index, message] of answered.entries())
    expect(ToolMessage$outboundSchema.parse(message)).toMatchObject({ tool_call_id: ids[index] });
});
