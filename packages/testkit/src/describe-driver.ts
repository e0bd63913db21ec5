import {
  emptyResponse,
  hasCapability,
  MCSDriver,
  resolveCapability,
  SupportsNativeTools,
  ToolCallSignaling,
  type HybridDriver,
} from "@mcs/core";
import { describe, expect, test } from "vitest";
import { withDriver, type ConformanceCase, type ExampleCall } from "./conformance-case.ts";
import { chatMessage, jsonCall, type WireCall } from "./conformance/check.ts";
import { driverFailureChecks } from "./conformance/failure-checks.ts";
import { healingChecks } from "./conformance/healing-checks.ts";
import { messageChecks } from "./conformance/message-checks.ts";
import { driverOnceChecks } from "./conformance/once-checks.ts";
import { register } from "./conformance/register.ts";
import { describeToolDriver } from "./describe-tool-driver.ts";

/** How a driver's text prompt teaches the model to call. */
export interface DriverCase<Driver extends HybridDriver = HybridDriver> extends ConformanceCase<Driver> {
  /** A call as text. Default: the bundled JSON strategy, `{"tool": …, "arguments": …}`. */
  readonly textCall?: (tool: string, args: unknown) => string;
  /** A call with a result of 4,000 characters of JSON at least, always the same. Default: none. */
  readonly large?: ExampleCall & { readonly result?: unknown };
}

const withoutCall: readonly (readonly [string, string | object])[] = [
  ["prose", "Paris has about two million inhabitants."],
  ["nothing", ""],
  ["JSON that is no call", '{"city": "Paris", "population": 2102650}'],
  ["code", "```js\nconst tool = { arguments: {} };\n```"],
  ["a message object", { role: "assistant", content: "Done." }],
  ["a message object with no calls in it", { role: "assistant", content: "Done.", tool_calls: [] }],
  ["an empty object", {}],
];

/** Holds a hybrid driver to the contract: {@link describeToolDriver}, and rules 1 to 4 and 8 to 12. */
export function describeDriver(name: string, subject: DriverCase): void {
  const { succeeds, fails, textCall = jsonCall } = subject;
  const good: WireCall = { id: "call_good", tool: succeeds.tool, args: JSON.stringify(succeeds.args) };
  const bad: WireCall = { id: "call_bad", tool: fails.tool, args: JSON.stringify(fails.args) };

  describeToolDriver(name, subject);

  describe(`${name} keeps the Driver contract`, () => {
    test("claims what it is", () =>
      withDriver(subject, async ({ meta }) => {
        expect(hasCapability(meta, MCSDriver)).toBe(true);
        expect(meta.targetLlms).not.toBeNull();
      }));

    test("writes every tool into its system message", () =>
      withDriver(subject, async (driver) => {
        const message = await driver.getDriverSystemMessage();
        const description = await driver.getFunctionDescription();
        const missing = (await driver.listTools()).filter(
          (tool) => !message.includes(tool.name) || !description.includes(tool.name),
        );
        expect(missing).toEqual([]);
      }));

    test.each(withoutCall)("answers %s with an empty response (rule 1)", (_, answer) =>
      withDriver(subject, async (driver) => {
        expect(await driver.processLlmResponse(answer)).toEqual(emptyResponse);
      }),
    );

    test("passes a call of another driver's tool through, unclaimed (rule 2)", () =>
      withDriver(subject, async (driver) => {
        const foreign = { id: "call_x", tool: "mcs_other_tool", args: '{"a":1}' };
        const response = await driver.processLlmResponse(chatMessage(foreign));
        expect(response).toEqual({
          ...emptyResponse,
          unclaimed: [{ id: "call_x", name: "mcs_other_tool", arguments: { a: 1 } }],
        });
        expect(await driver.processLlmResponse(textCall("mcs_other_tool", {}))).toMatchObject({
          callExecuted: false,
          callFailed: false,
          messages: null,
        });
      }));

    test.each([
      ["arguments that are no JSON", '{"a": '],
      ["arguments that are no object", "[1, 2]"],
      ["an argument the tool does not have", JSON.stringify({ ...succeeds.args, mcs_no_such_argument: 1 })],
    ])("answers a call with %s by a hint to the model (rule 3)", (_, args) =>
      withDriver(subject, async (driver) => {
        const answer = chatMessage({ ...good, args });
        const response = await driver.processLlmResponse(answer);
        expect(response).toMatchObject({ callExecuted: false, callFailed: true });
        expect(response.callDetail).toBeTypeOf("string");
        expect(response.retryPrompt).toContain(succeeds.tool);
        expect(response.messages?.[0]).toBe(answer);
        expect(response.messages).toHaveLength(2);
        expect(response.messages?.[1]).toMatchObject({ role: "tool", tool_call_id: "call_good" });
      }),
    );

    test("answers a failed call with its failure (rule 3)", () =>
      withDriver(subject, async (driver) => {
        const response = await driver.processLlmResponse(chatMessage(bad));
        expect(response).toMatchObject({ callExecuted: false, callFailed: true, toolCallResult: null });
        expect(response.results[0]).toMatchObject({
          id: "call_bad",
          name: fails.tool,
          failure: { code: fails.code },
        });
        expect(response.messages).toHaveLength(2);
      }));

    test("executes a native call and answers it by its id (rule 4)", () =>
      withDriver(subject, async (driver) => {
        const answer = chatMessage(good);
        const response = await driver.processLlmResponse(answer);
        expect(response).toMatchObject({
          callExecuted: true,
          callFailed: false,
          retryPrompt: null,
          unclaimed: [],
        });
        expect(response.toolCallResult).toEqual(succeeds.result ?? response.toolCallResult);
        expect(response.messages).toHaveLength(2);
        expect(response.messages?.[0]).toBe(answer);
        expect(response.messages?.[1]).toMatchObject({ role: "tool", tool_call_id: "call_good" });
      }));

    test("executes a call written as text (rule 4)", () =>
      withDriver(subject, async (driver) => {
        const answer = textCall(succeeds.tool, succeeds.args);
        const response = await driver.processLlmResponse(answer);
        expect(response).toMatchObject({ callExecuted: true, callFailed: false });
        expect(response.messages?.[0]).toEqual({ role: "assistant", content: answer });
        expect(response.messages).toHaveLength(2);
      }));

    test("answers every call of a batch once, in order (rule 4)", () =>
      withDriver(subject, async (driver) => {
        const response = await driver.processLlmResponse(
          chatMessage(good, bad, { ...good, id: "call_again" }),
        );
        expect(response).toMatchObject({ callExecuted: true, callFailed: true });
        expect(response.results.map(({ id, outcome }) => [id, outcome])).toEqual([
          ["call_good", "executed"],
          ["call_bad", "failed"],
          ["call_again", "executed"],
        ]);
        expect(response.messages?.slice(1)).toMatchObject([
          { tool_call_id: "call_good" },
          { tool_call_id: "call_bad" },
          { tool_call_id: "call_again" },
        ]);
      }));

    test("leaves the messages of a mixed batch to the client (rule 4)", () =>
      withDriver(subject, async (driver) => {
        const foreign = { id: "call_x", tool: "mcs_other_tool", args: "{}" };
        const response = await driver.processLlmResponse(chatMessage(good, foreign));
        expect(response).toMatchObject({ callExecuted: true, messages: null, unclaimed: [{ id: "call_x" }] });
      }));

    test("keeps answers that are processed at once apart (rule 7)", () =>
      withDriver(subject, async (driver) => {
        const ids = Array.from({ length: 6 }, (_, index) => `call_${index}`);
        const responses = await Promise.all(
          ids.map((id) => driver.processLlmResponse(chatMessage({ ...good, id }))),
        );
        expect(responses.map(({ results }) => results.map(({ id }) => id))).toEqual(ids.map((id) => [id]));
      }));

    test("executes nothing for an intermediate chunk (rule 8)", () =>
      withDriver(subject, async (driver) => {
        const response = await driver.processLlmResponse(chatMessage(good), { streaming: true });
        expect(response).toEqual(emptyResponse);
      }));

    register([...driverOnceChecks, ...healingChecks, ...messageChecks, ...driverFailureChecks], subject);
  });

  describe(`${name} keeps the contract of what it claims`, () => {
    test("gives native tools without repeating them in the system message", ({ skip }) =>
      withDriver(subject, async (driver) => {
        const native =
          resolveCapability(driver, SupportsNativeTools) ?? skip("it does not claim native_tools");
        const { systemMessage, tools } = await native.getNativeToolContext(undefined, "openai");
        expect(tools).toHaveLength((await driver.listTools()).length);
        expect(systemMessage).not.toContain(succeeds.tool);
      }));

    test("falls back to text for a model without native tools", ({ skip }) =>
      withDriver(subject, async (driver) => {
        const native =
          resolveCapability(driver, SupportsNativeTools) ?? skip("it does not claim native_tools");
        const { systemMessage, tools } = await native.getNativeToolContext(undefined, "text");
        expect(tools).toEqual([]);
        expect(systemMessage).toContain(succeeds.tool);
      }));

    test("signals a call while it is being written", ({ skip }) =>
      withDriver(subject, async (driver) => {
        const signals = resolveCapability(driver, ToolCallSignaling) ?? skip("it does not claim tcs");
        const call = textCall(succeeds.tool, succeeds.args);
        expect(signals.mightBeToolCall(call.slice(0, call.length / 2))).toBe(true);
        expect(signals.isCompleteToolCall(call.slice(0, -2))).toBe(false);
        expect(signals.isCompleteToolCall(call)).toBe(true);
        expect(signals.mightBeToolCall("Good morning.")).toBe(false);
      }));
  });
}
