/** Events of work that runs at once, for one reader. */
export interface EventQueue<Event> extends AsyncIterable<Event> {
  push(event: Event): void;
  /** No more will come. */
  close(): void;
}

export function createEventQueue<Event>(): EventQueue<Event> {
  const waiting: Event[] = [];
  let isClosed = false;
  let wake: (() => void) | undefined;
  return {
    push(event) {
      waiting.push(event);
      wake?.();
    },
    close() {
      isClosed = true;
      wake?.();
    },
    async *[Symbol.asyncIterator]() {
      for (;;) {
        yield* waiting.splice(0);
        if (waiting.length > 0) continue;
        if (isClosed) return;
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      }
    },
  };
}
