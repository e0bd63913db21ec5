import { isMCSError, MCSError, resolveCapability, SupportsHealthcheck, type LoggerPort } from "@mcs/core";
import { Secret } from "@mcs/secrets";
import { expect, test } from "vitest";
import { add, driverOf, printed, rejection, tool, untilAborted } from "./fixture.ts";

test("fills in defaults and runs", async () => {
  const driver = driverOf([add]);
  expect(await driver.executeTool("math_add", { a: 1 })).toBe(11);
  expect(await driver.executeTool("add", { a: 1, b: 2 })).toBe(3);
});

test("gives null for a tool that returns nothing", async () => {
  expect(await driverOf([tool("noop", () => undefined)]).executeTool("noop", {})).toBeNull();
});

test("names near tools when it has none of that name", async () => {
  expect(await rejection(driverOf([add]).executeTool("math_ad", {}))).toMatchObject({
    code: "MCS_UNKNOWN_TOOL",
    effect: "none",
    hint: expect.stringContaining("math_add"),
  });
});

test("names every fault of the arguments at once", async () => {
  const error = await rejection(driverOf([add]).executeTool("math_add", { b: "x", c: 1 }));
  expect(error).toMatchObject({ code: "MCS_INVALID_ARGUMENTS", fault: "arguments", effect: "none" });
  expect(isMCSError(error) && error.issues?.map(({ argument }) => argument).toSorted()).toEqual([
    "a",
    "b",
    "c",
  ]);
});

test("runs what was checked, though the caller changes it meanwhile", async () => {
  const args = { a: 1, b: 1 };
  const call = driverOf([add]).executeTool("math_add", args);
  args.a = 100;
  expect(await call).toBe(2);
});

test("refuses two tools of one name", () => {
  expect(() => driverOf([add, tool("add", () => 1)])).toThrow(
    expect.objectContaining({ code: "MCS_INVALID_CONFIG" }),
  );
});

const canary = "canary-7f3a9c1d5e";
const secrets = () => [new Secret(canary, "token")];

test("scrubs results, tool texts and errors", async () => {
  const driver = driverOf(
    [
      tool(`echo`, () => ({ header: `Bearer ${canary}`, [canary]: [btoa(canary)] })),
      tool("reject", () => {
        throw new MCSError("MCS_REMOTE", `401 for ${canary}`, {
          hint: `Renew ${canary}.`,
          issues: [{ argument: "a", message: canary }],
        });
      }),
      { ...add, tool: { ...add.tool, description: `Uses ${canary}` } },
    ],
    { secrets },
  );
  const error = await rejection(driver.executeTool("reject", {}));
  const seen = printed([await driver.executeTool("echo", {}), await driver.listTools(), error]);
  expect(seen).toContain("[secret token]");
  expect(seen).not.toContain(canary);
  expect(seen).not.toContain(btoa(canary).slice(0, 12));
});

test("makes a foreign error its own and logs the cause, scrubbed, under the call's id", async () => {
  const logged: [string, unknown][] = [];
  const log = (message: string, fields?: unknown): void => void logged.push([message, fields]);
  const logger: LoggerPort = { debug: log, info: log, warn: log, error: log };
  const boom = tool("boom", () => {
    throw Object.assign(new TypeError(`cannot use ${canary}`), { token: canary });
  });
  const error = await rejection(driverOf([boom], { secrets }, { logger }).executeTool("boom", {}));
  expect(error).toMatchObject({ code: "MCS_DRIVER_FAULT", fault: "driver", effect: "unknown" });
  expect(printed(error)).not.toContain(canary);
  expect(printed(error)).not.toContain("cannot use");
  expect(printed(logged)).not.toContain(canary);
  const [, fields] = logged[0] ?? [];
  expect(fields).toMatchObject({ tool: "boom", cause: expect.stringContaining("cannot use [secret token]") });
  expect(isMCSError(error) && error.hint).toContain(Reflect.get(Object(fields), "callId"));
});

test.each([
  { name: "a string", thrown: "text" },
  { name: "nothing", thrown: undefined },
  {
    name: "an object whose text cannot be had",
    thrown: {
      toString: () => {
        throw new Error("no");
      },
    },
  },
])("survives a tool that throws $name", async ({ thrown }) => {
  const driver = driverOf([
    tool("odd", () => {
      throw thrown;
    }),
  ]);
  expect(await rejection(driver.executeTool("odd", {}))).toMatchObject({ code: "MCS_DRIVER_FAULT" });
});

test("ends a call at its deadline, whether or not the tool listens", async () => {
  const driver = driverOf([tool("deaf", () => new Promise(() => {})), tool("polite", untilAborted, true)]);
  expect(await rejection(driver.executeTool("deaf", {}, { deadline: 5 }))).toMatchObject({
    code: "MCS_TIMEOUT",
    effect: "unknown",
  });
  expect(await rejection(driver.executeTool("polite", {}, { deadline: 5 }))).toMatchObject({
    code: "MCS_TIMEOUT",
    effect: "none",
  });
});

test("calls a deadline a deadline, even where a tool takes it for a cancellation", async () => {
  const driver = driverOf([
    tool("aborted", async (signal) => {
      await untilAborted(signal).catch(() => {
        throw new MCSError("MCS_ABORTED", "It was cancelled.", { effect: "none" });
      });
    }),
  ]);
  expect(await rejection(driver.executeTool("aborted", {}, { deadline: 5 }))).toMatchObject({
    code: "MCS_TIMEOUT",
    effect: "none",
  });
});

test.each([0, -1, NaN])("begins no call whose deadline is %d", async (deadline) => {
  let begun = 0;
  const driver = driverOf([tool("count", () => (begun += 1))]);
  expect(await rejection(driver.executeTool("count", {}, { deadline }))).toMatchObject({
    code: "MCS_TIMEOUT",
    effect: "none",
  });
  expect(begun).toBe(0);
});

test.each([0, -5, NaN])("refuses %d for the driver's own limit", (timeoutMs) => {
  expect(() => driverOf([add], { timeoutMs })).toThrow(
    expect.objectContaining({ code: "MCS_INVALID_CONFIG" }),
  );
});

test("lets a deadline only shorten the driver's own limit", async () => {
  const driver = driverOf([tool("deaf", () => new Promise(() => {}))], { timeoutMs: 5 });
  expect(await rejection(driver.executeTool("deaf", {}, { deadline: 60_000 }))).toMatchObject({
    code: "MCS_TIMEOUT",
  });
});

test("takes an endless deadline for the longest one there is", async () => {
  const driver = driverOf([tool("soon", async () => "done")], { timeoutMs: Infinity });
  expect(await driver.executeTool("soon", {}, { deadline: Infinity })).toBe("done");
});

test("ends a call when its caller aborts", async () => {
  const controller = new AbortController();
  const starts: (() => void)[] = [];
  const started = new Promise<void>((resolve) => starts.push(resolve));
  const driver = driverOf([
    tool("slow", (signal) => {
      starts[0]?.();
      return untilAborted(signal);
    }),
  ]);
  const call = rejection(driver.executeTool("slow", {}, { signal: controller.signal }));
  await started;
  controller.abort(new Error(canary));
  expect(await call).toMatchObject({ code: "MCS_ABORTED", effect: "unknown" });
});

test("lets a tool say what it knows of a call that was ended, if it says so at once", async () => {
  const sent = tool("sent", async (signal) => {
    await untilAborted(signal).catch(async () => {
      throw new MCSError("MCS_EFFECT_UNKNOWN", "It was on its way.", { hint: "Its id is 7." });
    });
  });
  expect(await rejection(driverOf([sent]).executeTool("sent", {}, { deadline: 5 }))).toMatchObject({
    code: "MCS_EFFECT_UNKNOWN",
    hint: "Its id is 7.",
  });
});

test("runs nothing for a caller who aborted before", async () => {
  let ran = 0;
  const driver = driverOf([tool("count", () => ++ran)]);
  const call = driver.executeTool("count", {}, { signal: AbortSignal.abort() });
  expect(await rejection(call)).toMatchObject({ code: "MCS_ABORTED", effect: "none" });
  expect(ran).toBe(0);
});

test("ends running calls and disposes once when it is disposed of", async () => {
  let disposed = 0;
  const driver = driverOf([tool("slow", untilAborted)], { dispose: async () => void disposed++ });
  const call = rejection(driver.executeTool("slow", {}));
  await Promise.all([driver[Symbol.asyncDispose](), driver[Symbol.asyncDispose]()]);
  expect(await call).toMatchObject({ code: "MCS_ABORTED" });
  expect(await rejection(driver.executeTool("slow", {}))).toMatchObject({
    code: "MCS_ABORTED",
    effect: "none",
  });
  expect(disposed).toBe(1);
});

test("gives away nothing that can be changed, even where a source froze only the list", async () => {
  const parameter = { name: "a", description: "", schema: { type: "string" } };
  const listed = Object.freeze([{ name: "one", description: "One.", parameters: [parameter] }]);
  const driver = driverOf({ listTools: async () => listed, execute: async () => null });
  const [one] = await driver.listTools();
  expect(Reflect.set(Object(one?.parameters[0]?.schema), "type", "number")).toBe(false);
});

test("checks the arguments of a source's tools against their schema", async () => {
  const seen: unknown[] = [];
  const driver = driverOf({
    listTools: async () => [
      {
        name: "get_pet",
        description: "A pet",
        parameters: [{ name: "id", description: "", required: true, schema: { type: "integer" } }],
      },
    ],
    execute: async (_, args) => void seen.push(args),
  });
  expect(await rejection(driver.executeTool("get_pet", { id: "x" }))).toMatchObject({
    code: "MCS_INVALID_ARGUMENTS",
  });
  expect(await rejection(driver.executeTool("get_pet", {}))).toMatchObject({ code: "MCS_INVALID_ARGUMENTS" });
  await driver.executeTool("get_pet", { id: 7 });
  expect(seen).toEqual([{ id: 7 }]);
});

test("answers for an ability without handing out what is inside", async () => {
  const driver = driverOf([add], {
    secrets,
    abilities: { healthcheck: async () => ({ status: "ERROR", detail: `refused ${canary}` }) },
  });
  const health = resolveCapability(driver, SupportsHealthcheck);
  expect(await health?.healthcheck()).toEqual({ status: "ERROR", detail: "refused [secret token]" });
  expect(Object.keys(health ?? {})).toEqual(["healthcheck"]);
});
