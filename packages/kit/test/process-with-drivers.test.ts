import { MCSError, type PendingCall } from "@mcs/core";
import { expect, test } from "vitest";
import { BaseDriver, processWithDrivers } from "../src/index.ts";
import { add, driverOf, tool } from "./fixture.ts";

const answer = (...calls: [id: string, name: string, args?: string][]) => ({
  role: "assistant",
  content: null,
  tool_calls: calls.map(([id, name, args = "{}"]) => ({
    id,
    type: "function",
    function: { name, arguments: args },
  })),
});

const hybrid = (...tools: Parameters<typeof driverOf>[0] & readonly unknown[]) =>
  new BaseDriver({ toolDriver: driverOf(tools) });

test("answers every call of a batch once, whoever has the tool, in order", async () => {
  const given = answer(["1", "b_tool"], ["2", "math_add", '{"a":1}'], ["3", "b_tol"]);
  const response = await processWithDrivers([hybrid(add), hybrid(tool("b_tool", () => "b"))], given);
  expect(response).toMatchObject({ callExecuted: true, callFailed: true, pending: [], unclaimed: [] });
  expect(response.results).toMatchObject([
    { id: "1", result: "b" },
    { id: "2", result: 11 },
    {
      id: "3",
      outcome: "failed",
      failure: { code: "MCS_UNKNOWN_TOOL", hint: 'There is no tool "b_tol". Use one of these: b_tool.' },
    },
  ]);
  expect(response.messages?.slice(1)).toMatchObject([
    { tool_call_id: "1" },
    { tool_call_id: "2" },
    { tool_call_id: "3" },
  ]);
});

test("lets the first driver have a name that two claim, and runs it once", async () => {
  const ran: string[] = [];
  const drivers = ["first", "second"].map((who) => hybrid(tool("same", () => void ran.push(who))));
  await processWithDrivers(drivers, answer(["1", "same"]));
  expect(ran).toEqual(["first"]);
});

test("gives an empty response for a final answer", async () => {
  const response = await processWithDrivers([hybrid(add)], { role: "assistant", content: "Done." });
  expect(response).toMatchObject({ callExecuted: false, callFailed: false, messages: null });
});

test("works without the driver that is out of order, and says so", async () => {
  const broken = driverOf({
    listTools: async () => {
      throw new MCSError("MCS_TRANSPORT", "GET /openapi.json failed");
    },
    execute: async () => null,
  });
  const response = await processWithDrivers(
    [broken, hybrid(add)],
    answer(["1", "add", '{"a":1}'], ["2", "get_pet"]),
  );
  expect(response.results).toMatchObject([
    { result: 11 },
    { failure: { code: "MCS_UNKNOWN_TOOL", hint: expect.stringContaining("Fixture") } },
  ]);
  await expect(processWithDrivers([broken], answer(["1", "x"]))).rejects.toMatchObject({
    code: "MCS_TRANSPORT",
  });
});

test("keeps the messages back while a call is pending", async () => {
  const pending: PendingCall = {
    consentId: "c1",
    call: { name: "risky", arguments: {} },
    tool: { name: "risky", inputSchema: {} },
    digest: "d",
    expiresAt: 0,
  };
  const risky = tool("risky", () => {
    throw new MCSError("MCS_CONSENT_PENDING", "Waits for consent.", { pending });
  });
  const response = await processWithDrivers(
    [hybrid(risky), hybrid(add)],
    answer(["1", "risky"], ["2", "add", '{"a":1}']),
  );
  expect(response).toMatchObject({ messages: null, callExecuted: true, callFailed: false });
  expect(response.pending).toMatchObject([{ consentId: "c1", call: { id: "1", name: "risky" } }]);
  expect(response.results).toMatchObject([{ id: "2", result: 11 }]);
});

test("tells the model that a denied call was denied, and prompts no retry", async () => {
  const denied = tool("risky", () => {
    throw new MCSError("MCS_CONSENT_DENIED", "Denied: not today.");
  });
  const response = await processWithDrivers([hybrid(denied)], answer(["1", "risky"]));
  expect(response).toMatchObject({ callFailed: true, retryPrompt: null, results: [{ outcome: "denied" }] });
  expect(response.callDetail).toContain("not today");
  expect(JSON.stringify(response.messages)).toContain("not today");
});

test("runs writes one after the other in the order of the answer, and reads together", async () => {
  const events: string[] = [];
  const gates = new Map<string, () => void>();
  const gated = (name: string, readOnly: boolean) =>
    tool(
      name,
      async () => {
        events.push(`start ${name}`);
        await new Promise<void>((resolve) => gates.set(name, resolve));
        events.push(`end ${name}`);
      },
      readOnly,
    );
  const free = (name: string) => async () => {
    await expect.poll(() => gates.has(name)).toBe(true);
    gates.get(name)?.();
  };
  const driver = hybrid(gated("w1", false), gated("w2", false), gated("r1", true), gated("r2", true));
  const done = processWithDrivers([driver], answer(["1", "w1"], ["2", "w2"], ["3", "r1"], ["4", "r2"]));
  for (const step of [free("w1"), free("w2"), free("r2"), free("r1")]) await step();
  await done;
  expect(events).toEqual([
    "start w1",
    "end w1",
    "start w2",
    "end w2",
    "start r1",
    "start r2",
    "end r2",
    "end r1",
  ]);
});

test("executes no more calls of one answer than allowed, and says so", async () => {
  let ran = 0;
  const driver = hybrid(tool("count", () => ++ran));
  const calls = Array.from({ length: 5 }, (_, index): [string, string] => [String(index), "count"]);
  const response = await processWithDrivers([driver], answer(...calls), { maxCalls: 3 });
  expect(ran).toBe(3);
  expect(response.results.slice(3)).toMatchObject([
    { failure: { code: "MCS_TOO_LARGE", effect: "none" } },
    {},
  ]);
  expect(response.messages).toHaveLength(6);
});
