import {
  isMCSError,
  MCSError,
  type Effect as EffectOfFailure,
  type Failure,
  type MCSErrorCode,
} from "@mcs/core";

/** No answer came, so that nobody knows what became of the request. */
const lost: ReadonlySet<MCSErrorCode> = new Set(["MCS_TRANSPORT", "MCS_TIMEOUT", "MCS_ABORTED"]);

/** A foreign error's own text may hold a secret; it is the cause. */
const foreignText = "The call failed, and nobody knows what became of it.";

/** What an error says of the effect; a foreign one says nothing. */
export function effectOf(error: unknown): EffectOfFailure {
  return isMCSError(error) ? error.effect : "unknown";
}

/** The error of an attempt that left it open whether something happened. */
export function toUnknown(error: unknown, hint: string | undefined): unknown {
  if (isMCSError(error) && !lost.has(error.code)) return error;
  const options = { ...(hint !== undefined && { hint }), cause: error };
  const message = isMCSError(error) ? `No answer came: ${error.message}` : foreignText;
  return new MCSError("MCS_EFFECT_UNKNOWN", message, options);
}

/** The error of an attempt of which it was found out that nothing happened. */
export function toNotDone(error: unknown): MCSError {
  if (!isMCSError(error))
    return new MCSError("MCS_DRIVER_FAULT", "The call failed.", { effect: "none", cause: error });
  const code = error.code === "MCS_EFFECT_UNKNOWN" ? "MCS_TRANSPORT" : error.code;
  const message = `${error.message} It was looked up: nothing happened.`;
  return new MCSError(code, message, {
    fault: error.fault,
    effect: "none",
    hint: "It can be called again.",
    cause: error,
  });
}

export function stillUnknown(tool: string, hint: string | undefined): MCSError {
  const message = `An earlier call of "${tool}" with this idempotency key got no answer, and nobody knows what became of it.`;
  return new MCSError("MCS_EFFECT_UNKNOWN", message, hint === undefined ? {} : { hint });
}

export function underWay(tool: string, retryAfterMs: number): MCSError {
  return new MCSError("MCS_CONFLICT", `A call of "${tool}" with this idempotency key may be under way.`, {
    effect: "unknown",
    hint: "Repeat it later with the same idempotency key: it then gets the outcome of the first.",
    retryAfterMs,
  });
}

export function otherCall(tool: string): MCSError {
  const message = `The idempotency key was used for a call of "${tool}" with other arguments.`;
  return new MCSError("MCS_CONFLICT", message, {
    effect: "none",
    hint: "Every call needs a key of its own.",
  });
}

/** It is known that it happened, and no more. */
export function doneBefore(tool: string): MCSError {
  return new MCSError(
    "MCS_CONFLICT",
    `"${tool}" was done before under this idempotency key; its result was not kept.`,
    {
      effect: "done",
      hint: "Do not repeat it; read what it changed instead.",
    },
  );
}

/** A failure that was kept, as the error that it was. */
export function toError({ code, message, ...rest }: Failure): MCSError {
  return new MCSError(code, message, rest);
}

export function notJson(tool: string, cause: unknown): MCSError {
  const message = `The arguments of "${tool}" cannot be written as JSON, so that no repetition could be told.`;
  return new MCSError("MCS_INVALID_ARGUMENTS", message, {
    effect: "none",
    hint: "Give plain JSON values: a bigint as text, and nothing that contains itself.",
    cause,
  });
}

export function noOutcome(): MCSError {
  return new MCSError("MCS_INVALID_ARGUMENTS", "outcome must be done, not-done or unknown.", {
    effect: "none",
  });
}

export function noSuchEffect(key: string): MCSError {
  return new MCSError("MCS_NOT_FOUND", `The ledger has no effect "${key}" of this principal.`);
}

export function notUnsettled(key: string): MCSError {
  return new MCSError("MCS_CONFLICT", `The effect "${key}" is settled, or still under way.`);
}
