import {
  contractVersion,
  emptyResponse,
  type CallContext,
  type DriverMeta,
  type DriverResponse,
  type HybridDriver,
  type PendingCall,
  type Tool,
} from "@mcs/core";

/** What a control does in the place of something harmless. */
export interface Parts {
  readonly meta?: Partial<DriverMeta>;
  readonly description?: string;
  readonly listTools?: () => readonly Tool[];
  readonly execute?: (context: CallContext) => unknown;
  readonly respond?: () => Partial<DriverResponse>;
  readonly systemMessage?: string;
  readonly toolTexts?: string;
  readonly nativeTool?: object;
  readonly signal?: () => boolean;
  readonly ability?: object;
}

/** A hybrid driver that gives away nothing by itself, and whatever its parts give away. */
export class ControlDriver implements HybridDriver {
  readonly #parts: Parts;

  constructor(parts: Parts = {}) {
    this.#parts = parts;
  }

  get meta(): DriverMeta {
    return {
      id: "0f8f4d5c-4f3b-4a0e-9f1d-7c1e0a2b3c4e",
      name: "Control",
      version: "1.0.0",
      bindings: [{ capability: "control", adapter: "*", specFormat: "Custom" }],
      targetLlms: ["*"],
      capabilities: ["orchestratable", "standalone", "native_tools", "tcs", "healthcheck", "status", "cache"],
      contractVersion,
      ...this.#parts.meta,
    };
  }

  async listTools(): Promise<readonly Tool[]> {
    return this.#parts.listTools?.() ?? [{ name: "control_run", title: "Run", parameters: [] }];
  }

  async executeTool(_name: string, _args: object, context: CallContext = {}): Promise<unknown> {
    return (await this.#parts.execute?.(context)) ?? "done";
  }

  async getFunctionDescription(): Promise<string> {
    return this.#parts.toolTexts ?? "";
  }

  async getDriverSystemMessage(): Promise<string> {
    return this.#parts.systemMessage ?? "";
  }

  async getNativeToolContext(): Promise<{ systemMessage: string; tools: object[] }> {
    return { systemMessage: "", tools: [this.#parts.nativeTool ?? {}] };
  }

  async processLlmResponse<Message extends object>(): Promise<DriverResponse<Message>> {
    const response = this.#parts.respond?.() ?? emptyResponse;
    return ("meant" in response ? response : { ...emptyResponse, ...response }) as DriverResponse<Message>;
  }

  mightBeToolCall(): boolean {
    return this.#parts.signal?.() ?? false;
  }

  isCompleteToolCall(): boolean {
    return false;
  }

  resolveInward(): object {
    return this.#parts.ability ?? {};
  }

  async [Symbol.asyncDispose](): Promise<void> {}
}

/** A call that waits, with something in it that should not be. */
export const pendingCall = (reason: string): PendingCall => ({
  consentId: "1",
  call: { name: "control_run", arguments: {} },
  tool: { name: "control_run", inputSchema: true },
  reason,
  digest: "",
  expiresAt: 0,
});
