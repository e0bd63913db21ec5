import { expect } from "vitest";
import { withDriver } from "../conformance-case.ts";
import type { DriverCase } from "../describe-driver.ts";
import { chatMessage, contentOf, jsonCall, type Check } from "./check.ts";

/** Placeholders of prompt strategies: outside text that holds one is not to be filled in. */
const placeholder = "{tool_name}{available}{error}";

/** A result of fewer characters fits any budget. */
const leastCharacters = 4_000;
const budget = { tokens: 100 };
/** More than any tokenizer gets out of that budget. */
const mostCharacters = 1_500;

/** Rules 10 and 11: what comes from outside, in the conversation. */
export const messageChecks: readonly Check<DriverCase>[] = [
  {
    rule: 10,
    name: "puts nothing into the system role",
    run: (subject) =>
      withDriver(subject, async (driver) => {
        const { succeeds, fails, textCall = jsonCall } = subject;
        const answers = [
          chatMessage({ tool: succeeds.tool, args: JSON.stringify(succeeds.args) }),
          chatMessage({ tool: fails.tool, args: JSON.stringify(fails.args) }),
          textCall(succeeds.tool, succeeds.args),
        ];
        const before = await driver.getDriverSystemMessage();
        const responses = await Promise.all(answers.map((answer) => driver.processLlmResponse(answer)));
        const roles = responses
          .flatMap(({ messages }) => messages ?? [])
          .map((message) => Reflect.get(message, "role"));
        expect(roles.length).toBeGreaterThan(0);
        expect(roles).not.toContain("system");
        expect(roles).not.toContain("developer");
        expect(await driver.getDriverSystemMessage()).toBe(before);
      }),
  },
  {
    rule: 10,
    name: "fills in no placeholder of what comes from outside",
    run: (subject) =>
      withDriver(subject, async (driver) => {
        const { tool, args } = subject.succeeds;
        const hostile = JSON.stringify({ ...args, [placeholder]: 1 });
        const { messages, retryPrompt } = await driver.processLlmResponse(
          chatMessage({ tool, args: hostile }),
        );
        expect(retryPrompt).toContain(placeholder);
        expect(contentOf(messages?.[1])).toContain(placeholder);
      }),
  },
  {
    rule: 11,
    name: "gives a program the result unshaped",
    run: (subject) =>
      withDriver(subject, async (driver) => {
        const { tool, args, result } = subject.large ?? subject.succeeds;
        const response = await driver.processLlmResponse(chatMessage({ tool, args: JSON.stringify(args) }), {
          budget,
        });
        const whole = result ?? (await driver.executeTool(tool, args));
        if (result !== undefined || subject.large !== undefined)
          expect(response.toolCallResult).toEqual(whole);
        else expect(typeof response.toolCallResult).toBe(typeof whole);
      }),
  },
  {
    rule: 11,
    name: "gives a model a view within the budget, which says what is missing",
    applies: ({ large }) => large !== undefined,
    run: (subject) =>
      withDriver(subject, async (driver) => {
        const { tool, args } = subject.large ?? subject.succeeds;
        const whole = JSON.stringify(await driver.executeTool(tool, args));
        if (whole.length < leastCharacters)
          throw new Error(`The subject's \`large\` result has less than ${leastCharacters} characters.`);
        const { messages } = await driver.processLlmResponse(
          chatMessage({ tool, args: JSON.stringify(args) }),
          { budget },
        );
        const content = contentOf(messages?.[1]);
        expect(content.length).toBeLessThan(mostCharacters);
        expect(content).toMatch(/\d+ (?:more|of|left out|omitted|missing)|handle/i);
      }),
  },
];
