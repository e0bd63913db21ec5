import { MCSError, type CallContext, type MCSToolDriver, type Tool } from "@mcs/core";
import { listAll } from "@mcs/kit";
import { labelTool, requireLabel } from "./tool-label.ts";

/** A tool as the orchestrator lists it, and where it leads. */
export interface Route {
  readonly tool: Tool;
  readonly driver: MCSToolDriver;
  /** The tool's name in its own driver. */
  readonly innerName: string;
}

/** The drivers of an orchestrator, under their labels, in the order in which they came. */
export class Registry {
  readonly #drivers = new Map<string, MCSToolDriver>();
  readonly #renamed = new WeakMap<Tool, Map<string, Tool>>();

  add(label: string, driver: MCSToolDriver): void {
    requireLabel(label);
    if (this.#drivers.has(label))
      throw new MCSError("MCS_INVALID_CONFIG", `There is a driver "${label}" already.`);
    this.#drivers.set(label, driver);
  }

  remove(label: string): MCSToolDriver | undefined {
    const driver = this.#drivers.get(label);
    this.#drivers.delete(label);
    return driver;
  }

  entries(): readonly (readonly [label: string, driver: MCSToolDriver])[] {
    return [...this.#drivers];
  }

  /**
   * Every tool, namespaced when there is more than one driver. A driver that cannot list its tools does not hide those
   * of the others.
   *
   * @param name - Of the one tool that is wanted: then only its driver is asked, if its label says which one it is.
   * @throws What the listing threw, if no driver at all can list.
   */
  async routes(context: CallContext, name?: string): Promise<readonly Route[]> {
    const all = this.entries();
    const isNamespaced = all.length > 1;
    const [wanted] = isNamespaced && name !== undefined ? name.split("__", 1) : [];
    const own = all.filter(([label]) => label === wanted);
    const entries = own.length > 0 ? own : all;
    const lists = await listAll(
      entries.map(([, driver]) => driver),
      context,
    );
    const failed = lists.filter((list) => list.status === "rejected");
    if (failed[0] !== undefined && failed.length === lists.length) throw failed[0].reason;
    const routes: Route[] = [];
    for (const [index, [label, driver]] of entries.entries()) {
      const list = lists[index];
      for (const inner of list?.status === "fulfilled" ? list.value : []) {
        const tool = isNamespaced ? await this.#namespaced(label, inner) : inner;
        routes.push({ tool, driver, innerName: inner.name });
      }
    }
    return routes;
  }

  /** The same object for the same tool, so that what is derived from it (compiled checks) is reused. */
  async #namespaced(label: string, tool: Tool): Promise<Tool> {
    const known = this.#renamed.get(tool) ?? new Map<string, Tool>();
    this.#renamed.set(tool, known);
    const existing = known.get(label);
    if (existing !== undefined) return existing;
    const aliases = await Promise.all((tool.aliases ?? []).map((alias) => labelTool(label, alias)));
    const renamed = Object.freeze({
      ...tool,
      name: await labelTool(label, tool.name),
      ...(aliases.length > 0 && { aliases }),
    });
    known.set(label, renamed);
    return renamed;
  }
}
