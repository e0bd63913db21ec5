import { isMCSError, type CallContext } from "@mcs/core";

/** How long one call may last: until its time is over, or until its caller cancels it. */
export interface CallLimit {
  /** Aborts when the call has to end. */
  readonly signal: AbortSignal;
  readonly milliseconds: number;
  readonly remainingMs: () => number;
  /** Why the call had to end; `undefined` while it may go on. */
  readonly ended: () => "timeout" | "aborted" | undefined;
  /** Waits for the work, but no longer than the call may last, even if the work ignores the signal. */
  readonly within: <T>(work: Promise<T>) => Promise<T>;
  /** Ends the call now. */
  readonly cancel: () => void;
  /** Lets go of the timer and of the caller's signal. */
  readonly release: () => void;
}

export function startLimit(
  timeoutMs: number,
  { signal: caller, deadline = timeoutMs }: CallContext,
): CallLimit {
  const milliseconds = Math.max(0, Math.min(timeoutMs, deadline));
  const end = performance.now() + milliseconds;
  const controller = new AbortController();
  let ended: "timeout" | "aborted" | undefined;
  const stop = (reason: "timeout" | "aborted"): void => {
    ended ??= reason;
    controller.abort();
  };
  const cancel = (): void => stop(isTimeout(caller?.reason) ? "timeout" : "aborted");
  const timer = setTimeout(stop, milliseconds, "timeout");
  caller?.addEventListener("abort", cancel, { once: true });
  if (caller?.aborted === true) cancel();
  else if (milliseconds === 0) stop("timeout");

  return {
    signal: controller.signal,
    milliseconds,
    remainingMs: () => end - performance.now(),
    ended: () => ended,
    within(work) {
      return new Promise((resolve, reject) => {
        const giveUp = (): void => reject(controller.signal.reason);
        if (controller.signal.aborted) giveUp();
        controller.signal.addEventListener("abort", giveUp, { once: true });
        void work.then(resolve, reject).finally(() => controller.signal.removeEventListener("abort", giveUp));
      });
    },
    cancel: () => stop("aborted"),
    release() {
      clearTimeout(timer);
      caller?.removeEventListener("abort", cancel);
    },
  };
}

/** A caller's signal may fire because the caller's own time is over. */
function isTimeout(reason: unknown): boolean {
  if (isMCSError(reason)) return reason.code === "MCS_TIMEOUT";
  return reason instanceof Error && reason.name === "TimeoutError";
}
