import { expect, test } from "vitest";
import { BaseDriver, createToolDriver } from "../src/index.ts";
import { createRunner } from "../src/runner.ts";
import { workshop } from "./runner-world.ts";

const { driver } = workshop();

test.each<{ of: string; make: (options: never) => unknown; given: object | undefined; missing: string }>([
  { of: "createToolDriver", make: createToolDriver, given: undefined, missing: "meta" },
  { of: "createToolDriver", make: createToolDriver, given: { meta: driver.meta }, missing: "tools" },
  { of: "BaseDriver", make: (options) => new BaseDriver(options), given: undefined, missing: "toolDriver" },
  { of: "BaseDriver", make: (options) => new BaseDriver(options), given: {}, missing: "toolDriver" },
  { of: "createRunner", make: createRunner, given: undefined, missing: "driver" },
  { of: "createRunner", make: createRunner, given: { driver }, missing: "model" },
  { of: "createRunner", make: createRunner, given: { driver: null, model: () => "" }, missing: "driver" },
])("$of without the option $missing says so ($given)", ({ make, given, missing }) => {
  const call = (): unknown => make(given as never);
  expect(call).toThrow(expect.objectContaining({ code: "MCS_INVALID_CONFIG" }));
  expect(call).toThrow(`"${missing}"`);
});
