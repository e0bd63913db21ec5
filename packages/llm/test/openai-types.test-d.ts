import type OpenAI from "openai";
import { describe, expectTypeOf, test } from "vitest";
import {
  toMessages,
  toRetryMessages,
  type LlmFormat,
  type ToolCallReading,
  type ValidateArguments,
} from "../src/index.ts";
import { toNativeTools } from "../src/dialects.ts";
import { validateArguments } from "../src/validate.ts";
import { petTools } from "./fixtures/pet-tools.ts";

type Message = OpenAI.ChatCompletionMessageParam;

describe("fits the official client's own types", () => {
  test("native tools", () => {
    const { tools } = toNativeTools(petTools, "openai");
    expectTypeOf(tools).toExtend<OpenAI.ChatCompletionTool[]>();
    expectTypeOf(toNativeTools(petTools, "text").tools).toEqualTypeOf<never[]>();
    expectTypeOf(toNativeTools<string>(petTools, "openai").tools).toEqualTypeOf<object[]>();
  });

  test("messages after a message, a whole response, and a text", () => {
    const message = {} as OpenAI.ChatCompletionMessage;
    const response = {} as OpenAI.ChatCompletion;
    expectTypeOf(toMessages(message, [])).toExtend<Message[]>();
    expectTypeOf(toMessages(response, [])).toExtend<Message[]>();
    expectTypeOf(toMessages("text", [])).toExtend<Message[]>();
    expectTypeOf(toRetryMessages(message, "again")).toExtend<Message[]>();
  });
});

test("a reading is told apart by its kind", () => {
  type Of<Kind> = Extract<ToolCallReading, { kind: Kind }>;
  expectTypeOf<Of<"calls">["format"]>().toEqualTypeOf<LlmFormat>();
  expectTypeOf<Of<"failed">["retryPrompt"]>().toEqualTypeOf<string>();
  expectTypeOf<Of<"none">>().not.toHaveProperty("calls");
});

test("the bundled check is one that the reader takes", () => {
  expectTypeOf(validateArguments).toExtend<ValidateArguments>();
});
