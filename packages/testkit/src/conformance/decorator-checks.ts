import {
  hasCapability,
  MCSToolDriver,
  resolveCapability,
  SupportsCache,
  SupportsConsent,
  SupportsHealthcheck,
  SupportsNativeTools,
  SupportsStatus,
  type CapabilityContract,
} from "@mcs/core";
import { expect } from "vitest";
import type { DecoratorCase } from "../describe-decorator.ts";
import type { Check } from "./check.ts";
import { reachableFrom } from "./reachable.ts";

const contracts: readonly CapabilityContract<object>[] = [
  MCSToolDriver,
  SupportsHealthcheck,
  SupportsCache,
  SupportsStatus,
  SupportsNativeTools,
  SupportsConsent,
];

/** What a wrapper may use of what it wraps. */
const contractual: ReadonlySet<PropertyKey> = new Set([
  "meta",
  "listTools",
  "executeTool",
  "resolveInward",
  Symbol.asyncDispose,
  ...contracts.flatMap(({ methods }) => methods),
]);

interface Watched {
  readonly inner: MCSToolDriver;
  /** Methods that were called. */
  readonly calls: PropertyKey[];
  /** Members that were read beyond the contract. */
  readonly opened: PropertyKey[];
  /** What must not be got at. */
  readonly hidden: readonly object[];
}

/** The driver behind a wall that sees who knocks; its credential stands in the open, as no driver's should. */
function watch(driver: MCSToolDriver): Watched {
  const calls: PropertyKey[] = [];
  const opened: PropertyKey[] = [];
  const credential = { value: "a credential" };
  const methods = new Map<PropertyKey, unknown>();
  // Whoever reads the credential is seen, as is whoever lists what there is.
  const inner = new Proxy(driver, {
    get(target, key) {
      if (!contractual.has(key) && key !== "then") opened.push(key);
      if (key === "credential") return credential;
      const value: unknown = Reflect.get(target, key, target);
      if (typeof value !== "function") return value;
      const known = methods.get(key) ?? watched(key, value as (...args: unknown[]) => unknown, target, calls);
      methods.set(key, known);
      return known;
    },
    ownKeys(target) {
      opened.push("ownKeys");
      return Reflect.ownKeys(target);
    },
  });
  return { inner, calls, opened, hidden: [driver, inner, credential] };
}

function watched(
  key: PropertyKey,
  method: (...args: unknown[]) => unknown,
  target: object,
  calls: PropertyKey[],
): unknown {
  return (...args: unknown[]) => {
    calls.push(key);
    return Reflect.apply(method, target, args);
  };
}

async function withWatched(
  { wrap, inner }: DecoratorCase,
  use: (decorator: MCSToolDriver, watchedInner: Watched) => Promise<void>,
): Promise<void> {
  const seen = watch(await inner.create());
  await using decorator = await wrap(seen.inner);
  await use(decorator, seen);
}

/** Rule 14, of what is wrapped: it cannot be reached, and wrapping opens nothing. */
export const decoratorChecks: readonly Check<DecoratorCase>[] = [
  {
    rule: 14,
    name: "leads nobody to what it wraps",
    run: (subject) =>
      withWatched(subject, async (decorator, { hidden }) => {
        const { succeeds } = subject.inner;
        await decorator.executeTool(succeeds.tool, succeeds.args);
        const given: unknown[] = [decorator, await decorator.listTools()];
        given.push(...contracts.map((contract) => resolveCapability(decorator, contract)));
        const { objects } = reachableFrom(given);
        expect(hidden.filter((object) => objects.has(object))).toEqual([]);
      }),
  },
  {
    rule: 14,
    name: "calls nothing and opens nothing when it wraps",
    run: (subject) =>
      withWatched(subject, async (decorator, { calls, opened }) => {
        expect(decorator.meta.id).toMatch(/./);
        expect({ calls, opened }).toEqual({ calls: [], opened: [] });
      }),
  },
  {
    rule: 14,
    name: "opens nothing while it works, and runs each call once",
    run: (subject) =>
      withWatched(subject, async (decorator, { calls, opened }) => {
        const { succeeds } = subject.inner;
        await decorator.executeTool(succeeds.tool, succeeds.args);
        expect(calls.filter((key) => key === "executeTool")).toHaveLength(1);
        expect(opened).toEqual([]);
      }),
  },
  {
    rule: 14,
    name: "answers for abilities inside with their methods alone, and hands out none that runs or describes tools",
    run: (subject) =>
      withWatched(subject, async (decorator, { inner }) => {
        for (const contract of contracts.filter((known) => hasCapability(decorator.meta, known))) {
          const ability = resolveCapability(decorator, contract);
          if (ability === undefined || ability === decorator) continue;
          expect(ability).not.toBe(inner);
          expect(contract.resolves).toBe("inward");
          expect(new Set(Reflect.ownKeys(ability))).toEqual(new Set(contract.methods));
        }
      }),
  },
];
