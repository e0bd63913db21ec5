import {
  toFailure,
  type CallContext,
  type CallResult,
  type Failure,
  type MCSToolDriver,
  type ToolArguments,
} from "@mcs/core";
import { BaseDecorator } from "@mcs/kit";
import type { Screen } from "./screen.ts";

/** Shows every call that runs: name and arguments, then what came of it and how long it took. Changes nothing. */
export class ShownCalls extends BaseDecorator {
  readonly #screen: Screen;
  readonly #failures = new Set<string>();

  constructor(inner: MCSToolDriver, screen: Screen) {
    super(inner);
    this.#screen = screen;
  }

  override async executeTool(name: string, args: ToolArguments, context?: CallContext): Promise<unknown> {
    this.#screen.noteShortly(`→ ${name} ${JSON.stringify(args)}`);
    const start = performance.now();
    const took = (): string => `${Math.round(performance.now() - start)} ms`;
    try {
      const result = await super.executeTool(name, args, context);
      this.#screen.noteShortly(`← ${name} ok, ${took()}: ${JSON.stringify(result)}`);
      return result;
    } catch (error) {
      const failure = toFailure(error);
      this.#failures.add(describe(name, failure));
      this.#screen.note(`← ${name} failed, ${took()}: ${explain(failure)}`);
      throw error;
    }
  }

  /** Shows what failed before it came here: a call that was denied, does not fit, or could not be read. */
  showNotRun({ name, failure }: CallResult): void {
    if (failure === undefined || this.#failures.delete(describe(name, failure))) return;
    this.#screen.note(name === "" ? `✗ ${failure.message}` : `✗ ${name} not run: ${explain(failure)}`);
  }
}

function describe(name: string, { code, message }: Failure): string {
  return `${name} ${code} ${message}`;
}

function explain({ code, message }: Failure): string {
  return `${message} [${code}]`;
}
