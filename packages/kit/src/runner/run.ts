import {
  type CallContext,
  type CallResult,
  type ConsentAnswer,
  type DriverResponse,
  type LlmAnswer,
  type MCSToolDriver,
  type PendingCall,
  type ProviderMessage,
} from "@mcs/core";
import { toMessages } from "@mcs/llm";
import { allFormats } from "@mcs/llm/formats";
import { allGrammars } from "@mcs/llm/grammars";
import { findKeeper } from "../keeps-results.ts";
import type { CallHooks } from "../process-answer.ts";
import { gather, processWithDrivers, type Offer } from "../process-with-drivers.ts";
import { strategyFor } from "../strategy-options.ts";
import { toCompleteMessages } from "../to-complete-messages.ts";
import { countConversation } from "./conversation-tokens.ts";
import { createCallGuard } from "./call-guard.ts";
import type { RunnerOptions } from "./create-runner.ts";
import { countEqualFailures } from "./equal-failures.ts";
import { createEventQueue } from "./event-queue.ts";
import { hearModel, type HeardAnswer } from "./hear-model.ts";
import { limitTexts } from "./limit-texts.ts";
import { offerTools } from "./offered-tools.ts";
import { resumeCall } from "./resume-call.ts";
import type { PausedRun, RunDone, RunEvent, RunReason, RunSpending } from "./run-event.ts";
import { openRunLife, type RunLife } from "./run-life.ts";
import type { LimitName, LimitValues } from "./run-limits.ts";

/** Options with their defaults. */
export interface RunSettings extends Omit<RunnerOptions, "driver"> {
  readonly drivers: readonly MCSToolDriver[];
  readonly format: string;
  readonly system: string;
  readonly limits: LimitValues;
  readonly maxCalls: number;
  readonly countTokens: (text: string) => number;
}

/** Milliseconds in which no answer comes: a call whose deadline was the run's may end a moment before that. */
const leastMs = 20;

/** One run: what it has said, done and spent so far. */
export class Run {
  readonly #settings: RunSettings;
  readonly #context: CallContext;
  readonly #messages: ProviderMessage[];
  readonly #conversationTokens: (messages: readonly ProviderMessage[]) => number;
  readonly #life: RunLife;
  readonly #failures = countEqualFailures();
  readonly #started = performance.now();
  readonly #before: RunSpending;
  #turns: number;
  #calls: number;
  #tokens: number;
  /** Words of the answer under way. */
  #text = "";
  /** The limit that makes the next answer the last one. */
  #reached: LimitName | undefined;
  #told = new Set<LimitName>();

  constructor(
    settings: RunSettings,
    messages: readonly ProviderMessage[],
    context: CallContext,
    { spent }: Pick<PausedRun, "spent"> = { spent: { turns: 0, calls: 0, tokens: 0, seconds: 0 } },
  ) {
    this.#settings = settings;
    this.#context = context;
    this.#messages = [...messages];
    this.#conversationTokens = countConversation(settings.countTokens);
    this.#before = spent;
    this.#turns = spent.turns;
    this.#calls = spent.calls;
    this.#tokens = spent.tokens;
    this.#life = openRunLife(context.signal, settings.limits.seconds - spent.seconds);
  }

  /** Turn after turn. */
  async *events(): AsyncGenerator<RunEvent, void> {
    yield* this.#guarded(this.#turnAfterTurn());
  }

  /** Finishes the calls that waited, then turn after turn. */
  async *resumed(
    paused: PausedRun,
    answers: Readonly<Record<string, ConsentAnswer>>,
  ): AsyncGenerator<RunEvent, void> {
    yield* this.#guarded(this.#resumeThenTurns(paused, answers));
  }

  async *#guarded(events: AsyncGenerator<RunEvent, RunDone>): AsyncGenerator<RunEvent, void> {
    try {
      yield yield* events;
    } catch (error) {
      const ended = this.#life.ended();
      if (ended === "seconds") yield* this.#tellLimit("seconds");
      if (ended === undefined) yield this.#done("failed", { error });
      else yield this.#done(ended === "seconds" ? "limit" : "aborted");
    } finally {
      this.#life.end();
    }
  }

  async *#turnAfterTurn(): AsyncGenerator<RunEvent, RunDone> {
    for (;;) {
      const spentUp = this.#spentUp();
      if (spentUp !== undefined) {
        yield* this.#tellLimit(spentUp);
        return this.#done("limit");
      }
      const done = yield* this.#turn();
      if (done !== undefined) return done;
    }
  }

  /** @returns The end, if the turn was the last one. */
  async *#turn(): AsyncGenerator<RunEvent, RunDone | undefined> {
    this.#text = "";
    const offer = await gather(this.#settings.drivers, this.#contextOfCalls());
    const heard = yield* this.#hear(offer);
    const stop = this.#reached ?? this.#spentUp();
    const events = createEventQueue<RunEvent>();
    const guard = createCallGuard({
      limits: this.#settings.limits,
      life: this.#life,
      failures: this.#failures,
      stop,
      takeCall: () => this.#takeCall(),
      reach: (limit) => {
        this.#reached ??= limit;
      },
      emit: (event) => events.push(event),
    });
    let ids: readonly string[] | undefined;
    const onReading: typeof guard.hooks.onReading = (reading) => {
      if (reading.kind === "calls") ({ ids } = reading);
      if (reading.kind === "failed") ids = [];
      events.push({ type: "answer", answer: heard.answer, calls: ids?.length ?? 0 });
      return guard.hooks.onReading(reading);
    };
    const work = this.#process(heard, { ...guard.hooks, onReading }).finally(() => events.close());
    let isRead = false;
    try {
      yield* events;
      isRead = true;
    } finally {
      if (!isRead) {
        this.#life.end();
        await work.catch(() => undefined);
      }
    }
    const response = await work;
    yield* guard.restOf(response.results);
    if (ids === undefined) return this.#answered(heard.answer);
    return yield* this.#goOn(heard.answer, response, ids, stop);
  }

  async *#hear({ tools }: Offer): AsyncGenerator<RunEvent, HeardAnswer> {
    const { model, system, format, modelName, countTokens } = this.#settings;
    const offered = await offerTools(tools, this.#settings);
    const instructions = [system, offered.systemMessage].filter((text) => text !== "").join("\n\n");
    const words = hearModel(
      model,
      {
        system: instructions,
        messages: [...this.#messages] as never[],
        ...(offered.tools.length > 0 && { tools: offered.tools as never[] }),
        signal: this.#life.signal,
      },
      {
        tools,
        format,
        strategy: strategyFor(this.#settings, modelName),
        formats: allFormats,
        grammars: allGrammars,
      },
    );
    let next = await words.next();
    try {
      for (; next.done !== true; next = await words.next()) {
        this.#text += next.value;
        yield { type: "text", text: next.value };
      }
    } finally {
      // Left early: the model is not to go on.
      if (next.done !== true) await words.return(undefined as never);
    }
    const { answer, usage } = next.value;
    const read = (): number =>
      this.#conversationTokens(this.#messages) + countTokens(instructions + JSON.stringify(offered.tools));
    this.#turns += 1;
    this.#tokens +=
      usage === undefined ? read() + countTokens(JSON.stringify(answer)) : usage.read + usage.written;
    return next.value;
  }

  #process({ answer, cutOff }: HeardAnswer, hooks: CallHooks): Promise<DriverResponse> {
    const { drivers, format, modelName, maxCalls, strategy, strategies, results, countTokens, showFiles } =
      this.#settings;
    return processWithDrivers(drivers, answer, {
      ...this.#contextOfCalls(),
      ...(modelName !== undefined && { modelName }),
      format,
      cutOff,
      strategy,
      strategies,
      maxCalls,
      hooks,
      results,
      countTokens,
      showFiles,
    });
  }

  #answered(answer: LlmAnswer): RunDone {
    const { format, modelName } = this.#settings;
    const strategy = strategyFor(this.#settings, modelName);
    this.#messages.push(...toMessages<LlmAnswer>(answer, [], format, strategy, allFormats));
    return this.#done(this.#reached === undefined ? "answered" : "limit");
  }

  async *#goOn(
    answer: LlmAnswer,
    { messages, results, pending }: DriverResponse,
    ids: readonly string[],
    stop: LimitName | undefined,
  ): AsyncGenerator<RunEvent, RunDone | undefined> {
    if (pending.length > 0) return yield* this.#pause({ answer, ids, results, pending });
    this.#messages.push(...(messages ?? []));
    this.#life.signal.throwIfAborted();
    const reached = stop ?? this.#reached;
    if (reached !== undefined) yield* this.#tellLimit(reached);
    return stop === undefined ? undefined : this.#done("limit");
  }

  async *#pause(
    waiting: Pick<PausedRun, "answer" | "ids" | "results" | "pending">,
  ): AsyncGenerator<RunEvent, RunDone> {
    for (const pending of waiting.pending) yield { type: "pending", pending };
    const paused: PausedRun = { ...waiting, messages: [...this.#messages], spent: this.#spent() };
    const ended = this.#life.ended();
    if (ended === "seconds") yield* this.#tellLimit("seconds");
    return this.#done(ended === undefined ? "pending" : ended === "seconds" ? "limit" : "aborted", {
      paused,
    });
  }

  async *#resumeThenTurns(
    { answer, ids, results: before, pending: all }: PausedRun,
    answers: Readonly<Record<string, ConsentAnswer>>,
  ): AsyncGenerator<RunEvent, RunDone> {
    const offer = await gather(this.#settings.drivers, this.#contextOfCalls());
    const settled: CallResult[] = [];
    const pending: PendingCall[] = [];
    for (const waiting of all) {
      const given = answers[waiting.consentId];
      const { id = waiting.consentId, name, arguments: args } = waiting.call;
      const runs = given?.kind === "approve" || given?.kind === "edit";
      if (given === undefined || this.#life.signal.aborted) {
        pending.push(waiting);
        continue;
      }
      if (runs) this.#calls += 1;
      if (runs) yield { type: "call", id, name, arguments: given.kind === "edit" ? given.arguments : args };
      const outcome = await resumeCall(offer, waiting, given, this.#contextOfCalls());
      if ("pending" in outcome) pending.push(outcome.pending);
      else {
        settled.push(outcome);
        yield { type: "result", ran: runs, ...outcome };
      }
    }
    const results = [...before, ...settled].toSorted(
      (a, b) => ids.indexOf(a.id ?? "") - ids.indexOf(b.id ?? ""),
    );
    if (pending.length > 0) return yield* this.#pause({ answer, ids, results, pending });
    this.#messages.push(...(await this.#complete(answer, results)));
    this.#life.signal.throwIfAborted();
    return yield* this.#turnAfterTurn();
  }

  /** Every call has its result by now. */
  #complete(answer: LlmAnswer, results: readonly CallResult[]): Promise<readonly ProviderMessage[]> {
    const { drivers, format, modelName, strategy, strategies, countTokens, showFiles } = this.#settings;
    const { budget, principal } = this.#context;
    return toCompleteMessages(answer, results, {
      format,
      strategy,
      strategies,
      countTokens,
      showFiles,
      results: this.#settings.results ?? findKeeper(drivers),
      ...(modelName !== undefined && { modelName }),
      ...(budget !== undefined && { budget }),
      ...(principal !== undefined && { principal }),
    });
  }

  #contextOfCalls(): CallContext {
    const { idempotencyKey, deadline = Infinity } = this.#context;
    const ms = Math.min(deadline, this.#life.leftMs() ?? Infinity);
    return {
      ...this.#context,
      signal: this.#life.signal,
      ...(ms !== Infinity && { deadline: ms }),
      ...(idempotencyKey !== undefined && { idempotencyKey: `${idempotencyKey}/${this.#turns}` }),
    };
  }

  #takeCall(): boolean {
    if (this.#calls >= this.#settings.limits.calls) return false;
    this.#calls += 1;
    return true;
  }

  /** The limit that leaves no room for another answer. */
  #spentUp(): LimitName | undefined {
    const { limits } = this.#settings;
    if (this.#turns >= limits.turns) return "turns";
    if ((this.#life.leftMs() ?? leastMs) < leastMs) return "seconds";
    return this.#tokens + this.#conversationTokens(this.#messages) >= limits.tokens ? "tokens" : undefined;
  }

  *#tellLimit(limit: LimitName): Generator<RunEvent, void> {
    if (this.#told.has(limit)) return;
    this.#told.add(limit);
    const most = this.#settings.limits[limit];
    yield { type: "limit", limit, most, message: limitTexts.reached(limit, most) };
  }

  #spent(): RunSpending {
    const seconds = this.#before.seconds + (performance.now() - this.#started) / 1000;
    return { turns: this.#turns, calls: this.#calls, tokens: this.#tokens, seconds };
  }

  #done(reason: RunReason, more: Pick<RunDone, "paused" | "error"> = {}): RunDone {
    return {
      type: "done",
      reason,
      text: this.#text,
      messages: [...this.#messages],
      spent: this.#spent(),
      ...more,
    };
  }
}
