import { isMCSError } from "@mcs/core";
import { expect } from "vitest";
import { withDriver, type ConformanceCase } from "../conformance-case.ts";
import type { DriverCase } from "../describe-driver.ts";
import { chatMessage, contentOf, failureOf, type Check } from "./check.ts";

const faults = ["arguments", "permission", "remote", "driver"];
const effects = ["none", "done", "unknown"];

/** No time was left, or none to ask a person in. */
const outOfTime = ["MCS_TIMEOUT", "MCS_CONSENT_TIMEOUT"];
const noTime = { deadline: 0 };

/** Rule 12, of every ToolDriver. */
export const toolFailureChecks: readonly Check<ConformanceCase>[] = [
  {
    rule: 12,
    name: "tells four things of a failure: what, whose fault, which effect, what to do",
    run: (subject) =>
      withDriver(subject, async (driver) => {
        const { tool, args, code } = subject.fails;
        const error = await failureOf(driver.executeTool(tool, args));
        if (!isMCSError(error)) throw new Error("It failed with what is no MCSError.");
        expect(error.code).toBe(code);
        expect(error.message).not.toBe("");
        expect(faults).toContain(error.fault);
        expect(effects).toContain(error.effect);
        expect(error.hint.trim()).not.toBe("");
        // The subject's failing call fails before it changes anything; a tool that only reads never has an effect.
        const listed = (await driver.listTools()).find(({ name }) => name === tool);
        if (listed?.annotations?.readOnly === true || error.fault === "arguments")
          expect(error.effect).toBe("none");
      }),
  },
  {
    rule: 12,
    name: "starts no call for which no time is left",
    run: async ({ create, succeeds, loses }) => {
      await withDriver({ create }, async (driver) => {
        const error = await failureOf(driver.executeTool(succeeds.tool, succeeds.args, noTime));
        if (!isMCSError(error)) throw new Error("A call with a `deadline` of 0 ran, or failed untyped.");
        expect(outOfTime).toContain(error.code);
        expect(error.effect).toBe("none");
      });
      if (loses === undefined) return;
      const { driver, reached } = await loses.create();
      await using _ = driver;
      await failureOf(driver.executeTool(loses.tool, loses.args, noTime));
      expect(reached()).toBe(0);
    },
  },
  {
    rule: 12,
    name: "says of a lost answer that its effect is unknown, and does not call again by itself",
    applies: ({ loses }) => loses !== undefined,
    run: async ({ loses }) => {
      if (loses === undefined) throw new Error("The subject names no call that `loses` its answer.");
      const { tool, args, create } = loses;
      const { driver, reached } = await create();
      await using _ = driver;
      const error = await failureOf(driver.executeTool(tool, args));
      expect(isMCSError(error) && error.effect).toBe("unknown");
      expect(reached()).toBe(1);
    },
  },
];

/** Rule 12, of what models are told. */
export const driverFailureChecks: readonly Check<DriverCase>[] = [
  {
    rule: 12,
    name: "tells the model what happened and what to do next",
    run: (subject) =>
      withDriver(subject, async (driver) => {
        const { tool, args } = subject.fails;
        const { messages, results } = await driver.processLlmResponse(
          chatMessage({ tool, args: JSON.stringify(args) }),
        );
        const { failure } = results[0] ?? {};
        if (failure === undefined) throw new Error("The call that always fails has no failure.");
        expect(failure.hint.trim()).not.toBe("");
        const told = contentOf(messages?.[1]);
        expect(told).toContain(failure.code);
        expect(told).toMatch(/\S+\s+\S+\s+\S+/);
      }),
  },
  {
    rule: 12,
    name: "starts no call of an answer for which no time is left",
    run: (subject) =>
      withDriver(subject, async (driver) => {
        const { tool, args } = subject.succeeds;
        const answer = chatMessage({ tool, args: JSON.stringify(args) });
        const codes = await driver.processLlmResponse(answer, noTime).then(
          ({ results }) => results.map(({ failure }) => failure?.code),
          // Its tools could not be listed in no time.
          (error: unknown) => [isMCSError(error) ? error.code : undefined],
        );
        expect(codes).toHaveLength(1);
        expect(outOfTime).toContain(codes[0]);
      }),
  },
];
