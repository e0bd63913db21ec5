import {
  MCSError,
  toInputSchema,
  type CallContext,
  type ConsentAnswer,
  type DriverPorts,
  type JsonValue,
  type PendingCall,
  type Tool,
  type ToolArguments,
} from "@mcs/core";
import { copyArguments } from "./copy-arguments.ts";
import { deepFreeze } from "./deep-freeze.ts";
import { describeCause } from "./describe-cause.ts";
import { digestCall } from "./digest-call.ts";
import { longestTimer } from "./longest-timer.ts";
import { onAbort } from "./on-abort.ts";
import { requireFitting } from "./require-fitting.ts";

/** Asks a person. `context.signal` fires when nobody waits for the answer any more. */
export type AskConsent = (
  pending: PendingCall,
  context: CallContext,
) => ConsentAnswer | Promise<ConsentAnswer>;

/** Who is asked, about which calls, and how long an answer counts. */
export interface ConsentOptions {
  /** Absent: every call that needs consent fails with `MCS_CONSENT_UNAVAILABLE`. */
  readonly ask?: AskConsent | undefined;
  /** How long an answer may take, in milliseconds; a later one is void. Default `60_000`. */
  readonly timeoutMs?: number | undefined;
  /** How long a call that was answered with `later` may be resumed, in milliseconds. Default one day. */
  readonly pendingMs?: number | undefined;
  /** Whether a call needs consent, or why it does. Default: unless the tool is annotated `readOnly`. */
  readonly when?: ((tool: Tool, args: ToolArguments) => boolean | string) | undefined;
}

/** What may run after consent: the arguments that were shown, or those that were given instead. */
export interface ConsentedCall {
  readonly args: ToolArguments;
  /** To be handed on, so that layers below do not ask again. */
  readonly context: CallContext;
}

/** Stands between reading a call and running it. What is shown is what runs: arguments are frozen before asking. */
export interface ConsentGate {
  /**
   * @throws {MCSError} `MCS_INVALID_ARGUMENTS` before anybody is asked; `MCS_CONSENT_DENIED`, `MCS_CONSENT_TIMEOUT`,
   *   `MCS_CONSENT_UNAVAILABLE`, `MCS_ABORTED`, or `MCS_CONSENT_PENDING`, which carries the call that waits. Nothing has
   *   run then.
   */
  pass(tool: Tool, args: ToolArguments, context: CallContext): Promise<ConsentedCall>;
}

/** Calls that may wait at once; the oldest gives way, and can no longer be resumed. */
const maxWaiting = 1_000;

/** A call that was answered with `later`. */
interface Waiting {
  readonly digest: string;
  readonly principal: string | undefined;
  readonly expiresAt: number;
}

/** Makes the gate of one decorator or orchestrator. Calls that wait live in it, and end with it. */
export function createConsentGate(
  options: ConsentOptions,
  ports: Pick<DriverPorts, "clock" | "logger"> = {},
): ConsentGate {
  const { ask, timeoutMs = 60_000, pendingMs = 86_400_000, when = changesSomething } = options;
  const { clock = Date, logger } = ports;
  const waiting = new Map<string, Waiting>();

  const settle = (answer: ConsentAnswer, pending: PendingCall, context: CallContext): ConsentedCall => {
    const { consentId, call, tool, digest } = pending;
    if (answer.kind === "approve") return { args: call.arguments, context: granted(context) };
    if (answer.kind === "edit") return { args: answer.arguments, context: granted(context) };
    if (answer.kind === "deny") throw denied(tool.name, answer.reason);
    for (const oldest of waiting.keys()) {
      if (waiting.size < maxWaiting) break;
      waiting.delete(oldest);
    }
    const expiresAt = clock.now() + pendingMs;
    waiting.set(consentId, { digest, expiresAt, principal: context.principal });
    throw new MCSError("MCS_CONSENT_PENDING", `"${tool.name}" waits for consent.`, {
      pending: { ...pending, expiresAt },
    });
  };

  /** The call goes on waiting if what came is no answer, or if edited arguments do not fit. */
  const resume = (tool: Tool, pending: PendingCall, given: unknown, context: CallContext): ConsentedCall => {
    const call = waiting.get(pending.consentId);
    if (call === undefined || call.digest !== pending.digest || call.principal !== context.principal) {
      throw denied(
        tool.name,
        "no such call waits for consent; it was answered before, or it is another call",
      );
    }
    const answer = readConsentAnswer(tool, given);
    waiting.delete(pending.consentId);
    if (call.expiresAt <= clock.now()) throw timedOut(tool.name);
    return settle(answer, pending, context);
  };

  return {
    async pass(tool, args, context) {
      requireFitting(tool, args);
      const { consent: given } = context;
      if (given?.kind === "granted") return { args, context };
      const reason = needsConsent(when, tool, args);
      if (reason === false) return { args, context };
      const call = deepFreeze({ name: tool.name, arguments: structuredClone(args) });
      const digest = await digestCall(call);
      if (given?.kind === "answered") {
        return resume(tool, { ...given.pending, call, digest }, given.answer, context);
      }
      if (ask === undefined) throw unavailable(tool.name, "there is no consent handler");
      const started = clock.now();
      const limitMs = Math.min(timeoutMs, context.deadline ?? timeoutMs, longestTimer);
      const pending: PendingCall = Object.freeze({
        consentId: globalThis.crypto.randomUUID(),
        call,
        tool: describe(tool),
        ...(typeof reason === "string" && { reason }),
        digest,
        expiresAt: started + limitMs,
      });
      const answer = await waitForAnswer(pending, ask, limitMs, context, logger);
      return settle(readConsentAnswer(tool, answer), pending, shorten(context, clock.now() - started));
    },
  };
}

/** A rule that fails must not let the call through, nor what it throws out. */
function needsConsent(
  when: NonNullable<ConsentOptions["when"]>,
  tool: Tool,
  args: ToolArguments,
): boolean | string {
  try {
    return when(tool, args);
  } catch {
    throw unavailable(tool.name, "the rule that says so failed");
  }
}

function changesSomething({ annotations }: Tool): boolean {
  return annotations?.readOnly !== true;
}

function describe({ name, title, description, annotations, ...rest }: Tool): PendingCall["tool"] {
  return {
    name,
    ...(title !== undefined && { title }),
    ...(description !== undefined && { description }),
    ...(annotations !== undefined && { annotations }),
    inputSchema: toInputSchema(rest),
  };
}

/** The first of: an answer, the deadline, the caller's abort. What comes later is void. */
async function waitForAnswer(
  pending: PendingCall,
  ask: AskConsent,
  limitMs: number,
  context: CallContext,
  logger: DriverPorts["logger"],
): Promise<unknown> {
  const name = pending.tool.name;
  const over = new AbortController();
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(timedOut(name)), limitMs);
    const abort = (): void => {
      reject(
        new MCSError("MCS_ABORTED", `"${name}" was cancelled while it waited for consent.`, {
          effect: "none",
        }),
      );
    };
    const letGo = onAbort(context.signal, abort);
    over.signal.addEventListener("abort", () => {
      clearTimeout(timer);
      letGo();
    });
    const asked = new Promise<ConsentAnswer>((answered) =>
      answered(ask(pending, { ...context, signal: over.signal })),
    );
    asked.then(resolve, (cause: unknown) => {
      reject(unavailable(name, "the consent handler failed"));
      logger?.error("MCS consent handler failed", {
        consentId: pending.consentId,
        tool: name,
        cause: describeCause(cause),
      });
    });
  }).finally(() => over.abort());
}

function granted(context: CallContext): CallContext {
  return { ...context, consent: { kind: "granted" } };
}

function shorten(context: CallContext, spentMs: number): CallContext {
  return context.deadline === undefined
    ? context
    : { ...context, deadline: Math.max(0, context.deadline - spentMs) };
}

function denied(name: string, reason?: string): MCSError {
  return new MCSError(
    "MCS_CONSENT_DENIED",
    `"${name}" was denied${reason === undefined ? "" : `: ${reason}`}.`,
  );
}

function timedOut(name: string): MCSError {
  return new MCSError("MCS_CONSENT_TIMEOUT", `Nobody consented to "${name}" in time.`);
}

/**
 * What a handler without types gives may be anything: a dialogue that was closed gives nothing.
 *
 * @throws {MCSError} `MCS_CONSENT_UNAVAILABLE` if it is no answer, `MCS_INVALID_ARGUMENTS` if edited arguments do not fit.
 */
function readConsentAnswer(tool: Tool, given: unknown): ConsentAnswer {
  const { kind, reason, arguments: edited } = copyArguments(given) ?? {};
  switch (kind) {
    case "approve":
    case "later":
      return { kind };
    case "deny":
      return { kind, ...(typeof reason === "string" && { reason }) };
    case "edit": {
      const args = copyArguments(edited);
      if (args === undefined) throw unavailable(tool.name, "the edited arguments are no plain data");
      requireFitting(tool, args);
      return { kind, arguments: args as Readonly<Record<string, JsonValue>> };
    }
    default:
      throw unavailable(tool.name, "the consent handler gave no known answer");
  }
}

function unavailable(name: string, reason: string): MCSError {
  return new MCSError("MCS_CONSENT_UNAVAILABLE", `"${name}" needs consent, and ${reason}.`);
}
