import { isMCSError, MCSError, type CallContext, type MCSErrorCode, type StorePort } from "@mcs/core";
import { describe, expect, test } from "vitest";
import { createEffectLedger, type Effect, type EffectLedger, type ProbeAnswer } from "../src/ledger.ts";
import { memoryStore } from "../src/memory-store.ts";

const start = 1_700_000_000_000;

interface World {
  readonly ledger: EffectLedger;
  readonly store: StorePort;
  /** Keys with which the effect was made. */
  readonly made: string[];
  readonly passMs: (ms: number) => void;
  /** Runs the effect; it fails with the error, if there is one. */
  readonly run: (
    context?: CallContext,
    own?: Partial<Effect> & { readonly error?: unknown },
  ) => Promise<unknown>;
}

function world(): World {
  let now = start;
  const clock = { now: () => now };
  const store = memoryStore({ clock });
  const ledger = createEffectLedger({ store, clock });
  const made: string[] = [];
  return {
    ledger,
    store,
    made,
    passMs: (ms) => void (now += ms),
    run: (context = { idempotencyKey: "k" }, { error, ...own } = {}) =>
      ledger.run(
        {
          tool: "bell_ring",
          args: { times: 1 },
          details: { bell: "north" },
          async perform({ key }) {
            made.push(key);
            if (error !== undefined) throw error;
            return { rung: made.length };
          },
          ...own,
        },
        context,
      ),
  };
}

async function all<T>(items: AsyncIterable<T>): Promise<T[]> {
  const list: T[] = [];
  for await (const item of items) list.push(item);
  return list;
}

async function failureOf(call: Promise<unknown>): Promise<{ code: string; effect: string }> {
  const error: unknown = await call.then(
    (result) => ({ code: "resolved", effect: JSON.stringify(result) }),
    (reason: unknown) => reason,
  );
  const { code, effect } = error as { code: string; effect: string };
  return { code, effect };
}

const lost = new MCSError("MCS_TRANSPORT", "The connection broke.");
const refused = new MCSError("MCS_REMOTE", "No.", { effect: "none" });
const tooLarge = new MCSError("MCS_TOO_LARGE", "The receipt is too large.", { effect: "done" });
const probes = (answer: ProbeAnswer) => ({ probe: async () => answer });

const failing = (store: StorePort, fails: (write: number) => boolean): StorePort => {
  let writes = 0;
  return {
    ...store,
    put: async (...write) => {
      writes += 1;
      if (fails(writes)) throw new Error("disk full");
      return store.put(...write);
    },
  };
};

/** Intended, and then nothing: as a process leaves it that was killed. */
async function crashed(): Promise<World> {
  const here = world();
  void here.run({ idempotencyKey: "k", deadline: 1_000 }, { perform: () => new Promise(() => {}) });
  const effects = async (): Promise<number> => (await all(here.ledger.unsettled())).length;
  await expect.poll(effects).toBe(1);
  return here;
}

describe("A call with the same idempotency key", () => {
  test("gets the outcome of the first, which alone has an effect", async () => {
    const { run, made } = world();
    expect(await run()).toEqual({ rung: 1 });
    expect(await run()).toEqual({ rung: 1 });
    expect(made).toHaveLength(1);
  });

  test("is made again under the same key where the first had no effect", async () => {
    const { run, made } = world();
    expect(await failureOf(run(undefined, { error: refused }))).toEqual({
      code: "MCS_REMOTE",
      effect: "none",
    });
    expect(await run()).toEqual({ rung: 2 });
    expect(new Set(made).size).toBe(1);
  });

  test("is refused where its arguments are others", async () => {
    const { run, made } = world();
    await run();
    const call = run(undefined, { args: { times: 2 } });
    expect(await failureOf(call)).toEqual({ code: "MCS_CONFLICT", effect: "none" });
    expect(made).toHaveLength(1);
  });

  test.each<{ name: string; context: CallContext }>([
    { name: "another principal", context: { idempotencyKey: "k", principal: "bob" } },
    { name: "no key", context: {} },
    { name: "another key", context: { idempotencyKey: "other" } },
  ])("is another call with $name", async ({ context }) => {
    const { run, made } = world();
    await run();
    await run(context);
    expect(new Set(made).size).toBe(2);
  });

  test("of another tool is another call", async () => {
    const { run, made } = world();
    await run();
    await run(undefined, { tool: "bell_muffle" });
    expect(new Set(made).size).toBe(2);
  });

  test("waits its turn while the first runs, and the two have one effect", async () => {
    const { run, made } = world();
    let finish: ((result: string) => void) | undefined;
    const first = run(undefined, {
      perform: ({ key }) => {
        made.push(key);
        return new Promise((resolve) => (finish = resolve));
      },
    });
    await expect.poll(() => made.length).toBe(1);
    const failures = await Promise.all([failureOf(run()), failureOf(run())]);
    expect(failures).toEqual([1, 2].map(() => ({ code: "MCS_CONFLICT", effect: "unknown" })));
    finish?.("once");
    expect(await first).toBe("once");
    expect(await run()).toBe("once");
    expect(made).toHaveLength(1);
  });

  test("races nobody: of many at once one is made", async () => {
    const { run, made } = world();
    await Promise.allSettled(Array.from({ length: 20 }, () => run()));
    expect(made).toHaveLength(1);
    expect(await run()).toEqual({ rung: 1 });
  });

  test("means nothing any more after the retention", async () => {
    const { run, made, passMs } = world();
    await run();
    passMs(7 * 86_400_000 + 1);
    await run();
    expect(made).toHaveLength(2);
  });

  test("gets the failure that came after the effect", async () => {
    const { run, made } = world();
    const failure = { code: "MCS_TOO_LARGE", effect: "done" };
    expect(await failureOf(run(undefined, { error: tooLarge }))).toEqual(failure);
    expect(await failureOf(run())).toEqual(failure);
    expect(made).toHaveLength(1);
  });

  test("is told that it was done where the result was too large to be kept", async () => {
    const { run } = world();
    await run(undefined, { perform: async () => "x".repeat(200_000) });
    expect(await failureOf(run())).toEqual({ code: "MCS_CONFLICT", effect: "done" });
  });
});

describe("A lost answer", () => {
  test.each<{ error: unknown; code: string }>([
    { error: lost, code: "MCS_EFFECT_UNKNOWN" },
    { error: new MCSError("MCS_TIMEOUT", "Time is up."), code: "MCS_EFFECT_UNKNOWN" },
    { error: new MCSError("MCS_ABORTED", "Cancelled."), code: "MCS_EFFECT_UNKNOWN" },
    { error: new MCSError("MCS_EFFECT_UNKNOWN", "No answer."), code: "MCS_EFFECT_UNKNOWN" },
    { error: new MCSError("MCS_REMOTE", "Out of order."), code: "MCS_REMOTE" },
    { error: new Error("socket hang up"), code: "MCS_EFFECT_UNKNOWN" },
    { error: "no error at all", code: "MCS_EFFECT_UNKNOWN" },
  ])("is unknown, and never repeated ($code)", async ({ error, code }) => {
    const { run, made } = world();
    expect(await failureOf(run(undefined, { error }))).toEqual({ code, effect: "unknown" });
    expect(await failureOf(run())).toEqual({ code: "MCS_EFFECT_UNKNOWN", effect: "unknown" });
    expect(made).toHaveLength(1);
  });

  test.each<{
    name: string;
    answer: ProbeAnswer;
    first: MCSErrorCode | "resolved";
    again: unknown;
    times: number;
  }>([
    {
      name: "done, with its result",
      answer: { outcome: "done", result: 7 },
      first: "resolved",
      again: "resolved",
      times: 1,
    },
    {
      name: "done, as far as is known",
      answer: { outcome: "done" },
      first: "MCS_CONFLICT",
      again: "MCS_CONFLICT",
      times: 1,
    },
    {
      name: "not done",
      answer: { outcome: "not-done" },
      first: "MCS_TRANSPORT",
      again: "resolved",
      times: 2,
    },
    {
      name: "unknown",
      answer: { outcome: "unknown" },
      first: "MCS_EFFECT_UNKNOWN",
      again: "MCS_EFFECT_UNKNOWN",
      times: 1,
    },
  ])("is looked up: $name", async ({ answer, first, again, times }) => {
    const { run, made } = world();
    expect((await failureOf(run(undefined, { error: lost, ...probes(answer) }))).code).toBe(first);
    expect((await failureOf(run(undefined, probes(answer)))).code).toBe(again);
    expect(made).toHaveLength(times);
  });

  test("is looked up again by the next call with the key", async () => {
    const { run, made } = world();
    const details: unknown[] = [];
    await failureOf(run(undefined, { error: lost, ...probes({ outcome: "unknown" }) }));
    const probe = async ({ details: kept }: { details: unknown }): Promise<ProbeAnswer> => {
      details.push(kept);
      return { outcome: "done", result: "rung" };
    };
    expect(await run(undefined, { probe, details: { bell: "a later call's" } })).toBe("rung");
    expect({ made: made.length, details }).toEqual({ made: 1, details: [{ bell: "north" }] });
  });

  test("of an effect that may be repeated is repeated by the caller, under the same key", async () => {
    const { run, made } = world();
    await failureOf(run(undefined, { error: lost, isRepeatable: true }));
    expect(made).toHaveLength(1);
    expect(await run(undefined, { isRepeatable: true })).toEqual({ rung: 2 });
    expect(new Set(made).size).toBe(1);
  });

  test.each([undefined, {}, { outcome: "maybe" }, "done"])(
    "that a probe says %o of stays unknown",
    async (said) => {
      const { run, made } = world();
      const probe = async (): Promise<ProbeAnswer> => said as ProbeAnswer;
      const unknown = { code: "MCS_EFFECT_UNKNOWN", effect: "unknown" };
      expect(await failureOf(run(undefined, { error: lost, probe }))).toMatchObject(unknown);
      expect(await failureOf(run(undefined, { probe }))).toMatchObject(unknown);
      expect(made).toHaveLength(1);
    },
  );

  test("that a probe fails on stays unknown", async () => {
    const { run, made } = world();
    const probe = async (): Promise<ProbeAnswer> => {
      made.length = 0;
      throw new Error("the probe's own");
    };
    expect((await failureOf(run(undefined, { error: lost, probe }))).code).toBe("MCS_EFFECT_UNKNOWN");
  });

  test.each([
    { name: "takes too long", probeTimeoutMs: 1, cancel: false },
    { name: "is cancelled with its call", probeTimeoutMs: 60_000, cancel: true },
  ])("whose probe hangs and $name stays unknown", async ({ probeTimeoutMs, cancel }) => {
    const ledger = createEffectLedger({ store: memoryStore(), probeTimeoutMs });
    const caller = new AbortController();
    const signals: AbortSignal[] = [];
    const effect: Effect = {
      tool: "bell_ring",
      args: {},
      details: null,
      perform: () => Promise.reject(lost),
      probe: (_, { signal }) => {
        signals.push(signal);
        if (cancel) caller.abort();
        return new Promise(() => {});
      },
    };
    const call = ledger.run(effect, { idempotencyKey: "k", ...(cancel && { signal: caller.signal }) });
    expect(await failureOf(call)).toEqual({ code: "MCS_EFFECT_UNKNOWN", effect: "unknown" });
    expect(signals.map(({ aborted }) => aborted)).toEqual([true]);
  });
});

describe("The store", () => {
  test("has the intent before the effect is made", async () => {
    const { ledger, run } = world();
    const seen: unknown[] = [];
    await run(undefined, {
      perform: async ({ key }) => {
        for await (const effect of ledger.unsettled()) seen.push(effect);
        return key;
      },
    });
    const details = { bell: "north" };
    expect(seen).toEqual([
      { key: expect.any(String) as string, tool: "bell_ring", at: start, details, isUnderWay: true },
    ]);
  });

  test("that cannot keep the intent keeps the effect from being made", async () => {
    const made: string[] = [];
    const ledger = createEffectLedger({ store: failing(memoryStore(), () => true) });
    const perform = async ({ key }: { key: string }): Promise<void> => void made.push(key);
    await expect(ledger.run({ tool: "t", args: {}, details: null, perform }, {})).rejects.toThrow(
      "disk full",
    );
    expect(made).toEqual([]);
  });

  test("that cannot keep the outcome does not hide it", async () => {
    const ledger = createEffectLedger({ store: failing(memoryStore(), (write) => write > 1) });
    const made: string[] = [];
    const perform = async ({ key }: { key: string }): Promise<number> => made.push(key);
    expect(await ledger.run({ tool: "t", args: {}, details: null, perform }, {})).toBe(1);
  });

  test("never gets arguments or who the principal is", async () => {
    const { run, store } = world();
    await run({ principal: "alice@example.test" }, { args: { text: "top secret" } });
    const kept: string[] = [];
    for await (const key of store.list("")) {
      kept.push(key, new TextDecoder().decode((await store.get(key))?.value));
    }
    expect(kept).toHaveLength(2);
    expect(kept.join()).not.toMatch(/alice|top secret/);
  });
});

describe("An effect that a crash left open", () => {
  test("is under way until its time is over, and looked up then", async () => {
    const { ledger, run, made, passMs } = await crashed();
    expect((await failureOf(run())).code).toBe("MCS_CONFLICT");
    passMs(6_000);
    expect(await all(ledger.unsettled())).toMatchObject([{ isUnderWay: false }]);
    expect(await run(undefined, probes({ outcome: "not-done" }))).toEqual({ rung: 1 });
    expect(made).toHaveLength(1);
    expect(await all(ledger.unsettled())).toEqual([]);
  });

  test("is listed for its principal alone", async () => {
    const { ledger } = await crashed();
    expect(await all(ledger.unsettled("bob"))).toEqual([]);
  });

  test.each<{ outcome: ProbeAnswer["outcome"]; code: string; times: number }>([
    { outcome: "done", code: "MCS_CONFLICT", times: 0 },
    { outcome: "not-done", code: "resolved", times: 1 },
    { outcome: "unknown", code: "MCS_EFFECT_UNKNOWN", times: 0 },
  ])("can be settled by who found out: $outcome", async ({ outcome, code, times }) => {
    const { ledger, run, made, passMs } = await crashed();
    const [effect] = await all(ledger.unsettled());
    const key = effect?.key ?? "";
    expect((await failureOf(ledger.settle(key, outcome))).code).toBe("MCS_CONFLICT");
    passMs(6_000);
    expect((await failureOf(ledger.settle(key, outcome, "bob"))).code).toBe("MCS_NOT_FOUND");
    await ledger.settle(key, outcome);
    expect((await failureOf(run())).code).toBe(code);
    expect(made).toHaveLength(times);
  });
});

test("An outcome that is none settles nothing", async () => {
  const { ledger, passMs } = await crashed();
  const [effect] = await all(ledger.unsettled());
  passMs(6_000);
  const settled = ledger.settle(effect?.key ?? "", "maybe" as ProbeAnswer["outcome"]);
  expect((await failureOf(settled)).code).toBe("MCS_INVALID_ARGUMENTS");
  expect(await all(ledger.unsettled())).toHaveLength(1);
});

const endless: Record<string, unknown> = {};
endless["self"] = endless;

test.each([
  { name: "a bigint", args: { times: 1n } },
  { name: "a value that contains itself", args: endless },
])("Arguments with $name are refused, and nothing is made", async ({ args }) => {
  const { run, made } = world();
  expect(await failureOf(run(undefined, { args }))).toEqual({
    code: "MCS_INVALID_ARGUMENTS",
    effect: "none",
  });
  expect(made).toEqual([]);
});

test("A call that was cancelled before is not made", async () => {
  const { run, made } = world();
  const call = run({
    idempotencyKey: "k",
    signal: AbortSignal.abort(new MCSError("MCS_ABORTED", "Cancelled.")),
  });
  expect(isMCSError(await call.catch((error: unknown) => error))).toBe(true);
  expect(made).toEqual([]);
  expect(await run()).toEqual({ rung: 1 });
});
