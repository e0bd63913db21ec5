import { MCSError } from "@mcs/core";
import { longestTimer } from "../longest-timer.ts";
import { onAbort } from "../on-abort.ts";

/**
 * Waits for work that need not listen to its signal.
 *
 * @param work - Gets a signal that fires when it is not waited for any more.
 * @throws {MCSError} `MCS_TIMEOUT` after `ms`; the reason of `signal`, as soon as that fires; what `work` throws.
 */
export function withinTime<T>(
  work: (signal: AbortSignal) => Promise<T>,
  { signal, ms }: { readonly signal: AbortSignal | undefined; readonly ms: number },
): Promise<T> {
  return new Promise((resolve, reject) => {
    const ending = new AbortController();
    const giveUp = (reason: Error): void => {
      ending.abort(reason);
      reject(reason);
    };
    const timer = setTimeout(
      () => giveUp(new MCSError("MCS_TIMEOUT", `No answer came within ${ms} ms.`)),
      Math.min(ms, longestTimer),
    );
    const letGo = onAbort(signal, () => giveUp(signal?.reason as Error));
    void new Promise<T>((begin) => begin(work(ending.signal))).then(resolve, reject).finally(() => {
      clearTimeout(timer);
      letGo();
    });
  });
}
