import { MCSError } from "@mcs/core";

/** Shorter at first; never in step with others who wait. */
export function pause(waits: number): Promise<void> {
  const ms = Math.min(1_000, 50 * 2 ** Math.min(waits, 5)) * (0.5 + Math.random() / 2);
  return new Promise((resolve) => {
    setTimeout(resolve, ms);
  });
}

/** One who gives up does not end the work for the others. */
export async function whileWanted<T>(work: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  if (signal === undefined) return work;
  const done = new AbortController();
  const abandoned = new Promise<never>((_, reject) => {
    const giveUp = (): void =>
      reject(new MCSError("MCS_ABORTED", "The caller cancelled.", { effect: "none" }));
    if (signal.aborted) giveUp();
    else signal.addEventListener("abort", giveUp, { once: true, signal: done.signal });
  });
  try {
    return await Promise.race([work, abandoned]);
  } finally {
    done.abort();
  }
}
