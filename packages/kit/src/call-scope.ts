import { MCSError, type CallContext } from "@mcs/core";
import type { RunContext } from "./define-tool.ts";
import { longestTimer } from "./longest-timer.ts";
import { onAbort } from "./on-abort.ts";

/** The life of one call: a signal that fires when the caller aborts, the deadline passes or the driver is disposed. */
export interface CallScope {
  readonly context: RunContext;
  /**
   * Settles as `work` does, or rejects when the signal fires, whether or not `work` listens to it. Work that does listen
   * goes first: it may know more of how the call ended than that it ended.
   */
  race<T>(work: Promise<T>): Promise<T>;
  close(): void;
}

/**
 * @param limitMs - Upper bound for `context.deadline`.
 * @param ending - Fires when the driver is disposed.
 */
export function openCallScope(context: CallContext, limitMs: number, ending: AbortSignal): CallScope {
  const controller = new AbortController();
  const ms = Math.max(0, Math.min(context.deadline ?? limitMs, limitMs, longestTimer));
  const stop = (): void => controller.abort(new MCSError("MCS_ABORTED", "The caller cancelled the call."));
  const end = (): void =>
    controller.abort(
      new MCSError("MCS_ABORTED", "The driver was disposed of.", { hint: "Call again with a new driver." }),
    );
  const timer = setTimeout(
    () => controller.abort(new MCSError("MCS_TIMEOUT", `The call took longer than ${ms} ms.`)),
    ms,
  );
  const letGo = [onAbort(context.signal, stop), onAbort(ending, end)];
  const { signal } = controller;
  return {
    context: { ...context, signal, deadline: ms },
    race(work) {
      return new Promise((resolve, reject) => {
        const fail = (): void => {
          setTimeout(() => reject(signal.reason as MCSError), 0);
        };
        if (signal.aborted) fail();
        signal.addEventListener("abort", fail, { once: true });
        work.then(resolve, reject);
      });
    },
    close() {
      clearTimeout(timer);
      for (const off of letGo) off();
    },
  };
}
