import { isMCSError, toFailure, type Failure, type PendingCall } from "@mcs/core";

/** What a driver threw, as plain data. */
export type Thrown = { readonly failure: Failure } | { readonly pending: PendingCall };

/** Reads what a foreign driver threw, which may be anything: no error may cost the results of other calls. */
export function readThrown(error: unknown): Thrown {
  try {
    const pending = isMCSError(error) && error.code === "MCS_CONSENT_PENDING" ? error.pending : undefined;
    if (typeof pending?.call.name === "string") return { pending };
    const failure = toFailure(error);
    if (isWhole(failure)) return { failure };
  } catch {
    // A getter or proxy threw in its turn.
  }
  return { failure: toFailure(undefined) };
}

function isWhole({ code, message, fault, effect, hint, issues = [] }: Failure): boolean {
  const texts: unknown[] = [code, message, fault, effect, hint];
  return (
    texts.every((text) => typeof text === "string") &&
    Array.isArray(issues) &&
    issues.every((issue) => typeof issue?.argument === "string" && typeof issue.message === "string")
  );
}
