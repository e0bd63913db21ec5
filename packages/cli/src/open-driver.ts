import type { Tool } from "@mcs/core";
import type { OpenApiConfig, OpenApiDriver } from "@mcs/driver-openapi";
import { CommandFailure } from "./command-failure.ts";
import { exitCodeOf, exitCodes } from "./exit-codes.ts";
import { SignIns } from "./sign-ins.ts";
import { toConfig, type SpecOptions } from "./spec-options.ts";
import { stderrLogger } from "./stderr-logger.ts";

/** A driver whose document is loaded, and its tools. */
export interface OpenedDriver {
  readonly driver: OpenApiDriver;
  readonly tools: readonly Tool[];
}

/** @throws {CommandFailure} With the exit code for a document, unless the options are to blame. */
export async function openDriver(
  spec: string,
  options: SpecOptions,
  filters: Pick<OpenApiConfig, "include" | "exclude">,
  signal: AbortSignal,
): Promise<OpenedDriver> {
  // Loaded here, so that --help and --version do without.
  const { OpenApiDriver } = await import("@mcs/driver-openapi");
  const ports = {
    ...(options.verbose === true && { logger: stderrLogger }),
    ...(options.login === true && { credentials: (await SignIns.open()).credentials }),
  };
  const driver = new OpenApiDriver({ ...toConfig(spec, options), ...filters }, ports);
  try {
    return { driver, tools: await driver.listTools({ signal }) };
  } catch (error) {
    await driver[Symbol.asyncDispose]();
    const { failure } = new CommandFailure(error);
    const isOurs = failure.code === "MCS_INVALID_CONFIG" || failure.code === "MCS_DRIVER_FAULT";
    throw new CommandFailure(error, isOurs ? exitCodeOf(failure.code) : exitCodes.document);
  }
}
