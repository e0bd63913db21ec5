import {
  resolveCapability,
  type CallContext,
  type CapabilityContract,
  type MCSToolDriver,
  type Tool,
  type ToolArguments,
} from "@mcs/core";

/**
 * Keeps results that are too large for a conversation, and puts them into later calls that name them, so that they need not
 * pass through the model. `createResultTools` of `@mcs/kit/results` does.
 */
export interface KeepsResults {
  /**
   * @returns The result as the conversation gets it, within `context.budget`: itself if it fits, else its shape, a preview
   *   and a handle.
   */
  viewResult(result: unknown, context: CallContext): Promise<unknown>;
  /** Whether the arguments name something that is kept. Cheap. */
  namesKept(args: ToolArguments): boolean;
  /**
   * The arguments with what they name in its place.
   *
   * @throws {MCSError} `MCS_NOT_FOUND` if nothing (any more) is kept under a name for this principal;
   *   `MCS_INVALID_ARGUMENTS` if what is kept does not fit there.
   */
  fillArguments(tool: Tool, args: ToolArguments, context: CallContext): Promise<ToolArguments>;
}
export const KeepsResults: CapabilityContract<KeepsResults> = {
  name: "KeepsResults",
  flag: "results",
  methods: ["viewResult", "namesKept", "fillArguments"],
  resolves: "held",
};

/** The one of the drivers that keeps results for all of them, if there is one. */
export function findKeeper(drivers: readonly Pick<MCSToolDriver, "meta">[]): KeepsResults | undefined {
  for (const driver of drivers) {
    const keeper = resolveCapability(driver, KeepsResults);
    if (keeper !== undefined) return keeper;
  }
  return undefined;
}
