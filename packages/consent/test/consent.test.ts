import {
  hasCapability,
  SupportsConsent,
  type ConsentAnswer,
  type LoggerPort,
  type MCSError,
  type MCSToolDriver,
  type PendingCall,
  type ToolArguments,
} from "@mcs/core";
import { BaseDecorator, processWithDrivers } from "@mcs/kit";
import type { AskConsent, ConsentOptions } from "@mcs/kit/consent";
import { toMessages } from "@mcs/llm";
import { expect, test, vi } from "vitest";
import { consentDecorator } from "../src/index.ts";
import { account, answering, answerWith, guarded, payment } from "./fixture.ts";

const call = answerWith(["c1", "bank_pay", payment]);

const throwing = (): never => {
  throw new Error("trap");
};

test("shows the call and runs exactly what was shown", async () => {
  const shown: PendingCall[] = [];
  const { ran, driver } = guarded({
    ask: (pending) => {
      shown.push(pending);
      Reflect.set(pending.call.arguments, "amount", 5000);
      return { kind: "approve" };
    },
  });
  const args = { ...payment };
  const running = driver.executeTool("pay", args);
  args.amount = 9;
  expect(await running).toEqual({ paid: 5 });
  expect(ran).toEqual([payment]);
  expect(shown).toMatchObject([
    {
      call: { name: "bank_pay", arguments: payment },
      tool: { name: "bank_pay", annotations: { destructive: true } },
      digest: expect.stringMatching(/^[0-9a-f]{64}$/),
    },
  ]);
  expect(structuredClone(shown)).toEqual(shown);
});

/** A person who never answers, because the caller gives up meanwhile. */
const cancelling = (controller: AbortController): ConsentOptions => ({
  ask: () => {
    controller.abort();
    return new Promise(() => {});
  },
});

test.each<{
  name: string;
  options: Parameters<typeof guarded>[0];
  abort?: boolean;
  code: string;
  outcome: string;
}>([
  {
    name: "denied",
    options: { ask: answering({ kind: "deny", reason: "too much" }) },
    code: "MCS_CONSENT_DENIED",
    outcome: "denied",
  },
  {
    name: "not answered in time",
    options: { ask: () => new Promise(() => {}), timeoutMs: 5 },
    code: "MCS_CONSENT_TIMEOUT",
    outcome: "denied",
  },
  { name: "cancelled meanwhile", options: {}, abort: true, code: "MCS_ABORTED", outcome: "failed" },
  { name: "without a handler", options: {}, code: "MCS_CONSENT_UNAVAILABLE", outcome: "denied" },
  {
    name: "asked by a handler that fails",
    options: { ask: () => Promise.reject(new Error("no terminal")) },
    code: "MCS_CONSENT_UNAVAILABLE",
    outcome: "denied",
  },
  {
    name: "asked by a handler that throws at once",
    options: {
      ask: () => {
        throw new Error("no terminal");
      },
    },
    code: "MCS_CONSENT_UNAVAILABLE",
    outcome: "denied",
  },
  {
    name: "answered with nothing",
    options: { ask: answering(undefined as unknown as ConsentAnswer) },
    code: "MCS_CONSENT_UNAVAILABLE",
    outcome: "denied",
  },
  {
    name: "answered with arguments that are no data",
    options: { ask: answering({ kind: "edit", arguments: { to: (() => "Ada") as never } }) },
    code: "MCS_CONSENT_UNAVAILABLE",
    outcome: "denied",
  },
  {
    name: "answered with nonsense",
    options: { ask: answering("yes" as unknown as ConsentAnswer) },
    code: "MCS_CONSENT_UNAVAILABLE",
    outcome: "denied",
  },
])("a call that is $name fails and runs nothing", async ({ options, abort = false, code, outcome }) => {
  const controller = new AbortController();
  const { ran, driver } = guarded(abort ? cancelling(controller) : options);
  const response = await driver.processLlmResponse(call, { signal: controller.signal });
  expect(response).toMatchObject({ callExecuted: false, callFailed: true, pending: [] });
  expect(response.results).toMatchObject([{ id: "c1", outcome, failure: { code, effect: "none" } }]);
  expect(response.messages).toHaveLength(2);
  expect(ran).toEqual([]);
});

test("says five different things about five different refusals", async () => {
  const ways = [
    { ask: answering({ kind: "deny" }) },
    { ask: () => new Promise<ConsentAnswer>(() => {}), timeoutMs: 5 },
    {},
    { ask: () => Promise.reject(new Error("x")) },
  ] as const;
  const details = await Promise.all(
    ways.map(async (options) => (await guarded(options).driver.processLlmResponse(call)).callDetail),
  );
  const controller = new AbortController();
  const cancelled = await guarded(cancelling(controller)).driver.processLlmResponse(call, {
    signal: controller.signal,
  });
  expect(new Set([...details, cancelled.callDetail]).size).toBe(5);
});

test("prompts no retry for a denial, and tells the model the reason", async () => {
  const { driver } = guarded({ ask: answering({ kind: "deny", reason: "the rent comes first" }) });
  const { retryPrompt, messages } = await driver.processLlmResponse(call);
  expect(retryPrompt).toBeNull();
  expect(JSON.stringify(messages)).toContain("the rent comes first");
});

test("asks nobody about a call that cannot run", async () => {
  let asked = 0;
  const { driver } = guarded({ ask: () => ({ kind: asked++ === 0 ? "approve" : "deny" }) });
  await expect(driver.executeTool("bank_pay", { to: "Ada" })).rejects.toMatchObject({
    code: "MCS_INVALID_ARGUMENTS",
  });
  await expect(driver.executeTool("bank_rob", {})).rejects.toMatchObject({ code: "MCS_UNKNOWN_TOOL" });
  expect(asked).toBe(0);
});

test("asks only where the policy says so, by default for what is not read-only", async () => {
  const { driver } = guarded({});
  expect(await driver.executeTool("bank_balance", {})).toBe(100);
  const careless = guarded({ when: (_, { amount }) => (amount as number) > 10 && "over 10" });
  expect(await careless.driver.executeTool("bank_pay", payment)).toEqual({ paid: 5 });
  await expect(careless.driver.executeTool("bank_pay", { to: "Ada", amount: 11 })).rejects.toMatchObject({
    code: "MCS_CONSENT_UNAVAILABLE",
  });
});

const edited = (amount: number) =>
  guarded({ ask: answering({ kind: "edit", arguments: { to: "Ada", amount } }) });

test("runs edited arguments, checked again", async () => {
  const good = edited(1);
  expect(await good.driver.executeTool("bank_pay", payment)).toEqual({ paid: 1 });
  const bad = edited(-1);
  await expect(bad.driver.executeTool("bank_pay", payment)).rejects.toMatchObject({
    code: "MCS_INVALID_ARGUMENTS",
  });
  expect(bad.ran).toEqual([]);
});

test("takes a yes after the deadline for nothing", async () => {
  const answers: ((answer: ConsentAnswer) => void)[] = [];
  const { ran, driver } = guarded({
    ask: () => new Promise((resolve) => answers.push(resolve)),
    timeoutMs: 5,
  });
  await expect(driver.executeTool("bank_pay", payment)).rejects.toMatchObject({
    code: "MCS_CONSENT_TIMEOUT",
  });
  answers[0]?.({ kind: "approve" });
  expect(ran).toEqual([]);
});

/** Sees every call that runs, around the consent. */
class Audit extends BaseDecorator {
  readonly seen: string[] = [];

  override async executeTool(
    ...[name, args, context]: Parameters<BaseDecorator["executeTool"]>
  ): Promise<unknown> {
    const result = await super.executeTool(name, args, context);
    this.seen.push(name);
    return result;
  }
}

const later = { ask: answering({ kind: "later" }) };

test("leaves a call pending and finishes it through the wrapper that is held", async () => {
  const { ran, toolDriver } = account();
  const held = new Audit(consentDecorator(toolDriver, later));
  expect(hasCapability(held.meta, SupportsConsent)).toBe(true);
  const both = answerWith(["c1", "bank_pay", payment], ["c2", "bank_balance", {}]);
  const response = await processWithDrivers([held], both);
  expect(response).toMatchObject({ messages: null, callExecuted: true, callFailed: false });
  expect(ran).toEqual([]);

  const [pending] = structuredClone(response.pending);
  if (pending === undefined) throw new Error("nothing is pending");
  const result = await held.resume(pending, { kind: "approve" });
  expect(result).toEqual({ id: "c1", name: "bank_pay", outcome: "executed", result: { paid: 5 } });
  expect(held.seen).toEqual(["bank_balance", "bank_pay"]);
  const messages = toMessages(both, [...response.results, result]);
  expect(messages.slice(1)).toMatchObject([{ tool_call_id: "c1" }, { tool_call_id: "c2" }]);
});

async function leavePending(options: Parameters<typeof guarded>[0] = later) {
  const { ran, driver } = guarded(options);
  const error = (await driver
    .executeTool("bank_pay", payment)
    .catch((reason: unknown) => reason)) as MCSError;
  if (error.pending === undefined) throw new Error("nothing is pending");
  return { ran, driver, pending: error.pending };
}

test("counts an answer to a pending call once", async () => {
  const { ran, driver, pending } = await leavePending();
  await driver.resume(pending, { kind: "approve" });
  expect(await driver.resume(pending, { kind: "approve" })).toMatchObject({ outcome: "denied" });
  expect(ran).toHaveLength(1);
});

test("does not run another call than the one that was shown", async () => {
  const { ran, driver, pending } = await leavePending();
  const forged = { ...pending, call: { name: "bank_pay", arguments: { to: "Eve", amount: 99 } } };
  expect(await driver.resume(forged, { kind: "approve" })).toMatchObject({ outcome: "denied" });
  expect(ran).toEqual([]);
});

test("does not let one principal finish another's call", async () => {
  const { ran, driver, pending } = await leavePending();
  expect(await driver.resume(pending, { kind: "approve" }, { principal: "eve" })).toMatchObject({
    outcome: "denied",
  });
  expect(ran).toEqual([]);
});

test("takes an answer to an expired call for nothing", async () => {
  const { ran, driver, pending } = await leavePending({ ...later, pendingMs: 0 });
  expect(await driver.resume(pending, { kind: "approve" })).toMatchObject({
    failure: { code: "MCS_CONSENT_TIMEOUT" },
  });
  expect(ran).toEqual([]);
});

test("stays pending when the answer is later once more", async () => {
  const { driver, pending } = await leavePending();
  await expect(driver.resume(pending, { kind: "later" })).rejects.toMatchObject({
    code: "MCS_CONSENT_PENDING",
  });
  expect(await driver.resume(pending, { kind: "approve" })).toMatchObject({ outcome: "executed" });
});

test("asks once where two layers would ask", async () => {
  let asked = 0;
  const options = {
    ask: () => {
      asked += 1;
      return { kind: "approve" } as const;
    },
  };
  const { toolDriver } = account();
  await consentDecorator(consentDecorator(toolDriver, options), options).executeTool("bank_pay", payment);
  expect(asked).toBe(1);
});

/** A driver that checks nothing itself, as hand-written ones may. */
function unchecking() {
  const ran: unknown[] = [];
  const tool = { name: "bank_pay", description: "Pay.", parameters: [{ name: "to", description: "" }] };
  const driver: MCSToolDriver = {
    meta: account().toolDriver.meta,
    listTools: async () => [tool],
    executeTool: async (name, args) => ran.push([name, args]),
    [Symbol.asyncDispose]: async () => {},
  };
  return { ran, driver };
}

test.each<[string, string, unknown, string]>([
  ["a tool that is not listed", "hidden", { to: "Ada" }, "MCS_UNKNOWN_TOOL"],
  ["arguments with a function", "bank_pay", { to: "Ada", f() {} }, "MCS_INVALID_ARGUMENTS"],
  ["arguments behind a proxy", "bank_pay", new Proxy({ to: "Ada" }, {}), "MCS_INVALID_ARGUMENTS"],
  ["no arguments", "bank_pay", null, "MCS_INVALID_ARGUMENTS"],
])("lets nothing past the person who is asked: %s", async (_, name, args, code) => {
  const { ran, driver } = unchecking();
  const guard = consentDecorator(driver, { ask: answering({ kind: "deny" }) });
  await expect(guard.executeTool(name, args as ToolArguments)).rejects.toMatchObject({ code });
  expect(ran).toEqual([]);
});

const swapping: AskConsent = (pending) => {
  Reflect.set(pending, "call", { name: "bank_pay", arguments: { to: "Eve" } });
  return { kind: "approve" };
};

test("runs what was shown, though the handler puts another call in its place", async () => {
  const { ran, driver } = unchecking();
  await consentDecorator(driver, { ask: swapping }).executeTool("bank_pay", { to: "Ada" });
  expect(ran).toEqual([["bank_pay", { to: "Ada" }]]);
});

test.each<[string, unknown, string]>([
  ["edited arguments that do not fit", { kind: "edit", arguments: { too: "Ada" } }, "MCS_INVALID_ARGUMENTS"],
  ["an answer of another kind", { kind: "APPROVE" }, "MCS_CONSENT_UNAVAILABLE"],
  [
    "an answer that throws",
    Object.defineProperty({}, "kind", { get: throwing, enumerable: true }),
    "MCS_CONSENT_UNAVAILABLE",
  ],
])("takes %s for no consent, whatever is inside", async (_, answer, code) => {
  const { ran, driver } = unchecking();
  const guard = consentDecorator(driver, { ask: answering(answer as ConsentAnswer) });
  await expect(guard.executeTool("bank_pay", { to: "Ada" })).rejects.toMatchObject({ code });
  expect(ran).toEqual([]);
});

test("does not let a call through when the rule for it fails", async () => {
  const { ran, driver } = unchecking();
  const guard = consentDecorator(driver, { ask: answering({ kind: "approve" }), when: throwing });
  await expect(guard.executeTool("bank_pay", { to: "Ada" })).rejects.toMatchObject({
    code: "MCS_CONSENT_UNAVAILABLE",
  });
  expect(ran).toEqual([]);
});

test.each<[string, unknown]>([
  ["cannot be printed", Object.create(null)],
  ["throws when it is printed", { toString: throwing, toJSON: throwing }],
])("fails typed, and logs, when a handler fails with what %s", async (_, thrown) => {
  const { driver } = unchecking();
  const error = vi.fn<LoggerPort["error"]>();
  const logger = { debug: error, info: error, warn: error, error };
  // oxlint-disable-next-line prefer-promise-reject-errors -- That is what the handler does wrong.
  const guard = consentDecorator(driver, { ask: () => Promise.reject(thrown) }, { logger });
  await expect(guard.executeTool("bank_pay", { to: "Ada" })).rejects.toMatchObject({
    code: "MCS_CONSENT_UNAVAILABLE",
  });
  expect(error).toHaveBeenCalledOnce();
});

const slowly: AskConsent = () =>
  new Promise((resolve) => {
    setTimeout(resolve, 20, { kind: "approve" });
  });

test.each([Infinity, 2 ** 31])("waits for an answer that may take %d ms", async (timeoutMs) => {
  const { driver } = unchecking();
  await expect(
    consentDecorator(driver, { ask: slowly, timeoutMs }).executeTool("bank_pay", { to: "Ada" }),
  ).resolves.toBeDefined();
});

test.each([null, {}, { call: null }, { call: { name: 5 } }])("resumes nothing from %j", async (pending) => {
  const { driver } = guarded({ ask: answering({ kind: "later" }) });
  const resumed = driver.resume(pending as unknown as PendingCall, { kind: "approve" });
  await expect(resumed).rejects.toMatchObject({ code: "MCS_INVALID_ARGUMENTS" });
});

test("leaves a call pending whose answer cannot be used, so that it can be given again", async () => {
  const { ran, driver } = guarded({ ask: answering({ kind: "later" }) });
  const { pending } = await driver.processLlmResponse(call);
  const [waiting] = pending as [PendingCall];
  const refused = await driver.resume(waiting, { kind: "edit", arguments: { to: "Ada", amount: -1 } });
  expect(refused.failure?.code).toBe("MCS_INVALID_ARGUMENTS");
  const closed = await driver.resume(waiting, undefined as unknown as ConsentAnswer);
  expect(closed.failure?.code).toBe("MCS_CONSENT_UNAVAILABLE");
  expect(await driver.resume(waiting, { kind: "approve" })).toMatchObject({ outcome: "executed" });
  expect(ran).toEqual([payment]);
});
