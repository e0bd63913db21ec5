import type { HybridDriver, MCSToolDriver } from "@mcs/core";
import { describe } from "vitest";
import { decoratorChecks } from "./conformance/decorator-checks.ts";
import { register } from "./conformance/register.ts";
import { describeDriver, type DriverCase } from "./describe-driver.ts";
import type { ConformanceCase, CountedDriver } from "./conformance-case.ts";

/** A decorator, and a ToolDriver to be wrapped. */
export interface DecoratorCase {
  /** Wraps a driver so that all its calls get through: a consent decorator has to say yes. */
  readonly wrap: (inner: MCSToolDriver) => HybridDriver | Promise<HybridDriver>;
  /** What {@link describeDriver} is told of the driver inside; the decorator has to keep all of it. */
  readonly inner: ConformanceCase & Pick<DriverCase, "textCall" | "large">;
}

/**
 * Holds a decorator to the contract: {@link describeDriver} runs around the driver inside, which cannot be reached, and
 * wrapping it calls nothing and opens nothing.
 */
export function describeDecorator(name: string, subject: DecoratorCase): void {
  const { wrap, inner } = subject;
  const { createDetached = inner.create, loses, counts } = inner;
  const wrapped = async ({ driver, reached }: CountedDriver): Promise<CountedDriver> => ({
    driver: await wrap(driver),
    reached,
  });
  describeDriver(name, {
    ...inner,
    create: async () => wrap(await inner.create()),
    createDetached: async () => wrap(await createDetached()),
    ...(loses !== undefined && {
      loses: { ...loses, create: async () => wrapped(await loses.create()) },
    }),
    ...(counts !== undefined && {
      counts: { ...counts, create: async () => wrapped(await counts.create()) },
    }),
  });
  describe(`${name} hides what it wraps`, () => {
    register(decoratorChecks, subject);
  });
}
