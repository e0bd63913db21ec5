import type { PendingCall } from "./call.ts";
import {
  failureDefaults,
  type Effect,
  type Failure,
  type Fault,
  type Issue,
  type MCSErrorCode,
} from "./failure.ts";
import type { AuthChallenge } from "./ports.ts";

const marker: unique symbol = Symbol.for("mcs.error") as never;

/** What the thrower knows beyond the code; the rest comes from {@link failureDefaults}. */
export interface MCSErrorOptions {
  readonly fault?: Fault;
  readonly effect?: Effect;
  readonly hint?: string;
  readonly retryAfterMs?: number;
  readonly issues?: readonly Issue[];
  readonly status?: number;
  /** The call that waits, with `MCS_CONSENT_PENDING`. */
  readonly pending?: PendingCall;
  /** What a person has to do first, with `MCS_AUTH_REQUIRED`. */
  readonly challenge?: AuthChallenge;
  /** For the operator's log only: an error that leaves a driver has none. */
  readonly cause?: unknown;
}

/** The only error that leaves a driver. Recognise it with {@link isMCSError}, switch on its `code`. */
export class MCSError extends Error implements Failure {
  override readonly name = "MCSError";
  readonly code: MCSErrorCode;
  readonly fault: Fault;
  readonly effect: Effect;
  readonly hint: string;
  declare readonly retryAfterMs?: number;
  declare readonly issues?: readonly Issue[];
  declare readonly status?: number;
  declare readonly pending?: PendingCall;
  declare readonly challenge?: AuthChallenge;

  constructor(code: MCSErrorCode, message: string, options: MCSErrorOptions = {}) {
    const { cause, fault, effect, hint, ...rest } = options;
    super(message, cause === undefined ? undefined : { cause });
    const defaults = failureDefaults[code];
    this.code = code;
    this.fault = fault ?? defaults.fault;
    this.effect = effect ?? defaults.effect;
    this.hint = hint ?? defaults.hint;
    for (const [key, value] of Object.entries(rest)) {
      if (value !== undefined) Object.defineProperty(this, key, { value, enumerable: true });
    }
    Object.defineProperty(this, marker, { value: true });
  }
}

/** Recognises an error made by any installed copy of this package; `instanceof` sees only its own. */
export function isMCSError(value: unknown): value is MCSError {
  return typeof value === "object" && value !== null && marker in value;
}

/**
 * The plain data of an error. What is not an {@link MCSError} becomes `MCS_DRIVER_FAULT` with a message that
 * quotes nothing, because foreign errors may carry secrets.
 */
export function toFailure(error: unknown): Failure {
  if (!isMCSError(error))
    return toFailure(new MCSError("MCS_DRIVER_FAULT", "The driver failed unexpectedly."));
  const { code, message, fault, effect, hint, retryAfterMs, issues, status } = error;
  return {
    code,
    message,
    fault,
    effect,
    hint,
    ...(retryAfterMs !== undefined && { retryAfterMs }),
    ...(issues !== undefined && { issues }),
    ...(status !== undefined && { status }),
  };
}
