import {
  contractVersion,
  MCSError,
  MCSToolDriver,
  resolveCapability,
  SupportsNativeTools,
  type NativeToolContext,
  type Tool,
} from "@mcs/core";
import { BaseDriver } from "../base-driver.ts";
import type { StrategyOptions } from "../strategy-options.ts";

/** For whom tools are written. */
export interface OfferOptions extends StrategyOptions {
  readonly drivers: readonly MCSToolDriver[];
  readonly modelName?: string | undefined;
  readonly format: string;
}

/** What a model is told of its tools. A driver that stands alone says it itself, if it can. */
export function offerTools(
  tools: readonly Tool[],
  { drivers, modelName, format, strategy, strategies }: OfferOptions,
): Promise<NativeToolContext> {
  const [only, ...others] = drivers;
  const own = only && others.length === 0 ? resolveCapability(only, SupportsNativeTools) : undefined;
  const face = own ?? new BaseDriver({ toolDriver: listing(tools), strategy, strategies });
  return face.getNativeToolContext(modelName, format);
}

/** All tools as those of one driver, which is asked for nothing else. */
function listing(tools: readonly Tool[]): MCSToolDriver {
  return {
    meta: {
      id: "3b0a0b57-6f6c-4c0e-9a55-0d4d6f3f6d0e",
      name: "Runner",
      version: "0.0.0",
      bindings: [],
      targetLlms: null,
      capabilities: [MCSToolDriver.flag],
      contractVersion,
    },
    listTools: async () => tools,
    async executeTool(name) {
      throw new MCSError("MCS_UNKNOWN_TOOL", `No tool "${name}".`);
    },
    async [Symbol.asyncDispose]() {},
  };
}
