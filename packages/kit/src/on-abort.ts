const waiting = new WeakMap<AbortSignal, Set<() => void>>();

/**
 * Acts once when a signal fires, or at once if it has. Signals are shared by many calls, and Node 20 warns of a leak at
 * the eleventh listener of one: so there is one for all of them.
 *
 * @returns What ends the waiting.
 */
export function onAbort(signal: AbortSignal | undefined, act: () => void): () => void {
  if (signal === undefined) return () => {};
  if (signal.aborted) {
    act();
    return () => {};
  }
  const acts = waiting.get(signal) ?? listen(signal);
  const own = (): void => act();
  acts.add(own);
  return () => void acts.delete(own);
}

function listen(signal: AbortSignal): Set<() => void> {
  const acts = new Set<() => void>();
  waiting.set(signal, acts);
  signal.addEventListener("abort", () => acts.forEach((act) => act()), { once: true });
  return acts;
}
