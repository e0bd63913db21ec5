import { MCSDriver, resolveCapability } from "@mcs/core";
import { expect } from "vitest";
import { withDriver, type ConformanceCase } from "../conformance-case.ts";
import type { DriverCase } from "../describe-driver.ts";
import { chatMessage, type Check } from "./check.ts";

/** Rule 4, of what is behind the driver. */
export const toolOnceChecks: readonly Check<ConformanceCase>[] = [
  {
    rule: 4,
    name: "reaches what it talks to once for each call",
    applies: ({ counts }) => counts !== undefined,
    run: async ({ counts }) => {
      if (counts === undefined) throw new Error("The subject names no call that it `counts`.");
      const { tool, args, create } = counts;
      const { driver, reached } = await create();
      await using _ = driver;
      await driver.executeTool(tool, args);
      expect(reached()).toBe(1);
      const speaking = resolveCapability(driver, MCSDriver);
      if (speaking === undefined) return;
      await speaking.processLlmResponse(chatMessage({ tool, args: JSON.stringify(args) }));
      expect(reached()).toBe(2);
    },
  },
];

/** Rule 4, of what a driver does with an answer. */
export const driverOnceChecks: readonly Check<DriverCase>[] = [
  {
    rule: 4,
    name: "gives its own `executeTool` each call of an answer once",
    run: (subject) =>
      withDriver(subject, async (driver) => {
        const { tool, args } = subject.succeeds;
        const execute = driver.executeTool.bind(driver);
        let calls = 0;
        // A frozen driver keeps its method, and then nothing is counted.
        Reflect.defineProperty(driver, "executeTool", {
          value: (...call: Parameters<typeof execute>) => {
            calls += 1;
            return execute(...call);
          },
        });
        const call = { tool, args: JSON.stringify(args) };
        const { results } = await driver.processLlmResponse(chatMessage(call, { ...call, id: "call_other" }));
        expect(results).toHaveLength(2);
        expect(calls).toBeLessThanOrEqual(2);
      }),
  },
];
