import { expect } from "vitest";
import { withDriver, type ConformanceCase } from "../conformance-case.ts";
import { failureOf, type Check } from "./check.ts";

/** Rule 13: a list that changes destroys the provider's prompt cache. */
export const listingChecks: readonly Check<ConformanceCase>[] = [
  {
    rule: 13,
    name: "lists the same bytes each time and from each instance",
    run: (subject) =>
      withDriver(subject, (one) =>
        withDriver(subject, async (other) => {
          const first = JSON.stringify(await one.listTools());
          expect(JSON.stringify(await one.listTools())).toBe(first);
          expect(JSON.stringify(await other.listTools())).toBe(first);
        }),
      ),
  },
  {
    rule: 13,
    name: "lists the same bytes after calls, whatever came of them, and while others run",
    run: (subject) =>
      withDriver(subject, async (driver) => {
        const { succeeds, fails } = subject;
        const first = JSON.stringify(await driver.listTools());
        const running = [
          failureOf(driver.executeTool(succeeds.tool, succeeds.args)),
          failureOf(driver.executeTool(fails.tool, fails.args)),
        ];
        expect(JSON.stringify(await driver.listTools())).toBe(first);
        await Promise.all(running);
        expect(JSON.stringify(await driver.listTools())).toBe(first);
      }),
  },
];
