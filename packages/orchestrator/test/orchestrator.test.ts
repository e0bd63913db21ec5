import { MCSError, resolveCapability, SupportsHealthcheck, toolNamePattern, type Health } from "@mcs/core";
import { BaseDecorator, BaseDriver, createToolDriver } from "@mcs/kit";
import fc from "fast-check";
import { expect, test, vi } from "vitest";
import { Orchestrator } from "../src/index.ts";
import { calculator, single } from "./fixture.ts";

const names = async (driver: Orchestrator): Promise<string[]> =>
  (await driver.listTools()).map(({ name }) => name);

test("namespaces tools only while there is more than one driver", async () => {
  const driver = new Orchestrator({ drivers: { math: calculator() } });
  expect(await names(driver)).toEqual(["math_add", "math_fail"]);
  driver.add("one", single("one_get"));
  expect(await names(driver)).toEqual(["math__math_add", "math__math_fail", "one__one_get"]);
  expect(await driver.executeTool("math__add", { a: 2, b: 2 })).toBe(4);
  driver.remove("math");
  expect(await names(driver)).toEqual(["one_get"]);
  expect(driver.labels()).toEqual(["one"]);
});

test.each(["", "1st", "a__b", "a_", "with space", "x".repeat(25)])("refuses the label %j", (label) => {
  expect(() => new Orchestrator().add(label, calculator())).toThrow(
    expect.objectContaining({ code: "MCS_INVALID_CONFIG" }),
  );
});

test("refuses a label that is taken, and loses nothing", async () => {
  const driver = new Orchestrator({ drivers: { math: calculator() } });
  expect(() => driver.add("math", single("x"))).toThrow(
    expect.objectContaining({ code: "MCS_INVALID_CONFIG" }),
  );
  expect(await names(driver)).toEqual(["math_add", "math_fail"]);
});

test("keeps names legal and distinct, however long they are and however deep they nest", async () => {
  const label = fc.stringMatching(/^[A-Za-z][A-Za-z0-9]{0,23}$/);
  const tool = fc.stringMatching(/^[A-Za-z][A-Za-z0-9_-]{0,63}$/);
  await fc.assert(
    fc.asyncProperty(
      fc.uniqueArray(label, { minLength: 2, maxLength: 4 }),
      tool,
      label,
      async (labels, name, outer) => {
        const drivers = Object.fromEntries(labels.map((one) => [one, single(name)]));
        const nested = new Orchestrator({
          drivers: { [outer]: new Orchestrator({ drivers }), other: single(name) },
        });
        const listed = await names(nested).catch(() => []);
        fc.pre(outer !== "other");
        expect(listed.every((one) => toolNamePattern.test(one))).toBe(true);
        expect(new Set(listed).size).toBe(labels.length + 1);
        for (const one of listed) expect(await nested.executeTool(one, {})).toBe(name);
      },
    ),
    { numRuns: 60 },
  );
});

test.each<{ name: string; healths: (Health["status"] | "throws" | "none")[]; want: Health["status"] }>([
  { name: "the worst of several", healths: ["OK", "ERROR", "WARNING"], want: "ERROR" },
  { name: "a healthcheck that fails as an error", healths: ["OK", "throws"], want: "ERROR" },
  { name: "nothing of drivers without one", healths: ["OK", "none"], want: "OK" },
  { name: "that it does not know when nobody has one", healths: ["none"], want: "UNKNOWN" },
  { name: "that it does not know when it is empty", healths: [], want: "UNKNOWN" },
])("its health says $name", async ({ healths, want }) => {
  const driver = new Orchestrator();
  for (const [index, health] of healths.entries()) {
    const check = async (): Promise<Health> => {
      if (health === "throws" || health === "none") throw new Error("down");
      return { status: health };
    };
    driver.add(`d${index}`, calculator(health === "none" ? undefined : check));
  }
  expect(await resolveCapability(driver, SupportsHealthcheck)?.healthcheck()).toMatchObject({ status: want });
});

const answer = (...calls: [id: string, name: string][]) => ({
  role: "assistant",
  content: null,
  tool_calls: calls.map(([id, name]) => ({ id, type: "function", function: { name, arguments: "{}" } })),
});

test("reads and runs in two steps", async () => {
  let ran = 0;
  const driver = new Orchestrator({ drivers: { one: single("count", () => ++ran) } });
  const parsed = await driver.parse(answer(["1", "count"]));
  expect(parsed.reading).toMatchObject({ kind: "calls", calls: [{ id: "1", name: "count" }] });
  expect(ran).toBe(0);
  expect(await driver.execute(parsed)).toMatchObject({ callExecuted: true, toolCallResult: 1 });
});

test("passes a call that nobody below has upward, unclaimed", async () => {
  const outer = new Orchestrator({
    drivers: { inner: new Orchestrator({ drivers: { a: single("x") } }), b: single("y") },
  });
  const response = await outer.processLlmResponse(answer(["1", "inner__x"], ["2", "nobody"]));
  expect(response).toMatchObject({
    callExecuted: true,
    messages: null,
    unclaimed: [{ id: "2", name: "nobody" }],
  });
});

test("hides no driver behind one that is out of order", async () => {
  const broken = new BaseDriver({
    toolDriver: createToolDriver({
      meta: { id: "5d1f0d0c-61f4-44a1-8a8e-1c7a7be0a003", name: "Broken", version: "1.0.0", bindings: [] },
      tools: {
        listTools: async () => {
          throw new MCSError("MCS_TRANSPORT", "down");
        },
        execute: async () => null,
      },
    }),
  });
  const driver = new Orchestrator({ drivers: { broken, one: single("x") } });
  expect(await names(driver)).toEqual(["one__x"]);
  driver.remove("one");
  await expect(driver.listTools()).rejects.toMatchObject({ code: "MCS_TRANSPORT" });
});

test("asks for consent once, however many layers would", async () => {
  const asked: string[] = [];
  const inner = new Orchestrator({ drivers: { a: single("x", () => "ran", false), b: single("y") } });
  const outer = new Orchestrator({ drivers: { inner, c: single("z") } });
  for (const [name, layer] of Object.entries({ inner, outer })) {
    layer.onConsent(({ call }) => {
      asked.push(`${name}: ${call.name}`);
      return { kind: "approve" };
    });
  }
  expect(await outer.executeTool("inner__a__x", {})).toBe("ran");
  expect(asked).toEqual(["outer: inner__a__x"]);
});

test("resumes a call that waits below, under the name that is valid here", async () => {
  let ran = 0;
  const inner = new Orchestrator({ drivers: { a: single("x", () => ++ran, false), b: single("y") } });
  inner.onConsent(() => ({ kind: "later" }));
  const outer = new Orchestrator({ drivers: { inner, c: single("z") } });
  const response = await outer.processLlmResponse(answer(["1", "inner__a__x"]));
  expect(response).toMatchObject({ messages: null, pending: [{ call: { id: "1", name: "inner__a__x" } }] });
  const [pending] = structuredClone(response.pending);
  if (pending === undefined) throw new Error("nothing is pending");
  expect(await outer.resume(pending, { kind: "approve" })).toMatchObject({
    id: "1",
    outcome: "executed",
    result: 1,
  });
});

test("leaves its drivers to whoever made them", async () => {
  const driver = single("x");
  await new Orchestrator({ drivers: { driver } })[Symbol.asyncDispose]();
  expect(await driver.executeTool("x", {})).toBe("x");
});

const never = (): Promise<never> => new Promise(() => {});

test("lets no arguments past the person who is asked", async () => {
  const driver = new Orchestrator({ drivers: { one: single("one_get", () => 1, false) } });
  driver.onConsent(() => ({ kind: "deny" }));
  await expect(driver.executeTool("one_get", { f() {} })).rejects.toMatchObject({
    code: "MCS_INVALID_ARGUMENTS",
  });
  await expect(driver.executeTool("one_get", {})).rejects.toMatchObject({ code: "MCS_CONSENT_DENIED" });
});

/** Stands for any decorator that guards what is inside. */
class Closed extends BaseDecorator {
  override executeTool(): Promise<unknown> {
    return Promise.resolve("refused");
  }
}

test("cannot be reached past a decorator around it", async () => {
  const inner = new Orchestrator({ drivers: { one: single("one_get", () => 1, false) } });
  const health = resolveCapability(new Closed(inner), SupportsHealthcheck);
  expect(await health?.healthcheck()).toMatchObject({ status: "UNKNOWN" });
  expect(Reflect.ownKeys(health ?? {})).toEqual(["healthcheck"]);
});

test("runs the calls of the others while one driver hangs", async () => {
  vi.useFakeTimers();
  const hanging = Object.assign(single("slow_get"), { listTools: never });
  const driver = new Orchestrator({ drivers: { slow: hanging, math: calculator() } });
  expect(await driver.executeTool("math__add", { a: 1, b: 1 })).toBe(2);
  const listing = driver.listTools();
  await vi.advanceTimersByTimeAsync(61_000);
  expect((await listing).map(({ name }) => name)).toEqual(["math__math_add", "math__math_fail"]);
  vi.useRealTimers();
});

test.each<[string, () => Promise<Health>]>([
  ["never comes", never],
  ["is none", () => Promise.resolve(null as unknown as Health)],
])("reports an error for a health that %s", async (_, health) => {
  vi.useFakeTimers();
  const asked = new Orchestrator({ drivers: { math: calculator(health) } }).healthcheck();
  await vi.advanceTimersByTimeAsync(60_000);
  expect(await asked).toMatchObject({ status: "ERROR" });
  vi.useRealTimers();
});

test("leaves a call unclaimed that was read before its tool got another name", async () => {
  const driver = new Orchestrator({ drivers: { math: calculator() } });
  const parsed = await driver.parse('{"tool":"math_add","arguments":{"a":1,"b":2}}');
  driver.add("one", single("one_get"));
  expect(await driver.execute(parsed)).toMatchObject({ results: [], unclaimed: [{ name: "math_add" }] });
});
