import { inspect } from "node:util";
import { MCSError } from "@mcs/core";
import { Secret } from "@mcs/secrets";
import { expect, test, vi } from "vitest";
import { add, driverOf, rejection, tool } from "./fixture.ts";

const canary = "canary-7f3a9c1d5e";

test("runs many calls on one signal without a warning of a leak", async () => {
  const warn = vi.fn<(warning: Error) => void>();
  process.on("warning", warn);
  const driver = driverOf([add]);
  const { signal } = new AbortController();
  await Promise.all(Array.from({ length: 20 }, () => driver.executeTool("add", { a: 1 }, { signal })));
  await new Promise(setImmediate);
  process.off("warning", warn);
  expect(warn).not.toHaveBeenCalled();
});

test("shows no secret to Node's inspection, of the driver, its tools, results or errors", async () => {
  const fail = tool("fail", () => {
    throw new MCSError("MCS_REMOTE", `401 for ${canary}`);
  });
  const echo = tool("echo", () => ({ token: canary }));
  const driver = driverOf([add, echo, fail], { secrets: () => [new Secret(canary, "token")] });
  const seen = [
    driver,
    await driver.listTools(),
    await driver.executeTool("echo", {}),
    await rejection(driver.executeTool("fail", {})),
  ];
  const text = inspect(seen, { showHidden: true, getters: true, depth: 9 });
  expect(text).toContain("[secret token]");
  expect(text).not.toContain(canary);
});

test("gives no error that holds a secret, and no object of its own, to who prints stacks", async () => {
  const usual = Object.getOwnPropertyDescriptor(Error, "prepareStackTrace");
  const seen: unknown[] = [];
  Error.prepareStackTrace = (error, sites): string => {
    seen.push(error, ...sites.flatMap((site) => [site.getThis(), site.getFunction(), site.getEvalOrigin()]));
    return String(error);
  };
  try {
    const fail = tool("fail", () => {
      throw new TypeError(`Invalid header value: ${canary}`);
    });
    const log = (...entry: unknown[]): void => void seen.push(entry);
    const driver = driverOf(
      [fail],
      { secrets: () => [new Secret(canary, "token")] },
      { logger: { debug: log, info: log, warn: log, error: log } },
    );
    const error = await rejection(driver.executeTool("fail", {}));
    seen.push(Reflect.get(Object(error), "stack"));
  } finally {
    if (usual === undefined) Reflect.deleteProperty(Error, "prepareStackTrace");
    else Object.defineProperty(Error, "prepareStackTrace", usual);
  }
  const objects = seen.filter(
    (item) => typeof item === "function" || (typeof item === "object" && item !== null),
  );
  expect(seen.length).toBeGreaterThan(9);
  expect(inspect(objects, { showHidden: true, depth: 9 })).not.toContain(canary);
  expect(seen.filter((item) => typeof item === "function")).toEqual([]);
});
