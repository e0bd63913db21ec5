import { isMCSError, MCSError } from "@mcs/core";
import type { CallLimit } from "./call-limit.ts";
import { isSafe, type Hop } from "./hop.ts";

/** Failures to connect: nothing has been sent yet. Names of Node, OpenSSL and undici. */
const beforeSending =
  /^(?:ECONNREFUSED|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH|EPROTO|(?:ERR_SSL|ERR_OSSL|ERR_TLS|CERT|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO|UND_ERR_CONNECT)_\w+)$/;

/** What a connector's own limits are called, and what was waited for. Names of undici. */
const expiries: Readonly<Record<string, string>> = {
  UND_ERR_CONNECT_TIMEOUT: "no connection came about in time",
  UND_ERR_HEADERS_TIMEOUT: "no answer began in time",
  UND_ERR_BODY_TIMEOUT: "the answer stood still for too long",
};

/**
 * Turns whatever was thrown into the one error that may leave: made here, without a cause.
 *
 * @param mayHaveEffect - Whether this hop, if it was sent, or one before it may have changed something.
 */
export function toHttpFailure(error: unknown, hop: Hop, mayHaveEffect: boolean, limit: CallLimit): MCSError {
  const { subject } = hop;
  const causes = causesOf(error);
  const code = causes.map(codeOf).find((found) => found !== undefined);
  const isBlocked = causes.some(isBadPort);
  const isUnsent = isBlocked || (code !== undefined && beforeSending.test(code));
  const effect = mayHaveEffect && !(isUnsent && !isSafe(hop.method)) ? "unknown" : "none";
  const ended = limit.ended();
  if (ended === "timeout") {
    return new MCSError("MCS_TIMEOUT", `${subject} timed out after ${limit.milliseconds} ms.`, { effect });
  }
  if (ended === "aborted") return new MCSError("MCS_ABORTED", `${subject} was cancelled.`, { effect });
  if (isMCSError(error)) {
    const { fault, hint, message, retryAfterMs } = error;
    return new MCSError(error.code, message, {
      fault,
      hint,
      effect,
      ...(retryAfterMs !== undefined && { retryAfterMs }),
    });
  }
  const expiry = code === undefined ? undefined : expiries[code];
  if (expiry !== undefined)
    return new MCSError("MCS_TIMEOUT", `${subject} timed out: ${expiry}.`, { effect });
  if (isBlocked) {
    const message = `${subject} failed: fetch blocks that port, as browsers do.`;
    return new MCSError("MCS_TRANSPORT", message, { effect, hint: "Let the server listen on another port." });
  }
  return new MCSError("MCS_TRANSPORT", `${subject} failed: ${explain(code, isUnsent)}.`, { effect });
}

/** Ports of other protocols (6000, 6667) are blocked; undici says so in words alone. Fetch Standard, "Port blocking". */
function isBadPort(cause: unknown): boolean {
  return cause instanceof Error && cause.message === "bad port";
}

/** For the operator's log. It may quote anything, secrets too, and has to be scrubbed. */
export function describeCauses(error: unknown): string {
  return causesOf(error)
    .map((cause) => [String(cause), codeOf(cause)].filter((part) => part !== undefined).join(" "))
    .join(", because of ");
}

function explain(code: string | undefined, isUnsent: boolean): string {
  const what = isUnsent ? "no connection" : "the connection broke";
  return code === undefined ? what : `${what} (${code})`;
}

function causesOf(error: unknown): unknown[] {
  const causes: unknown[] = [];
  for (
    let cause = error;
    cause !== undefined && causes.length < 8;
    cause = cause instanceof Error ? cause.cause : undefined
  ) {
    causes.push(cause);
  }
  return causes;
}

function codeOf(error: unknown): string | undefined {
  if (!(error instanceof Error) || !("code" in error)) return undefined;
  const { code } = error;
  return typeof code === "string" && /^[A-Z][A-Z0-9_]+$/.test(code) ? code : undefined;
}
