import type { MCSErrorCode, MCSToolDriver, ToolArguments } from "@mcs/core";

/** A call that the suite may make as often as it likes. */
export interface ExampleCall {
  readonly tool: string;
  readonly args: ToolArguments;
}

/** What the suite needs to know of a driver. */
export interface ConformanceCase<Driver extends MCSToolDriver = MCSToolDriver> {
  /** Makes a fresh driver, configured alike every time. The suite disposes of it. */
  readonly create: () => Driver | Promise<Driver>;
  /**
   * Makes it without a credential, and with what it talks to out of reach, where its tools are static all the same.
   * Default: `create`.
   */
  readonly createDetached?: () => Driver | Promise<Driver>;
  /** A call that succeeds, with its result where that is always the same. */
  readonly succeeds: ExampleCall & { readonly result?: unknown };
  /** A call that fails, always and before it changes anything, and the code of its failure. */
  readonly fails: ExampleCall & { readonly code: MCSErrorCode };
  /** A call whose effect is made and whose answer is lost: how to make a driver for which that happens. Default: none. */
  readonly loses?: ExampleCall & { readonly create: () => LosingDriver | Promise<LosingDriver> };
  /** A call that succeeds, and how to make a driver whose backend says how often it was reached. Default: none. */
  readonly counts?: ExampleCall & { readonly create: () => CountedDriver | Promise<CountedDriver> };
  /** A secret in the configuration with which `create` makes the driver. Nothing may lead to it. Default: none. */
  readonly secret?: string;
}

/** A driver whose backend counts. The suite disposes of it. */
export interface CountedDriver {
  readonly driver: MCSToolDriver;
  /** How often the backend was reached. */
  readonly reached: () => number;
}

/** A driver whose backend loses every answer. The suite disposes of it. */
export type LosingDriver = CountedDriver;

/** Runs with a fresh driver, which is disposed of whatever happens. */
export async function withDriver<Driver extends MCSToolDriver>(
  { create }: Pick<ConformanceCase<Driver>, "create">,
  use: (driver: Driver) => Promise<void>,
): Promise<void> {
  await using driver = await create();
  await use(driver);
}

/** The code with which a call fails; `"resolved"` if it does not. */
export async function codeOf(call: Promise<unknown>): Promise<string> {
  try {
    await call;
    return "resolved";
  } catch (error) {
    return String(Reflect.get(Object(error), "code"));
  }
}
