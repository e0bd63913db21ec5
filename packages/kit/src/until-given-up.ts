import { MCSError, type CallContext } from "@mcs/core";
import { longestTimer } from "./longest-timer.ts";
import { onAbort } from "./on-abort.ts";

/** How long a driver may take to say how a call ended that had to end: it knows best whether there was an effect. */
const graceMs = 1_000;

/**
 * Waits for a driver, but not for one that goes on when its call was cancelled or its time is over. Every driver should end
 * by itself then; whoever holds many must not depend on it.
 *
 * @param work - Begins it; what it throws is a rejection, too.
 * @param context - What was given to the driver. Without signal and deadline the wait has no end of its own.
 * @throws {MCSError} `MCS_ABORTED` or `MCS_TIMEOUT` a second after the driver should have ended; what `work` throws.
 */
export function untilGivenUp<T>(
  work: () => Promise<T>,
  { signal, deadline }: Pick<CallContext, "signal" | "deadline">,
): Promise<T> {
  return new Promise((resolve, reject) => {
    const timers: ReturnType<typeof setTimeout>[] = [];
    const giveUpAfter = (ms: number, error: () => MCSError): void => {
      timers.push(setTimeout(() => reject(error()), Math.min(ms, longestTimer)));
    };
    const letGo = onAbort(signal, () =>
      giveUpAfter(
        graceMs,
        () => new MCSError("MCS_ABORTED", "The call was cancelled, and the driver did not end it."),
      ),
    );
    if (deadline !== undefined) {
      giveUpAfter(
        Math.max(0, deadline) + graceMs,
        () => new MCSError("MCS_TIMEOUT", `The driver did not end the call within ${deadline} ms.`),
      );
    }
    void new Promise<T>((begin) => begin(work())).then(resolve, reject).finally(() => {
      timers.forEach(clearTimeout);
      letGo();
    });
  });
}
