import {
  MCSToolDriver,
  resolveCapability,
  SupportsCache,
  SupportsHealthcheck,
  type CapabilityContract,
} from "@mcs/core";
import { expect, test } from "vitest";
import { BaseDecorator } from "../src/index.ts";
import { add, driverOf } from "./fixture.ts";

/** Stands for any decorator that guards what is inside. */
class Closed extends BaseDecorator {
  override executeTool(): Promise<unknown> {
    return Promise.resolve("refused");
  }
}

/** A driver whose abilities are methods of its own, as hand-written ones and orchestrators have them. */
class Healthy extends BaseDecorator {
  readonly #calls: string[] = [];
  constructor(inner: MCSToolDriver) {
    super(inner, { adds: [SupportsHealthcheck] });
  }
  async healthcheck() {
    this.#calls.push("asked");
    return { status: "OK", detail: `${this.#calls.length}` } as const;
  }
}

const wrapped = new Closed(new Healthy(driverOf([add])));

test("answers for an ability of what is inside, without handing that out", async () => {
  const health = resolveCapability(wrapped, SupportsHealthcheck);
  expect(await health?.healthcheck()).toEqual({ status: "OK", detail: "1" });
  expect(Reflect.ownKeys(health ?? {})).toEqual(["healthcheck"]);
  expect(resolveCapability(wrapped, SupportsCache)).toBeUndefined();
});

test.each([
  ["executeTool"],
  ["healthcheck", "executeTool"],
  ["listTools"],
  ["resume"],
  ["processLlmResponse"],
])("gives no contract the method of what is inside that executes or describes tools: %s %s", (...methods) => {
  const made: CapabilityContract<MCSToolDriver> = {
    name: "Made",
    flag: MCSToolDriver.flag,
    methods: methods.filter((method) => method !== undefined),
    resolves: "inward",
  };
  expect(wrapped.resolveInward(made)).toBeUndefined();
});
