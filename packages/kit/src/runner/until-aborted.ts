import { onAbort } from "../on-abort.ts";

/** Waits for what need not listen to the signal. @throws The signal's reason as soon as it fires. */
export function untilAborted<T>(work: PromiseLike<T> | T, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const letGo = onAbort(signal, () => reject(signal.reason as Error));
    void Promise.resolve(work).then(resolve, reject).finally(letGo);
  });
}
