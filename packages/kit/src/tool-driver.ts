import {
  contractVersion,
  isMCSError,
  MCSError,
  MCSToolDriver,
  SupportsCache,
  SupportsHealthcheck,
  SupportsStatus,
  withCapability,
  type CallContext,
  type CapabilityContract,
  type DriverMeta,
  type DriverPorts,
  type Effect,
  type Tool,
  type ToolArguments,
} from "@mcs/core";
import { createScrubber, type Scrubber, type Secret } from "@mcs/secrets";
import { openCallScope, type CallScope } from "./call-scope.ts";
import { copyArguments } from "./copy-arguments.ts";
import { deepFreeze } from "./deep-freeze.ts";
import type { DefinedTool } from "./define-tool.ts";
import { toLeavingError } from "./leaving-error.ts";
import { requireData } from "./require-data.ts";
import { requireOptions } from "./require-options.ts";
import { requireArguments, requireTool } from "./require-tool.ts";
import { scrubProgress } from "./scrub-progress.ts";
import { toCheckingSource, type CheckingSource, type ToolSource } from "./tool-source.ts";

/** What a ToolDriver is beside its tools; the rest of its metadata follows from how it is made. */
export type ToolDriverMeta = Omit<DriverMeta, "targetLlms" | "capabilities" | "contractVersion">;

/** What {@link createToolDriver} takes. */
export interface ToolDriverOptions {
  readonly meta: ToolDriverMeta;
  /** Tools made by `defineTool`, or a source whose tools come from elsewhere. */
  readonly tools: readonly DefinedTool[] | ToolSource;
  /** Asked again at every way out, because credentials may be obtained while the driver lives. */
  readonly secrets?: () => Iterable<Secret>;
  /** Abilities that neither execute nor describe tools; each one given is claimed in `meta.capabilities`. */
  readonly abilities?: Partial<SupportsHealthcheck & SupportsCache & SupportsStatus>;
  /** Upper bound of a call in milliseconds; a context's `deadline` can only shorten it. Default `60_000`. */
  readonly timeoutMs?: number;
  /** Ends what the driver keeps. Called once. */
  readonly dispose?: () => Promise<void>;
}

/** Tools as they leave, and what they were scrubbed of: a secret may become known later. */
interface ScrubbedTools {
  readonly tools: readonly Tool[];
  readonly of: ReadonlySet<Secret>;
}

const inwardContracts = [SupportsHealthcheck, SupportsCache, SupportsStatus] as const;

/**
 * Makes a ToolDriver: names are resolved once and first, arguments checked before anything runs, every call has a
 * deadline and an abort, and whatever leaves (tools, results, errors) is scrubbed of the driver's secrets.
 *
 * @throws {MCSError} `MCS_INVALID_CONFIG` if `meta` or `tools` is missing, two tools share a name, or `timeoutMs` is not above 0.
 */
export function createToolDriver(options: ToolDriverOptions, ports: DriverPorts = {}): MCSToolDriver {
  return new GuardedToolDriver(options, ports);
}

class GuardedToolDriver implements MCSToolDriver {
  readonly meta: DriverMeta;
  readonly #source: CheckingSource;
  readonly #scrubber: Scrubber;
  readonly #logger: DriverPorts["logger"];
  readonly #abilities: NonNullable<ToolDriverOptions["abilities"]>;
  readonly #timeoutMs: number;
  readonly #dispose: () => Promise<void>;
  readonly #ending = new AbortController();
  readonly #secrets: () => Iterable<Secret>;
  readonly #leaving = new WeakMap<readonly Tool[], ScrubbedTools>();
  #disposed: Promise<void> | undefined;

  constructor(options: ToolDriverOptions, ports: DriverPorts) {
    requireOptions("createToolDriver", options, ["meta", "tools"]);
    const { meta, tools, secrets = () => [], abilities = {}, timeoutMs = 60_000 } = options;
    this.#source = toCheckingSource(tools);
    if (!(timeoutMs > 0)) {
      throw new MCSError("MCS_INVALID_CONFIG", "timeoutMs must be a number of milliseconds above 0.");
    }
    this.#secrets = secrets;
    this.#scrubber = createScrubber(secrets, ports.logger);
    this.#logger = ports.logger;
    this.#abilities = abilities;
    this.#timeoutMs = timeoutMs;
    this.#dispose = options.dispose ?? (async () => {});
    this.meta = deepFreeze(this.#scrubber.value(describeDriver(meta, abilities)));
  }

  async listTools(context: CallContext = {}): Promise<readonly Tool[]> {
    return this.#guard("listTools", context, (scope) => this.#list(scope));
  }

  async executeTool(name: string, args: ToolArguments, context: CallContext = {}): Promise<unknown> {
    let effect: Effect = "none";
    const given = copyArguments(args);
    return this.#guard(
      name,
      context,
      async (scope) => {
        const tools = await this.#list(scope);
        const tool = requireTool(tools, name);
        const checked = await this.#source.check(tool, requireArguments(tool, given));
        const { signal, deadline = this.#timeoutMs } = scope.context;
        signal.throwIfAborted();
        if (!(deadline > 0)) throw new MCSError("MCS_TIMEOUT", "No time was left for the call.");
        if (tool.annotations?.readOnly !== true) effect = "unknown";
        const result = await this.#source.execute(tool, checked, scope.context);
        return this.#scrubber.value(requireData(result ?? null, tool.name));
      },
      () => effect,
    );
  }

  resolveInward<Ability extends object>(contract: CapabilityContract<Ability>): Ability | undefined {
    const methods = contract.methods.map((method) => [method, Reflect.get(this.#abilities, method)] as const);
    if (contract.resolves !== "inward" || methods.some(([, method]) => typeof method !== "function"))
      return undefined;
    const guarded = methods.map(([name, method]) => [
      name,
      (context: CallContext = {}) =>
        this.#guard(name, context, async (scope) => {
          const result: unknown = await Reflect.apply(method as () => unknown, this.#abilities, [
            scope.context,
          ]);
          return this.#scrubber.value(result);
        }),
    ]);
    return Object.freeze(Object.fromEntries(guarded)) as Ability;
  }

  [Symbol.asyncDispose](): Promise<void> {
    this.#disposed ??= this.#end();
    return this.#disposed;
  }

  async #end(): Promise<void> {
    this.#ending.abort();
    await this.#dispose();
  }

  async #list(scope: CallScope): Promise<readonly Tool[]> {
    const tools = await this.#source.listTools(scope.context);
    const secrets = [...this.#secrets()];
    const known = this.#leaving.get(tools);
    if (known !== undefined && secrets.every((secret) => known.of.has(secret))) return known.tools;
    const leaving = deepFreeze(this.#scrubber.value(tools));
    this.#leaving.set(tools, { tools: leaving, of: new Set(secrets) });
    return leaving;
  }

  /** @param worstEffect - What may have happened by now; an error cannot claim more. */
  async #guard<T>(
    tool: string,
    context: CallContext,
    work: (scope: CallScope) => Promise<T>,
    worstEffect: () => Effect = () => "none",
  ): Promise<T> {
    const scope = openCallScope(scrubProgress(context, this.#scrubber), this.#timeoutMs, this.#ending.signal);
    try {
      scope.context.signal.throwIfAborted();
      return await scope.race(work(scope));
    } catch (error) {
      throw toLeavingError(endedBy(scope.context.signal, error), {
        callId: globalThis.crypto.randomUUID(),
        tool,
        worstEffect: worstEffect(),
        scrubber: this.#scrubber,
        logger: this.#logger,
      });
    } finally {
      scope.close();
    }
  }
}

function describeDriver(meta: ToolDriverMeta, abilities: object): DriverMeta {
  const base: DriverMeta = {
    ...meta,
    contractVersion,
    targetLlms: null,
    capabilities: [MCSToolDriver.flag],
  };
  return inwardContracts
    .filter((contract) => contract.methods.every((method) => method in abilities))
    .reduce<DriverMeta>((claimed, contract) => withCapability<object>(claimed, contract), base);
}

/** What a call failed with: a tool whose signal fired sees that it was ended, and only the signal knows that time was up. */
function endedBy(signal: AbortSignal, error: unknown): unknown {
  if (!signal.aborted) return error;
  if (!isMCSError(error)) return signal.reason;
  const { code, message } = signal.reason as MCSError;
  if (error.code !== "MCS_ABORTED" || code !== "MCS_TIMEOUT") return error;
  return new MCSError(code, message, { effect: error.effect });
}
