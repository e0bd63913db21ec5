import {
  SupportsConsent,
  SupportsHealthcheck,
  type CallContext,
  type DriverPorts,
  type DriverResponse,
  type Health,
  type LlmAnswer,
  type MCSToolDriver,
  type ProcessOptions,
  type ProviderMessage,
} from "@mcs/core";
import {
  BaseDriver,
  findKeeper,
  readAnswer,
  runReading,
  type DriverPromptBudget,
  type ResultOptions,
  type StrategyOptions,
} from "@mcs/kit";
import type { AskConsent, ConsentOptions } from "@mcs/kit/consent";
import type { ToolCallReading } from "@mcs/llm";
import { Switchboard } from "./switchboard.ts";
import { worstHealth } from "./worst-health.ts";

/** Which drivers an {@link Orchestrator} begins with, and how it reads answers. */
export interface OrchestratorOptions extends StrategyOptions, ResultOptions {
  /** Drivers to begin with, by label. They stay the caller's: disposing of the orchestrator leaves them alone. */
  readonly drivers?: Readonly<Record<string, MCSToolDriver>>;
  /** Calls that one answer may hold. Default `16`. */
  readonly maxCalls?: number;
  /** Default: a prompt may cost any number of tokens. */
  readonly promptBudget?: DriverPromptBudget | undefined;
}

/** An answer that was read and not yet run. */
export interface ParsedAnswer {
  readonly answer: LlmAnswer;
  readonly reading: ToolCallReading;
  readonly options: ProcessOptions;
}

/**
 * Many drivers as one. It is a hybrid driver itself, so orchestrators nest; it is opaque: what it claims it provides
 * itself. Drivers come and go at run time. With more than one, tools are called `label__tool`.
 *
 * It is the one stateful part of MCS: which drivers it has may change, and with them the list of tools.
 */
export class Orchestrator extends BaseDriver implements SupportsHealthcheck {
  readonly #switchboard: Switchboard;
  readonly #speech: StrategyOptions;
  readonly #maxCalls: number;
  readonly #shaping: ResultOptions;

  /** @throws {MCSError} `MCS_INVALID_CONFIG` for a label that is none. */
  constructor(options: OrchestratorOptions = {}, ports: Pick<DriverPorts, "clock" | "logger"> = {}) {
    const { drivers = {}, strategy, strategies, maxCalls = 16, promptBudget } = options;
    const speech = { strategy, strategies };
    const switchboard = new Switchboard(ports);
    super({
      toolDriver: switchboard,
      adds: [SupportsHealthcheck, SupportsConsent],
      maxCalls,
      promptBudget,
      ...speech,
    });
    this.#switchboard = switchboard;
    this.#speech = speech;
    this.#maxCalls = maxCalls;
    const { results, countTokens, showFiles } = options;
    this.#shaping = { results, countTokens, showFiles };
    for (const [label, driver] of Object.entries(drivers)) this.add(label, driver);
  }

  /** @throws {MCSError} `MCS_INVALID_CONFIG` if the label is taken or is none. */
  add(label: string, driver: MCSToolDriver): void {
    this.#switchboard.registry.add(label, driver);
  }

  /** Calls that are running go on. @returns The driver, to be disposed of by whoever made it. */
  remove(label: string): MCSToolDriver | undefined {
    return this.#switchboard.registry.remove(label);
  }

  /** In the order in which the drivers came. */
  labels(): readonly string[] {
    return this.#switchboard.registry.entries().map(([label]) => label);
  }

  /** From now on a person is asked, once and here: nothing below asks again. */
  onConsent(ask: AskConsent, options: Omit<ConsentOptions, "ask"> = {}): void {
    this.#switchboard.ask({ ...options, ask });
  }

  /** Asks the first level and reports the worst. */
  healthcheck(context: CallContext = {}): Promise<Health> {
    return worstHealth(this.#switchboard.registry.entries(), context);
  }

  /** The first step of {@link processLlmResponse}: what the answer asks for. Nothing runs. */
  async parse(answer: LlmAnswer, options: ProcessOptions = {}): Promise<ParsedAnswer> {
    const reading = readAnswer(answer, {
      tools: await this.listTools(options),
      ...this.#speech,
      ...this.#results(),
      options,
    });
    return { answer, reading, options };
  }

  /** The second step: runs what {@link parse} read. */
  async execute<Message extends object = ProviderMessage>({
    answer,
    reading,
    options,
  }: ParsedAnswer): Promise<DriverResponse<Message>> {
    const outcome = await runReading(answer, reading, {
      tools: await this.listTools(options),
      execute: (tool, args, context) => this.executeTool(tool.name, args, context),
      ...this.#speech,
      maxCalls: this.#maxCalls,
      ...this.#results(),
      options,
    });
    return outcome as DriverResponse<Message>;
  }

  /** Who keeps results may come and go like any other driver. */
  #results(): ResultOptions {
    const drivers = this.#switchboard.registry.entries().map(([, driver]) => driver);
    return { ...this.#shaping, results: this.#shaping.results ?? findKeeper(drivers) };
  }

  override async processLlmResponse<Message extends object = ProviderMessage>(
    response: LlmAnswer,
    options: ProcessOptions = {},
  ): Promise<DriverResponse<Message>> {
    return this.execute(await this.parse(response, options));
  }
}
