import {
  isMCSError,
  toFailure,
  type CallContext,
  type ClockPort,
  type JsonValue,
  type LoggerPort,
  type StorePort,
} from "@mcs/core";
import { describeCause } from "../describe-cause.ts";
import { digestCall } from "../digest-call.ts";
import { sha256 } from "../sha256.ts";
import {
  doneBefore,
  effectOf,
  noOutcome,
  noSuchEffect,
  notJson,
  notUnsettled,
  otherCall,
  stillUnknown,
  toError,
  toNotDone,
  toUnknown,
  underWay,
} from "./effect-failures.ts";
import {
  readRecord,
  writeRecord,
  type EffectRecord,
  type EffectState,
  type StoredRecord,
} from "./effect-record.ts";
import type { Effect, EffectIntent, ProbeAnswer } from "./effect.ts";
import { withinTime } from "./within-time.ts";

/** Where effects are written down, and for how long. */
export interface EffectLedgerOptions {
  /** As lasting as the ledger is to be: with one in memory it ends with the process. */
  readonly store: StorePort;
  readonly clock?: ClockPort | undefined;
  readonly logger?: LoggerPort | undefined;
  /** Milliseconds that an effect is remembered; after that its idempotency key means nothing. Default 7 days. */
  readonly retentionMs?: number;
  /** Milliseconds that a probe may take; after that its effect stays unknown. Default `30_000`. */
  readonly probeTimeoutMs?: number;
}

/** An effect of which it is not known whether it happened. */
export interface UnsettledEffect extends EffectIntent {
  /** Whether the call may still be running, here or in another process. */
  readonly isUnderWay: boolean;
}

/**
 * Makes effects, each at most once for one idempotency key: the intent is in the store before the effect is made, and what
 * became of it is in there after. After a crash it can be told what was done, what was not, and what is unknown.
 */
export interface EffectLedger {
  /**
   * Makes an effect, or gives the outcome of the call that had the context's `idempotencyKey` before. Keys belong to the
   * context's principal and to the tool; without one every call is a new one.
   *
   * @returns What `perform` gave.
   * @throws {MCSError} `MCS_EFFECT_UNKNOWN` if no answer came, or none came to the earlier call; it is never made again by
   *   itself. `MCS_CONFLICT` if the earlier call may still be running (`retryAfterMs`), had other arguments, or was done and
   *   its result was not kept (`effect` is `done`). `MCS_INVALID_ARGUMENTS` if the arguments are no JSON. Any `MCSError` that
   *   `perform` throws, unless it means that no answer came; whatever else it throws is the cause of `MCS_EFFECT_UNKNOWN`.
   */
  run<Details extends JsonValue>(effect: Effect<Details>, context: CallContext): Promise<unknown>;
  /** Effects of a principal of which it is not known whether they happened: after a crash, or a lost answer. */
  unsettled(principal?: string): AsyncIterable<UnsettledEffect>;
  /**
   * Writes down what somebody found out of an unsettled effect.
   *
   * @throws {MCSError} `MCS_CONFLICT` if it is settled by now or under way, `MCS_NOT_FOUND` if there is none,
   *   `MCS_INVALID_ARGUMENTS` if the outcome is none.
   */
  settle(key: string, outcome: ProbeAnswer["outcome"], principal?: string): Promise<void>;
}

const defaultRetentionMs = 7 * 86_400_000;
const defaultProbeMs = 30_000;
const outcomes: readonly unknown[] = ["done", "not-done", "unknown"] satisfies ProbeAnswer["outcome"][];
/** How long a call may run whose context does not say. */
const defaultAttemptMs = 60_000;
/** Beyond the deadline: what a driver may take to end, and clocks may differ by. */
const graceMs = 5_000;
/** Characters of a result as JSON; a longer one is not given again. */
const maxResultCharacters = 100_000;
/** How often a record may change under a call before that gives up. */
const maxRounds = 8;

/** Makes a ledger. It keeps nothing itself, so any number of them may share a store, in any number of processes. */
export function createEffectLedger(options: EffectLedgerOptions): EffectLedger {
  const { store, clock = Date, logger, retentionMs = defaultRetentionMs } = options;
  const { probeTimeoutMs = defaultProbeMs } = options;

  const read = async (place: string): Promise<StoredRecord | undefined> => {
    const entry = await store.get(place);
    return entry && readRecord(entry);
  };

  /** @returns The new version; `undefined` if somebody else was faster. */
  const write = async (
    place: string,
    record: EffectRecord,
    over: string | null,
  ): Promise<string | undefined> => {
    try {
      return await store.put(place, writeRecord(record), {
        ifVersion: over,
        expiresAt: clock.now() + retentionMs,
      });
    } catch (error) {
      if (isMCSError(error) && error.code === "MCS_CONFLICT") return undefined;
      throw error;
    }
  };

  /** What happened has happened: that it cannot be written down must not hide it. */
  const conclude = async (
    place: string,
    { record, version }: StoredRecord,
    state: EffectState,
  ): Promise<void> => {
    try {
      await write(place, { ...record, state }, version);
    } catch (error) {
      const { key, tool } = record;
      logger?.error("MCS ledger: an outcome was not written", {
        key,
        tool,
        outcome: state.kind,
        cause: describeCause(error),
      });
    }
  };

  const intended = (context: CallContext): EffectState => ({
    kind: "intended",
    until: clock.now() + (context.deadline ?? defaultAttemptMs) + graceMs,
  });

  async function attempt<Details extends JsonValue>(
    effect: Effect<Details>,
    context: CallContext,
    place: string,
    stored: StoredRecord,
  ): Promise<unknown> {
    const intent = intentOf<Details>(stored.record);
    let result: unknown;
    try {
      result = await effect.perform(intent);
    } catch (error) {
      const known = effectOf(error);
      if (known === "none") await conclude(place, stored, { kind: "not-done" });
      if (known === "done") await conclude(place, stored, { kind: "done", failure: toFailure(error) });
      if (known !== "unknown") throw error;
      const found = await ask(effect, stored.record, context);
      if (found.outcome === "unknown") {
        // Not waited for: the caller's time may be over, and the record says as much already.
        void conclude(place, stored, { kind: "unknown" });
        throw toUnknown(error, effect.lookFor?.(intent));
      }
      await conclude(place, stored, stateOf(found));
      if (found.outcome === "not-done") throw toNotDone(error);
      if (found.result === undefined) throw doneBefore(effect.tool);
      return found.result;
    }
    await conclude(place, stored, doneWith(result));
    return result;
  }

  async function ask<Details extends JsonValue>(
    { probe }: Effect<Details>,
    record: EffectRecord,
    { signal }: CallContext,
  ): Promise<ProbeAnswer> {
    if (probe === undefined || signal?.aborted === true) return { outcome: "unknown" };
    try {
      const found = await withinTime((within) => probe(intentOf(record), { signal: within }), {
        signal,
        ms: probeTimeoutMs,
      });
      // Whatever else it says is not certain.
      return found.outcome === "done" || found.outcome === "not-done" ? found : { outcome: "unknown" };
    } catch (error) {
      logger?.warn("MCS ledger: a probe failed", {
        key: record.key,
        tool: record.tool,
        cause: describeCause(error),
      });
      return { outcome: "unknown" };
    }
  }

  /** @returns What to give the caller; `undefined` if the effect may be made now. */
  async function outcomeOf<Details extends JsonValue>(
    effect: Effect<Details>,
    context: CallContext,
    place: string,
    stored: StoredRecord,
  ): Promise<{ readonly result: unknown } | undefined> {
    const { tool, state } = stored.record;
    if (state.kind === "not-done") return undefined;
    if (state.kind === "done") {
      if (state.failure !== undefined) throw toError(state.failure);
      if (state.result === undefined) throw doneBefore(tool);
      return { result: state.result };
    }
    const restMs = state.kind === "intended" ? state.until - clock.now() : 0;
    if (restMs > 0) throw underWay(tool, restMs);
    if (effect.isRepeatable === true) return undefined;
    const found = await ask(effect, stored.record, context);
    if (found.outcome === "not-done") return undefined;
    await conclude(place, stored, stateOf(found));
    if (found.outcome === "unknown") throw stillUnknown(tool, effect.lookFor?.(intentOf(stored.record)));
    if (found.result === undefined) throw doneBefore(tool);
    return { result: found.result };
  }

  return {
    async run(effect, context) {
      const { tool, args, details } = effect;
      const digest = await digestCall({ name: tool, arguments: args }).catch((error: unknown) => {
        throw notJson(tool, error);
      });
      const key = await keyOf(tool, context);
      const place = (await placesOf(context.principal)) + key;
      const first: EffectRecord = {
        format: 1,
        key,
        tool,
        digest,
        at: clock.now(),
        details,
        state: intended(context),
      };
      for (let round = 0; round < maxRounds; round += 1) {
        const stored = await read(place);
        if (stored !== undefined) {
          if (stored.record.digest !== digest) throw otherCall(tool);
          const outcome = await outcomeOf(effect, context, place, stored);
          if (outcome !== undefined) return outcome.result;
        }
        const record = stored === undefined ? first : { ...stored.record, state: intended(context) };
        const version = await write(place, record, stored?.version ?? null);
        if (version !== undefined) {
          if (context.signal?.aborted === true)
            await conclude(place, { record, version }, { kind: "not-done" });
          context.signal?.throwIfAborted();
          return attempt(effect, context, place, { record, version });
        }
      }
      throw underWay(tool, 1_000);
    },

    async *unsettled(principal) {
      for await (const place of store.list(await placesOf(principal))) {
        const stored = await read(place);
        const kind = stored?.record.state.kind ?? "done";
        if (stored === undefined || kind === "done" || kind === "not-done") continue;
        yield { ...intentOf(stored.record), isUnderWay: isUnderWay(stored.record, clock) };
      }
    },

    async settle(key, outcome, principal) {
      if (!outcomes.includes(outcome)) throw noOutcome();
      const place = (await placesOf(principal)) + key;
      const stored = await read(place);
      if (stored === undefined) throw noSuchEffect(key);
      const { kind } = stored.record.state;
      if (kind === "done" || kind === "not-done" || isUnderWay(stored.record, clock)) throw notUnsettled(key);
      const version = await write(place, { ...stored.record, state: { kind: outcome } }, stored.version);
      if (version === undefined) throw notUnsettled(key);
    },
  };
}

/** The details are those that an effect of this tool brought. */
function intentOf<Details extends JsonValue>({
  key,
  tool,
  at,
  details,
}: EffectRecord): EffectIntent<Details> {
  return { key, tool, at, details: details as Details };
}

function isUnderWay({ state }: EffectRecord, clock: ClockPort): boolean {
  return state.kind === "intended" && state.until > clock.now();
}

function stateOf(found: ProbeAnswer): EffectState {
  return found.outcome === "done" ? doneWith(found.result) : { kind: found.outcome };
}

function doneWith(result: unknown): EffectState {
  const text = toJson(result);
  const isKept = text !== undefined && text.length <= maxResultCharacters;
  return isKept ? { kind: "done", result: JSON.parse(text) as JsonValue } : { kind: "done" };
}

function toJson(value: unknown): string | undefined {
  try {
    return JSON.stringify(value);
  } catch {
    return undefined;
  }
}

/** Bound to principal and tool, so that a key which somebody else uses too means nothing here. RFC 9562, 5.8 UUID Version 8 */
async function keyOf(tool: string, { principal, idempotencyKey }: CallContext): Promise<string> {
  const digest = await digestOf([principal ?? null, tool, idempotencyKey ?? globalThis.crypto.randomUUID()]);
  const [, a, b, c, d, e] = /^(.{8})(.{4}).(.{3}).(.{3})(.{12})/.exec(digest) ?? [];
  return `${a}-${b}-8${c}-8${d}-${e}`;
}

/** Where a principal's effects are; who it is cannot be read from it. */
async function placesOf(principal: string | undefined): Promise<string> {
  return `effect-${(await digestOf([principal ?? null])).slice(0, 32)}-`;
}

function digestOf(value: JsonValue): Promise<string> {
  return sha256(new TextEncoder().encode(JSON.stringify(value)));
}
