import { MCSError } from "@mcs/core";

/** How many calls may be under way, and how often one may begin, for one origin, credential and principal. */
export interface TrafficLimits {
  /** Calls under way at once. Default 32. */
  readonly concurrent?: number;
  /** Calls that may begin within a second, in the long run. Default 50. */
  readonly perSecond?: number;
  /** Calls that may begin at once after a rest. Default 100. */
  readonly burst?: number;
  /** Calls that may wait for either. Default 100; a call beyond that is refused at once. */
  readonly queued?: number;
}

/** Lanes of long ago are forgotten when there are more. */
const manyLanes = 1000;

/** Lets calls begin, each as soon as its lane allows it. */
export interface Traffic {
  /**
   * Waits for a turn.
   *
   * @param lane - Whose limits count.
   * @param remainingMs - What the call has left; a wait known to be longer is refused at once.
   * @returns What to call when the call is over.
   * @throws {MCSError} `MCS_RATE_LIMITED` with `retryAfterMs`; the signal's reason.
   */
  enter(lane: string, remainingMs: number, signal: AbortSignal): Promise<() => void>;
}

interface Waiting {
  readonly begin: () => void;
}

interface Lane {
  running: number;
  tokens: number;
  /** When `tokens` was right; on a clock that nobody sets. */
  countedAt: number;
  readonly queue: Set<Waiting>;
  timer?: ReturnType<typeof setTimeout>;
}

export function createTraffic(limits: Required<TrafficLimits>): Traffic {
  const { concurrent, perSecond, burst, queued } = limits;
  const lanes = new Map<string, Lane>();

  function laneNamed(name: string): Lane {
    const lane = lanes.get(name) ?? {
      running: 0,
      tokens: burst,
      countedAt: performance.now(),
      queue: new Set(),
    };
    if (!lanes.has(name) && lanes.size >= manyLanes) forgetIdle();
    lanes.set(name, lane);
    refill(lane);
    return lane;
  }

  function refill(lane: Lane): void {
    const now = performance.now();
    lane.tokens = Math.min(burst, lane.tokens + ((now - lane.countedAt) * perSecond) / 1000);
    lane.countedAt = now;
  }

  function forgetIdle(): void {
    for (const [name, lane] of lanes) {
      refill(lane);
      if (lane.running === 0 && lane.queue.size === 0 && lane.tokens >= burst) lanes.delete(name);
    }
  }

  /** Milliseconds until as many tokens are there. */
  const waitFor = (lane: Lane, tokens: number): number =>
    Math.ceil((Math.max(0, tokens - lane.tokens) * 1000) / perSecond);

  /** Begins what may begin, then sees to it that it is called again when more may. */
  function advance(name: string): void {
    const lane = laneNamed(name);
    for (const waiting of lane.queue) {
      if (lane.running >= concurrent || lane.tokens < 1) break;
      lane.queue.delete(waiting);
      lane.running += 1;
      lane.tokens -= 1;
      waiting.begin();
    }
    clearTimeout(lane.timer);
    if (lane.queue.size > 0 && lane.running < concurrent) {
      lane.timer = setTimeout(advance, Math.max(1, waitFor(lane, 1)), name);
    }
  }

  function leave(name: string): void {
    laneNamed(name).running -= 1;
    advance(name);
  }

  return {
    enter(name, remainingMs, signal) {
      signal.throwIfAborted();
      const lane = laneNamed(name);
      const waitMs = waitFor(lane, lane.queue.size + 1);
      const isFree = lane.running < concurrent && waitMs === 0;
      if (!isFree && (lane.queue.size >= queued || waitMs > remainingMs)) {
        throw refuse(Math.max(waitMs, Math.ceil(1000 / perSecond)));
      }
      return new Promise((resolve, reject) => {
        let isOver = false;
        const waiting: Waiting = {
          begin() {
            signal.removeEventListener("abort", giveUp);
            resolve(() => {
              if (isOver) return;
              isOver = true;
              leave(name);
            });
          },
        };
        const giveUp = (): void => {
          lane.queue.delete(waiting);
          reject(signal.reason as Error);
        };
        signal.addEventListener("abort", giveUp, { once: true });
        lane.queue.add(waiting);
        advance(name);
      });
    },
  };
}

function refuse(retryAfterMs: number): MCSError {
  return new MCSError("MCS_RATE_LIMITED", "Too many calls to this API are under way or waiting.", {
    fault: "permission",
    effect: "none",
    retryAfterMs,
    hint: `Wait ${retryAfterMs} ms, and call less often.`,
  });
}
