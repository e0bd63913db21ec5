import type { MCSToolDriver, Tool } from "@mcs/core";
import { afterEach, expect, test, vi } from "vitest";
import { BaseDriver, processWithDrivers, readAnswer, runReading } from "../src/index.ts";
import { add, driverOf } from "./fixture.ts";

/** A driver that somebody wrote without any of our help. */
const foreign = (over: object): MCSToolDriver => ({
  meta: { ...driverOf([]).meta, name: "Foreign" },
  listTools: async () => [{ name: "odd", description: "Odd.", parameters: [] }],
  executeTool: async () => "odd",
  [Symbol.asyncDispose]: async () => {},
  ...over,
});

const answer = (...names: string[]) => ({
  role: "assistant",
  content: null,
  tool_calls: names.map((name, index) => ({
    id: `c${index + 1}`,
    type: "function",
    function: { name, arguments: name === "math_add" ? '{"a":1}' : "{}" },
  })),
});

const never = (): Promise<never> => new Promise(() => {});
const good = new BaseDriver({ toolDriver: driverOf([add]) });
const marked = (fields: object): object => ({ [Symbol.for("mcs.error")]: true, ...fields });
const throws = (): never => {
  throw new Error("trap");
};

afterEach(() => void vi.useRealTimers());

test.each<[string, unknown]>([
  ["throws at once", { listTools: throws }],
  ["lists nothing", { listTools: async () => undefined }],
  ["lists what is no tool", { listTools: async () => [null] }],
  ["lists a tool without parameters", { listTools: async () => [{ name: "odd", description: "Odd." }] }],
  ["lists aliases that are none", { listTools: async () => [{ name: "odd", parameters: [], aliases: 5 }] }],
])("a driver that %s does not hinder the others", async (_, over) => {
  const { results } = await processWithDrivers([foreign(over as object), good], answer("math_add", "odd"));
  expect(results).toMatchObject([
    { outcome: "executed", result: 11 },
    { failure: { code: "MCS_UNKNOWN_TOOL", hint: expect.stringContaining("Foreign") } },
  ]);
});

test.each<[string, unknown]>([
  ["null", null],
  ["a proxy that throws", new Proxy({}, { has: throws, get: throws })],
  ["an error of ours that is empty", marked({})],
  ["an error of ours without a code", marked({ code: 5, message: "x" })],
  ["an error of ours that throws", Object.defineProperty(marked({}), "code", { get: throws })],
  ["issues that are none", marked({ code: "MCS_REMOTE", message: "x", issues: "x" })],
  ["a wait for nothing", marked({ code: "MCS_CONSENT_PENDING", message: "x", pending: null })],
])("%s instead of an error costs no other call its result", async (_, thrown) => {
  // oxlint-disable-next-line prefer-promise-reject-errors -- That is what the driver does wrong.
  const bad = foreign({ executeTool: () => Promise.reject(thrown) });
  const response = await processWithDrivers([bad, good], answer("odd", "math_add"));
  expect(response.results).toMatchObject([
    { id: "c1", failure: { code: "MCS_DRIVER_FAULT" } },
    { id: "c2", result: 11 },
  ]);
  expect(response.messages).toHaveLength(3);
});

test.each([
  { end: "deadline", options: { deadline: 500 }, code: "MCS_TIMEOUT" },
  { end: "signal", options: { signal: AbortSignal.abort() }, code: "MCS_ABORTED" },
])("a call that goes on after its $end is given up, and the next one runs", async ({ options, code }) => {
  vi.useFakeTimers();
  const working = processWithDrivers(
    [
      foreign({ executeTool: never }),
      foreign({ listTools: async () => [swift], executeTool: async () => 1 }),
    ],
    answer("odd", "swift"),
    options,
  );
  await vi.advanceTimersByTimeAsync(1_500);
  expect((await working).results).toMatchObject([{ failure: { code } }, { result: 1 }]);
});
const swift: Tool = { name: "swift", description: "Swift.", parameters: [] };

test("a driver that never lists its tools is waited for once, and asked again when it has answered", async () => {
  vi.useFakeTimers();
  let list: ((tools: readonly Tool[]) => void) | undefined;
  const listTools = vi.fn<MCSToolDriver["listTools"]>(
    () =>
      new Promise((resolve) => {
        list = resolve;
      }),
  );
  const slow = foreign({ listTools });
  const first = processWithDrivers([slow, good], answer("math_add"));
  await vi.advanceTimersByTimeAsync(61_000);
  expect((await first).results).toMatchObject([{ result: 11 }]);
  // No timer runs now: this one does not wait.
  expect((await processWithDrivers([slow, good], answer("math_add"))).results).toMatchObject([
    { result: 11 },
  ]);
  expect(listTools).toHaveBeenCalledTimes(1);
  list?.([swift]);
  await vi.advanceTimersByTimeAsync(0);
  const third = processWithDrivers([slow, good], answer("swift"));
  list?.([swift]);
  expect((await third).results).toMatchObject([{ result: "odd" }]);
});

test("a flood of unknown names is told so, and only the first ones are compared with what there is", async () => {
  const { results, messages } = await processWithDrivers(
    [good],
    answer(...Array.from({ length: 5 }, () => "mth_add")),
    { maxCalls: 2 },
  );
  expect(results.map(({ failure }) => failure?.code)).toEqual([
    "MCS_UNKNOWN_TOOL",
    "MCS_UNKNOWN_TOOL",
    "MCS_TOO_LARGE",
    "MCS_TOO_LARGE",
    "MCS_TOO_LARGE",
  ]);
  expect(messages).toHaveLength(6);
});

test("a call whose tool is gone by the time it should run is unclaimed, not lost", async () => {
  const [given, tools] = [answer("math_add"), await good.listTools()];
  const reading = readAnswer(given, { tools, options: {} });
  const response = await runReading(given, reading, {
    tools: [],
    execute: never,
    maxCalls: 16,
    options: {},
  });
  expect(response).toMatchObject({ messages: null, unclaimed: [{ id: "c1", name: "math_add" }] });
});
