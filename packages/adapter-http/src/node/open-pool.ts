import type { Dispatcher } from "undici";
import type { ConnectorSettings, TlsIdentity } from "../connector.ts";
import { createDialer, isAbandoned } from "./dial.ts";
import { openDispatcher } from "./open-dispatcher.ts";

/** The connections of one principal. */
export interface Pool {
  request(options: PoolRequest): Promise<Dispatcher.ResponseData>;
  /** Ends it as soon as all that is under way is over. */
  close(): void;
  /** Ends it now. */
  destroy(): Promise<void>;
}

export type PoolRequest = Dispatcher.RequestOptions & {
  readonly origin: string;
  readonly signal: AbortSignal;
};

/** @param wasPublic - Origins found public before, by this pool or another. */
export function openPool(
  settings: ConnectorSettings,
  identity: TlsIdentity | undefined,
  wasPublic: Set<string>,
): Pool {
  const dialer = createDialer(settings, wasPublic);
  const opening = openDispatcher(settings, identity, dialer.connect);
  opening.catch(() => undefined);
  /** How many wait for an answer to begin, by origin. */
  const waiting = new Map<string, number>();

  /** undici goes on dialling for a request that was cancelled: that has to end here. */
  function waitFor(origin: string, signal: AbortSignal): () => void {
    waiting.set(origin, (waiting.get(origin) ?? 0) + 1);
    let isOver = false;
    const leave = (): void => {
      if (isOver) return;
      isOver = true;
      signal.removeEventListener("abort", leave);
      const others = (waiting.get(origin) ?? 1) - 1;
      waiting.set(origin, others);
      if (others > 0) return;
      waiting.delete(origin);
      dialer.abandon(origin);
    };
    signal.addEventListener("abort", leave, { once: true });
    return leave;
  }

  return {
    async request(options) {
      const { origin, signal } = options;
      const leave = waitFor(origin, signal);
      try {
        for (;;) {
          try {
            return await (await opening).request(options);
          } catch (error) {
            // It came just as the connection was given up that it was going to use: nothing was sent.
            if (!isAbandoned(error) || signal.aborted) throw error;
          }
        }
      } finally {
        leave();
      }
    },
    close() {
      void opening.then((dispatcher) => dispatcher.close()).catch(() => undefined);
    },
    async destroy() {
      const dispatcher = await opening.catch(() => undefined);
      await dispatcher?.destroy();
    },
  };
}
