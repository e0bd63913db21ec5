import { MCSError, type CallContext, type MCSToolDriver, type Tool } from "@mcs/core";
import { untilGivenUp } from "./until-given-up.ts";

/** How long a listing is waited for where the caller sets no deadline, in milliseconds. */
const listingMs = 60_000;

/** Drivers that were waited for that long in vain, until they answer: nobody else shall wait so long. */
const silent = new WeakSet<MCSToolDriver>();

/**
 * Asks every driver for its tools at once. One that fails, hangs or gives no list of tools hinders no other; one that is
 * only slow goes on, and may have its tools the next time.
 */
export function listAll(
  drivers: readonly MCSToolDriver[],
  context: CallContext,
): Promise<PromiseSettledResult<readonly Tool[]>[]> {
  return Promise.allSettled(drivers.map((driver) => list(driver, context)));
}

async function list(driver: MCSToolDriver, context: CallContext): Promise<readonly Tool[]> {
  if (silent.has(driver)) {
    throw new MCSError("MCS_TIMEOUT", "The driver has not listed its tools yet.", { effect: "none" });
  }
  const limits = { deadline: listingMs, ...context };
  let isSettled = false;
  const work = async (): Promise<readonly Tool[]> => {
    try {
      return await driver.listTools(context);
    } finally {
      isSettled = true;
      silent.delete(driver);
    }
  };
  try {
    return requireTools(await untilGivenUp(work, limits));
  } catch (error) {
    if (!isSettled && limits.deadline >= listingMs && context.signal?.aborted !== true) silent.add(driver);
    throw error;
  }
}

function requireTools(tools: readonly Tool[]): readonly Tool[] {
  if (Array.isArray(tools) && tools.every(isTool)) return tools;
  throw new MCSError("MCS_DRIVER_FAULT", "The driver gave no list of tools.", { effect: "none" });
}

/** As far as others depend on it: foreign drivers need not be typed. */
function isTool(tool: unknown): boolean {
  if (typeof tool !== "object" || tool === null) return false;
  const { name, parameters, aliases = [] } = tool as Partial<Tool>;
  return typeof name === "string" && Array.isArray(parameters) && Array.isArray(aliases);
}
