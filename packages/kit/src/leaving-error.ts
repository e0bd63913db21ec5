import { isMCSError, MCSError, type Effect, type LoggerPort } from "@mcs/core";
import type { Scrubber } from "@mcs/secrets";
import { describeCause } from "./describe-cause.ts";

/** Where an error comes from, for the operator's log. */
export interface LeavingErrorOptions {
  readonly callId: string;
  readonly tool: string;
  /** `none` while nothing was run, or for a tool that only reads: then no error may say that something happened. */
  readonly worstEffect: Effect;
  readonly scrubber: Scrubber;
  readonly logger?: LoggerPort | undefined;
}

/**
 * Makes the error that leaves a driver. Nothing is passed on: no cause, no foreign message, no own property; every
 * text is scrubbed. The cause goes to the operator's log, scrubbed, under the call's id.
 */
export function toLeavingError(error: unknown, options: LeavingErrorOptions): MCSError {
  try {
    if (isMCSError(error)) return remake(error, options);
  } catch {
    // What only looks like one of our errors may throw when it is read.
  }
  const { callId, tool, worstEffect, scrubber } = options;
  log(options, "error", "MCS driver fault", { cause: describeCause(error) });
  return new MCSError("MCS_DRIVER_FAULT", scrubber.text(`The driver failed unexpectedly in "${tool}".`), {
    effect: worstEffect,
    hint: `Report it to the operator; the driver's log has the cause under ${callId}.`,
  });
}

function remake(error: MCSError, options: LeavingErrorOptions): MCSError {
  const { code, message, fault, effect, hint, retryAfterMs, issues, status, pending, challenge, cause } =
    error;
  const { scrubber, worstEffect } = options;
  const made = new MCSError(code, scrubber.text(message), {
    fault,
    effect: effect === "unknown" && worstEffect === "none" ? "none" : effect,
    hint: scrubber.text(hint),
    ...(retryAfterMs !== undefined && { retryAfterMs }),
    ...(issues !== undefined && { issues: scrubber.value(issues) }),
    ...(status !== undefined && { status }),
    ...(pending !== undefined && { pending: scrubber.value(pending) }),
    ...(challenge !== undefined && { challenge: scrubber.value(challenge) }),
  });
  log(options, "debug", `MCS call failed: ${code}`, { code, cause: describeCause(cause) });
  return made;
}

/** A log that fails must not take the place of what was to be logged, nor say it to the caller. */
function log(
  { callId, tool, scrubber, logger }: LeavingErrorOptions,
  level: "debug" | "error",
  message: string,
  fields: Readonly<Record<string, unknown>>,
): void {
  try {
    logger?.[level](scrubber.text(message), scrubber.value({ callId, tool, ...fields }));
  } catch {
    // There is nowhere left to tell it.
  }
}
