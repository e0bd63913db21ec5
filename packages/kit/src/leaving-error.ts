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
export function toLeavingError(
  error: unknown,
  { callId, tool, worstEffect, scrubber, logger }: LeavingErrorOptions,
): MCSError {
  if (isMCSError(error)) {
    const { code, message, fault, effect, hint, retryAfterMs, issues, status, pending, cause } = error;
    logger?.debug(
      `MCS call failed: ${code}`,
      scrubber.value({ callId, tool, code, cause: describeCause(cause) }),
    );
    return new MCSError(code, scrubber.text(message), {
      fault,
      effect: effect === "unknown" && worstEffect === "none" ? "none" : effect,
      hint: scrubber.text(hint),
      ...(retryAfterMs !== undefined && { retryAfterMs }),
      ...(issues !== undefined && { issues: scrubber.value(issues) }),
      ...(status !== undefined && { status }),
      ...(pending !== undefined && { pending: scrubber.value(pending) }),
    });
  }
  logger?.error("MCS driver fault", scrubber.value({ callId, tool, cause: describeCause(error) }));
  return new MCSError("MCS_DRIVER_FAULT", `The driver failed unexpectedly in "${tool}".`, {
    effect: worstEffect,
    hint: `Report it to the operator; the driver's log has the cause under ${callId}.`,
  });
}
