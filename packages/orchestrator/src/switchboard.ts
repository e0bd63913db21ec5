import {
  contractVersion,
  isMCSError,
  MCSError,
  MCSToolDriver,
  type CallContext,
  type DriverMeta,
  type DriverPorts,
  type Tool,
  type ToolArguments,
} from "@mcs/core";
import { copyArguments, requireArguments, requireTool } from "@mcs/kit";
import { createConsentGate, type ConsentGate, type ConsentOptions } from "@mcs/kit/consent";
import { manifest } from "./manifest.ts";
import { Registry, type Route } from "./registry.ts";

/** The ToolDriver behind an orchestrator: finds the driver of a name, asks for consent, and hands the call on. */
export class Switchboard implements MCSToolDriver {
  readonly meta: DriverMeta = {
    ...manifest,
    name: "Orchestrator",
    bindings: [{ capability: "orchestrator", adapter: "*", specFormat: "Custom" }],
    targetLlms: null,
    capabilities: [MCSToolDriver.flag],
    contractVersion,
  };
  readonly registry: Registry = new Registry();
  readonly #ports: Pick<DriverPorts, "clock" | "logger">;
  #gate: ConsentGate | undefined;

  constructor(ports: Pick<DriverPorts, "clock" | "logger">) {
    this.#ports = ports;
  }

  ask(options: ConsentOptions): void {
    this.#gate = createConsentGate(options, this.#ports);
  }

  async listTools(context: CallContext = {}): Promise<readonly Tool[]> {
    return Object.freeze((await this.registry.routes(context)).map(({ tool }) => tool));
  }

  async executeTool(name: string, args: ToolArguments, context: CallContext = {}): Promise<unknown> {
    const given = copyArguments(args);
    const route = requireRoute(await this.registry.routes(context, name), name);
    const call = { args: requireArguments(route.tool, given), context };
    const consented = (await this.#gate?.pass(route.tool, call.args, context)) ?? call;
    try {
      return await route.driver.executeTool(route.innerName, consented.args, consented.context);
    } catch (error) {
      throw renamePending(error, route.tool.name);
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {}
}

function requireRoute(routes: readonly Route[], name: string): Route {
  const tool = requireTool(
    routes.map((route) => route.tool),
    name,
  );
  return routes.find((route) => route.tool === tool) as Route;
}

/** A call that waits below is resumed through this object, so it bears the name that is valid here. */
function renamePending(error: unknown, name: string): unknown {
  if (!isMCSError(error) || error.pending === undefined) return error;
  const { code, message, hint, pending } = error;
  return new MCSError(code, message, { hint, pending: { ...pending, call: { ...pending.call, name } } });
}
