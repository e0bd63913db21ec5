import { expect } from "vitest";
import { withDriver } from "../conformance-case.ts";
import type { DriverCase } from "../describe-driver.ts";
import { chatMessage, completion, jsonCall, type Check } from "./check.ts";

const notExecuted = { callExecuted: false, toolCallResult: null };

/** Places in a text where a call is quoted or thought of, and not made. */
const quoting: readonly (readonly [string, (call: string) => string])[] = [
  ["out of reasoning", (call) => `<think>\nPerhaps so:\n${call}\n</think>\nLet us see.`],
  ["out of the result of a tool", (call) => `<tool_response>\n${call}\n</tool_response>`],
  ["out of a quotation", (call) => `You wrote:\n\n${call.replaceAll(/^/gm, "> ")}\n\nI will not do that.`],
];

function takesNoCall(where: string, quote: (call: string) => string): Check<DriverCase> {
  return {
    rule: 9,
    name: `takes no call ${where}`,
    run: (subject) =>
      withDriver(subject, async (driver) => {
        const { succeeds, textCall = jsonCall } = subject;
        const answer = quote(textCall(succeeds.tool, succeeds.args));
        expect(await driver.processLlmResponse(answer)).toMatchObject(notExecuted);
      }),
  };
}

/** Rule 9: healing repairs syntax, never meaning. */
export const healingChecks: readonly Check<DriverCase>[] = [
  {
    rule: 9,
    name: "runs no call that the provider cut off",
    run: (subject) =>
      withDriver(subject, async (driver) => {
        const { tool, args } = subject.succeeds;
        const message = chatMessage({ tool, args: JSON.stringify(args) });
        const response = await driver.processLlmResponse(completion(message, "length"));
        expect(response).toMatchObject({ ...notExecuted, callFailed: true });
      }),
  },
  {
    rule: 9,
    name: "runs no last call of an answer of which the client says that it was cut off",
    run: (subject) =>
      withDriver(subject, async (driver) => {
        const { succeeds, textCall = jsonCall } = subject;
        const { tool, args } = succeeds;
        const call = { tool, args: JSON.stringify(args) };
        const answers = [chatMessage(call), completion(chatMessage(call), "stop"), textCall(tool, args)];
        for (const answer of answers) {
          const response = await driver.processLlmResponse(answer, { cutOff: true });
          expect(response).toMatchObject({ ...notExecuted, callFailed: true });
        }
        const two = chatMessage(call, { ...call, id: "call_last" });
        const { results } = await driver.processLlmResponse(two, { cutOff: true });
        expect(results.find(({ id }) => id === "call_last")?.outcome).toBe("failed");
      }),
  },
  {
    rule: 9,
    name: "invents no value for a call that ends in the middle",
    run: (subject) =>
      withDriver(subject, async (driver) => {
        const { tool, args } = subject.succeeds;
        const [name = "argument"] = Object.keys(args);
        const response = await driver.processLlmResponse(
          chatMessage({ tool, args: `{${JSON.stringify(name)}:` }),
        );
        expect(response).toMatchObject({ ...notExecuted, callFailed: true });
      }),
  },
  ...quoting.map(([where, quote]) => takesNoCall(where, quote)),
  {
    rule: 9,
    name: "says what it mended",
    run: (subject) =>
      withDriver(subject, async (driver) => {
        const { tool, args } = subject.succeeds;
        const fenced = `\`\`\`json\n${JSON.stringify(args)}\n\`\`\``;
        const { callExecuted, callDetail } = await driver.processLlmResponse(
          chatMessage({ tool, args: fenced }),
        );
        if (callExecuted) expect(callDetail).toContain(tool);
        else expect(callDetail).not.toBeNull();
      }),
  },
];
