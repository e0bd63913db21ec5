import {
  hasCapability,
  MCSDriver,
  resolveCapability,
  SupportsAutostart,
  SupportsCache,
  SupportsConsent,
  SupportsHealthcheck,
  SupportsNativeTools,
  SupportsStatus,
  ToolCallSignaling,
  type CallContext,
  type DriverResponse,
  type HybridDriver,
  type MCSToolDriver,
} from "@mcs/core";
import type { ExampleCall } from "../conformance-case.ts";
import type { Evidence } from "./evidence.ts";
import type { LeakScenario } from "./leak-scenario.ts";
import type { ErrorWatch } from "./watch-errors.ts";

/** How models of different providers write a call. */
const wireForms: readonly ((call: ExampleCall) => string | object)[] = [
  ({ tool, args }) => chatMessage(tool, JSON.stringify(args)),
  ({ tool, args }) => JSON.stringify({ tool, arguments: args }),
  ({ tool, args }) => ({
    role: "assistant",
    content: [{ type: "tool_use", id: "toolu_1", name: tool, input: args }],
  }),
];

/** What a model gets wrong. */
const brokenForms: readonly ((call: ExampleCall) => string | object)[] = [
  ({ tool }) => chatMessage(tool, '{"a": '),
  ({ tool, args }) => chatMessage(tool, JSON.stringify({ ...args, mcs_no_such_argument: "env:HOME" })),
  ({ args }) => chatMessage("mcs_other_tool", JSON.stringify(args)),
];

const nativeFormats = ["openai", "anthropic", "gemini", "text"] as const;

function chatMessage(name: string, args: string): object {
  return {
    role: "assistant",
    content: null,
    tool_calls: [{ id: "call_1", type: "function", function: { name, arguments: args } }],
  };
}

/** What came of a direct call: `executed`, or the code it failed with. */
export type Outcome = string;

/**
 * Makes a driver do all that it can, as a program and as a model would, and gathers what comes out.
 *
 * @returns What came of the scenario's first call, made directly.
 */
export async function exerciseDriver(
  driver: MCSToolDriver,
  scenario: Pick<LeakScenario, "calls" | "context" | "also">,
  evidence: Evidence,
  errors: ErrorWatch,
): Promise<Outcome> {
  const context: CallContext = {
    ...scenario.context,
    onProgress: (progress) => evidence.addData("progress", progress),
  };
  const run = async <T>(
    work: () => T | Promise<T>,
  ): Promise<{ readonly value?: T; readonly outcome: Outcome }> => {
    try {
      return { value: await work(), outcome: "executed" };
    } catch (error) {
      lookAtError(error, evidence, errors);
      return { outcome: String(Reflect.get(Object(error), "code")) };
    }
  };
  const call = async ({ tool, args }: ExampleCall, options: CallContext = context): Promise<Outcome> => {
    const { value, outcome } = await run(() => driver.executeTool(tool, args, options));
    if (outcome === "executed") evidence.look("result", value);
    return outcome;
  };

  evidence.look("driver", driver);
  const outcomes: Outcome[] = [];
  for (const one of scenario.calls) outcomes.push(await call(one));
  evidence.addData("metadata", driver.meta);
  const tools = await run(() => driver.listTools(context));
  if (tools.value !== undefined) evidence.look("tools", tools.value);
  for (const use of scenario.also ?? []) {
    const { value, outcome } = await run(() => use(driver));
    if (outcome === "executed") evidence.look("result", value);
  }
  const [first] = scenario.calls;
  if (first !== undefined) {
    await call({ tool: "mcs_no_such_tool", args: {} });
    await call({ ...first, args: { ...first.args, mcs_no_such_argument: 1 } });
    await call(first, { ...context, signal: AbortSignal.abort() });
    const stop = new AbortController();
    const stopped = call(first, { ...context, signal: stop.signal });
    stop.abort();
    await stopped;
  }
  await exerciseAbilities(driver, context, evidence, run);
  if (isHybrid(driver)) await exerciseAsModel(driver, scenario.calls, context, evidence, run);
  await driver[Symbol.asyncDispose]();
  if (first !== undefined) await call(first);
  evidence.look("driver", driver);
  return outcomes[0] ?? "executed";
}

/** What is thrown is looked at as an object, and asked for its stack by whoever may ask. */
export function lookAtError(error: unknown, evidence: Evidence, errors: ErrorWatch): void {
  evidence.addData("call sites", errors.framesOf(error));
  evidence.add("stack trace", String(Reflect.get(Object(error), "stack")));
  evidence.look("error", error);
  const pending: unknown = Reflect.get(Object(error), "pending");
  if (pending !== undefined) evidence.addData("pending call", pending);
}

type Run = <T>(work: () => T | Promise<T>) => Promise<{ readonly value?: T; readonly outcome: Outcome }>;

async function exerciseAbilities(
  driver: MCSToolDriver,
  context: CallContext,
  evidence: Evidence,
  run: Run,
): Promise<void> {
  const all = [SupportsHealthcheck, SupportsStatus, SupportsCache, SupportsConsent, SupportsAutostart];
  for (const contract of all) {
    const ability = resolveCapability<object>(driver, contract);
    if (ability !== undefined) evidence.look("ability", ability);
  }
  const health = resolveCapability(driver, SupportsHealthcheck);
  if (health !== undefined) evidence.addData("health", (await run(() => health.healthcheck(context))).value);
  const status = resolveCapability(driver, SupportsStatus);
  if (status !== undefined) evidence.addData("status", (await run(() => status.getStatus(context))).value);
  const cache = resolveCapability(driver, SupportsCache);
  if (cache !== undefined) await run(() => cache.warmup(context));
}

async function exerciseAsModel(
  driver: HybridDriver,
  calls: readonly ExampleCall[],
  context: CallContext,
  evidence: Evidence,
  run: Run,
): Promise<void> {
  evidence.addData("system message", (await run(() => driver.getDriverSystemMessage())).value);
  evidence.addData("tool texts", (await run(() => driver.getFunctionDescription())).value);
  const native = resolveCapability(driver, SupportsNativeTools);
  for (const format of native === undefined ? [] : nativeFormats) {
    const offered = await run(() => native?.getNativeToolContext(undefined, format));
    evidence.addData("native tools", offered.value);
  }
  const signals = resolveCapability(driver, ToolCallSignaling);
  const answers = [
    ...calls.flatMap((call) => wireForms.map((write) => write(call))),
    ...calls.slice(0, 1).flatMap((call) => brokenForms.map((write) => write(call))),
  ];
  for (const answer of answers) {
    if (signals !== undefined && typeof answer === "string") {
      evidence.addData("streaming signal", [
        signals.mightBeToolCall(answer.slice(0, 9)),
        signals.isCompleteToolCall(answer),
      ]);
    }
    const { value: response } = await run(() => driver.processLlmResponse(answer, context));
    if (response !== undefined) addResponse(response, evidence);
    for (const pending of response?.pending ?? []) {
      const consent = resolveCapability(driver, SupportsConsent);
      const resumed = await run(() => consent?.resume(pending, { kind: "approve" }, context));
      evidence.look("result", resumed.value);
    }
  }
}

function addResponse(response: DriverResponse, evidence: Evidence): void {
  evidence.look("response", response);
  const { callDetail, retryPrompt, messages, pending, unclaimed } = response;
  if (messages !== null) evidence.addData("messages", messages);
  if (retryPrompt !== null) evidence.addData("retry prompt", retryPrompt);
  if (callDetail !== null) evidence.addData("call detail", callDetail);
  if (pending.length > 0) evidence.addData("pending call", pending);
  if (unclaimed.length > 0) evidence.addData("unclaimed call", unclaimed);
}

function isHybrid(driver: MCSToolDriver): driver is HybridDriver {
  return hasCapability(driver.meta, MCSDriver);
}
