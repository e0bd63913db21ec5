import {
  hasCapability,
  MCSDriver,
  MCSError,
  MCSToolDriver,
  resolveCapability,
  SupportsAutostart,
  SupportsConsent,
  SupportsNativeTools,
  ToolCallSignaling,
  toFailure,
  withCapability,
  type CallContext,
  type CallResult,
  type CapabilityContract,
  type ConsentAnswer,
  type DriverMeta,
  type DriverResponse,
  type GivenConsent,
  type HybridDriver,
  type LlmAnswer,
  type NativeToolContext,
  type PendingCall,
  type ProcessOptions,
  type ProviderMessage,
  type ResolvesInward,
  type Tool,
  type ToolArguments,
} from "@mcs/core";
import type { PromptStrategy } from "@mcs/llm";
import { formatForModel, toNativeTools } from "@mcs/llm/dialects";
import { allGrammars } from "@mcs/llm/grammars";
import { describeTools, writeNativeSystemMessage, writeSystemMessage } from "@mcs/llm/prompts";
import { isCompleteToolCall, mightBeToolCall } from "@mcs/llm/stream";
import { deepFreeze } from "./deep-freeze.ts";
import { KeepsResults } from "./keeps-results.ts";
import { processAnswer } from "./process-answer.ts";
import { withinBudget, type DriverPromptBudget } from "./prompt-budget.ts";
import { requireOptions } from "./require-options.ts";
import { failedCall } from "./run-calls.ts";
import type { ResultOptions } from "./shape-results.ts";
import { strategyFor, waysOfParsing, type StrategyOptions } from "./strategy-options.ts";

/** What a {@link BaseDriver} is made from. */
export interface BaseDriverOptions extends StrategyOptions, ResultOptions {
  /** The capability surface that this driver gives a face towards models. */
  readonly toolDriver: MCSToolDriver;
  /** Capabilities that the subclass adds by its own methods. */
  readonly adds?: readonly CapabilityContract<object>[];
  /** Models it is written for. Default `["*"]`. */
  readonly targetLlms?: readonly string[];
  /** Calls that one answer may hold. Default `16`. */
  readonly maxCalls?: number;
  /** Default: a prompt may cost any number of tokens. */
  readonly promptBudget?: DriverPromptBudget | undefined;
}

/**
 * Turns any ToolDriver into a hybrid driver. What it does for a model goes through its own `listTools` and
 * `executeTool`, so a subclass that overrides those keeps its say. The ToolDriver inside cannot be reached.
 */
export class BaseDriver
  implements HybridDriver, SupportsNativeTools, SupportsConsent, ToolCallSignaling, ResolvesInward
{
  readonly meta: DriverMeta;
  readonly #toolDriver: MCSToolDriver;
  readonly #speech: StrategyOptions;
  readonly #waysOfParsing: readonly PromptStrategy[];
  readonly #maxCalls: number;
  readonly #shaping: ResultOptions;
  readonly #promptBudget: DriverPromptBudget | undefined;

  /** @throws {MCSError} `MCS_INVALID_CONFIG` if `toolDriver` is missing. */
  constructor(options: BaseDriverOptions) {
    requireOptions("BaseDriver", options, ["toolDriver"]);
    const { toolDriver, adds = [], targetLlms = ["*"], strategy, strategies, maxCalls = 16 } = options;
    this.#toolDriver = toolDriver;
    this.#speech = { strategy, strategies };
    this.#waysOfParsing = waysOfParsing(this.#speech);
    this.#maxCalls = maxCalls;
    const { results, countTokens, showFiles } = options;
    this.#shaping = { results, countTokens, showFiles };
    this.#promptBudget = options.promptBudget;
    this.meta = deepFreeze(toHybridMeta(toolDriver.meta, adds, targetLlms));
  }

  listTools(context?: CallContext): Promise<readonly Tool[]> {
    return this.#toolDriver.listTools(context);
  }

  executeTool(name: string, args: ToolArguments, context?: CallContext): Promise<unknown> {
    return this.#toolDriver.executeTool(name, args, context);
  }

  async getFunctionDescription(modelName?: string): Promise<string> {
    return describeTools(...(await this.#toPrompt(modelName)));
  }

  async getDriverSystemMessage(modelName?: string): Promise<string> {
    return writeSystemMessage(...(await this.#toPrompt(modelName)));
  }

  async #toPrompt(modelName: string | undefined): Promise<[readonly Tool[], PromptStrategy]> {
    const strategy = strategyFor(this.#speech, modelName);
    return [withinBudget(await this.listTools(), this.#promptBudget, strategy), strategy];
  }

  async getNativeToolContext<NativeTool extends object = object>(
    modelName?: string,
    format: string = formatForModel(modelName),
  ): Promise<NativeToolContext<NativeTool>> {
    if (format === "text") return { systemMessage: await this.getDriverSystemMessage(modelName), tools: [] };
    const { tools } = toNativeTools(await this.listTools(), format);
    return {
      systemMessage: writeNativeSystemMessage(strategyFor(this.#speech, modelName)),
      tools: tools as NativeTool[],
    };
  }

  async processLlmResponse<Message extends object = ProviderMessage>(
    response: LlmAnswer,
    options: ProcessOptions = {},
  ): Promise<DriverResponse<Message>> {
    const outcome = await processAnswer(response, {
      tools: await this.listTools(options),
      execute: (tool, args, context) => this.executeTool(tool.name, args, context),
      ...this.#speech,
      maxCalls: this.#maxCalls,
      ...this.#shaping,
      options,
    });
    return outcome as DriverResponse<Message>;
  }

  /**
   * Finishes a call that was left pending, through this object's own `executeTool`, so that every layer around the
   * consent sees it run.
   *
   * @throws {MCSError} `MCS_UNSUPPORTED` if nothing inside asks for consent; `MCS_INVALID_ARGUMENTS` for what is no pending
   *   call; `MCS_CONSENT_PENDING` if the answer was `later` once more.
   */
  async resume(pending: PendingCall, answer: ConsentAnswer, context: CallContext = {}): Promise<CallResult> {
    if (!hasCapability(this.meta, SupportsConsent)) {
      throw new MCSError("MCS_UNSUPPORTED", `"${this.meta.name}" leaves no call pending.`);
    }
    const { id, name } = callOf(pending);
    const call = { id: id ?? pending.consentId, name };
    try {
      const consent: GivenConsent = { kind: "answered", pending, answer };
      const result = await this.executeTool(name, pending.call.arguments, { ...context, consent });
      return { ...call, outcome: "executed", result };
    } catch (error) {
      const failure = toFailure(error);
      if (failure.code === "MCS_CONSENT_PENDING") throw error;
      return failedCall(call, failure);
    }
  }

  mightBeToolCall(partial: string): boolean {
    return this.#waysOfParsing.some((strategy) => mightBeToolCall(partial, strategy, allGrammars));
  }

  isCompleteToolCall(text: string): boolean {
    return this.#waysOfParsing.some((strategy) => isCompleteToolCall(text, strategy, allGrammars));
  }

  /** For `resolveCapability`: answers for what is inside, without handing it out. */
  resolveInward<Ability extends object>(contract: CapabilityContract<Ability>): Ability | undefined {
    if (contract.resolves !== "inward" || contract.methods.some((method) => heldMethods.has(method)))
      return undefined;
    const inner = resolveCapability(this.#toolDriver, contract);
    return inner && onlyMethods(inner, contract);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#toolDriver[Symbol.asyncDispose]();
  }
}

/** What executes or describes tools: reached through an ability of what is inside, it would be reached past this driver. */
const heldMethods = new Set(
  [
    MCSToolDriver,
    MCSDriver,
    SupportsNativeTools,
    SupportsConsent,
    ToolCallSignaling,
    SupportsAutostart,
  ].flatMap(({ methods }) => methods),
);

/** The ability without the object that provides it, which may be the driver inside. */
function onlyMethods<Ability extends object>(
  inner: Ability,
  { methods }: CapabilityContract<Ability>,
): Ability {
  const bound = methods.map((name) => {
    const method = Reflect.get(inner, name) as (...args: unknown[]) => unknown;
    return [name, (...args: unknown[]) => Reflect.apply(method, inner, args)] as const;
  });
  return Object.freeze(Object.fromEntries(bound)) as Ability;
}

/** Pending calls come back from where the client kept them. */
function callOf(pending: Partial<PendingCall> | null | undefined): PendingCall["call"] {
  if (typeof pending?.call?.name === "string") return pending.call;
  throw new MCSError("MCS_INVALID_ARGUMENTS", "What was given to resume is no pending call.");
}

/** Abilities that mean the object that is held, and that it does not have because what is inside has them. */
const heldOnly = new Set([SupportsAutostart.flag, KeepsResults.flag]);

function toHybridMeta(
  meta: DriverMeta,
  adds: readonly CapabilityContract<object>[],
  targetLlms: readonly string[],
): DriverMeta {
  const inner = { ...meta, capabilities: meta.capabilities.filter((flag) => !heldOnly.has(flag)) };
  const contracts: readonly CapabilityContract<object>[] = [
    MCSToolDriver,
    MCSDriver,
    SupportsNativeTools,
    ToolCallSignaling,
    ...adds,
  ];
  const claimed = contracts.reduce<DriverMeta>((hybrid, contract) => withCapability(hybrid, contract), inner);
  return { ...claimed, targetLlms: [...targetLlms] };
}
