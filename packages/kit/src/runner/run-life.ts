import { MCSError } from "@mcs/core";
import { longestTimer } from "../longest-timer.ts";
import { onAbort } from "../on-abort.ts";

/** The time that a run has. */
export interface RunLife {
  /** Fires when the caller cancels, time is up, or nobody reads the events any more. */
  readonly signal: AbortSignal;
  /** Why it ended; `undefined` while it goes on. */
  ended(): "aborted" | "seconds" | undefined;
  /** Milliseconds left; `undefined` without a limit. */
  leftMs(): number | undefined;
  end(): void;
}

export function openRunLife(caller: AbortSignal | undefined, seconds: number): RunLife {
  const controller = new AbortController();
  let reason: "aborted" | "seconds" | undefined;
  const endsAt = performance.now() + seconds * 1000;
  const leftMs = (): number | undefined =>
    seconds === Infinity ? undefined : Math.max(0, Math.min(endsAt - performance.now(), longestTimer));
  const stop = (why: "aborted" | "seconds", error: MCSError): void => {
    reason ??= why;
    controller.abort(error);
  };
  const timer =
    seconds === Infinity
      ? undefined
      : setTimeout(() => stop("seconds", new MCSError("MCS_TIMEOUT", "The run's time is up.")), leftMs());
  const letGo = onAbort(caller, () =>
    stop("aborted", new MCSError("MCS_ABORTED", "The caller cancelled the run.")),
  );
  return {
    signal: controller.signal,
    ended: () => reason,
    leftMs,
    end() {
      clearTimeout(timer);
      letGo();
      stop("aborted", new MCSError("MCS_ABORTED", "The run is over."));
    },
  };
}
