import {
  MCSToolDriver,
  SupportsCache,
  SupportsHealthcheck,
  SupportsStatus,
  resolveCapability,
  type CapabilityContract,
} from "@mcs/core";
import { expect } from "vitest";
import { withDriver, type ConformanceCase } from "../conformance-case.ts";
import { failureOf, type Check } from "./check.ts";
import { reachableFrom } from "./reachable.ts";
import { spellingsOf } from "./secret-spellings.ts";

const inward: readonly CapabilityContract<object>[] = [SupportsHealthcheck, SupportsStatus, SupportsCache];

/** What an `MCSError` has. */
const known: ReadonlySet<string> = new Set(
  "stack message name code fault effect hint retryAfterMs issues status pending".split(" "),
);

/** Rule 14, as far as a suite sees it without planting secrets; `leakSuite` of `@mcs/testkit/leaks` does that. */
export const secretChecks: readonly Check<ConformanceCase>[] = [
  {
    rule: 14,
    name: "leads nobody who holds it, or what it gives, to a secret of its configuration",
    applies: ({ secret }) => secret !== undefined,
    run: async (subject) => {
      const { secret } = subject;
      if (secret === undefined) throw new Error("The subject names no `secret` of its configuration.");
      await withDriver(subject, async (driver) => {
        const { succeeds, fails } = subject;
        const given: unknown[] = [driver, driver.meta, await driver.listTools()];
        const context = { onProgress: (progress: unknown) => given.push(progress) };
        given.push(await driver.executeTool(succeeds.tool, succeeds.args, context));
        given.push(await failureOf(driver.executeTool(fails.tool, fails.args, context)));
        for (const contract of inward) {
          const ability = resolveCapability(driver, contract);
          if (ability === undefined) continue;
          given.push(ability);
          for (const method of contract.methods) given.push(await outcomeOf(ability, method));
        }
        const spellings = [...spellingsOf(secret)];
        const { texts } = reachableFrom(given);
        expect(texts.filter((text) => spellings.some((spelling) => text.includes(spelling))).length).toBe(0);
      });
    },
  },
  {
    rule: 14,
    name: "leads nobody to a driver inside it, past what it checks itself",
    run: (subject) =>
      withDriver(subject, async (driver) => {
        const given: unknown[] = [driver, await driver.listTools()];
        given.push(...inward.map((contract) => resolveCapability(driver, contract)));
        const own = new Set<unknown>(prototypesOf(driver));
        const others = [...reachableFrom(given).objects].filter(
          (object) => object !== driver && !own.has(object) && isToolDriver(object),
        );
        expect(others.length).toBe(0);
      }),
  },
  {
    rule: 14,
    name: "passes no error on: none has a cause, or a property that the contract does not know",
    run: (subject) =>
      withDriver(subject, async (driver) => {
        const error = await failureOf(driver.executeTool(subject.fails.tool, subject.fails.args));
        const own = Object.getOwnPropertyNames(error ?? {}).filter((key) => !known.has(key));
        expect(own).toEqual([]);
      }),
  },
];

function prototypesOf(object: object): object[] {
  const prototype = Reflect.getPrototypeOf(object);
  return prototype === null ? [] : [prototype, ...prototypesOf(prototype)];
}

function isToolDriver(object: object): boolean {
  return MCSToolDriver.methods.every((method) => {
    try {
      return typeof Reflect.get(object, method) === "function";
    } catch {
      return false;
    }
  });
}

/** What a method gives, or fails with. */
async function outcomeOf(ability: object, method: string): Promise<unknown> {
  try {
    return await Reflect.apply(Reflect.get(ability, method) as () => unknown, ability, []);
  } catch (error) {
    return error;
  }
}
