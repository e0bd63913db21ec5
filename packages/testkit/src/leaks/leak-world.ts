import type { ClockPort, LoggerPort, StorePort } from "@mcs/core";
import { memoryStore } from "@mcs/kit/store";
import type { Evidence } from "./evidence.ts";
import { plantCanary, type Canary, type SecretShape } from "./secret-shapes.ts";

/** The ports of a world: what passes through them is searched. */
export interface LeakPorts {
  readonly logger: LoggerPort;
  readonly store: StorePort;
  /** It stands still, so that two worlds have the same time. */
  readonly clock: ClockPort;
}

/** What a driver is made in: its secrets, its ports, and a host that it has no business with. */
export interface LeakWorld {
  /** What this world's secrets look like. */
  readonly shape: SecretShape;
  /** A random secret for one credential; the same for the same name. */
  secret(name: string): string;
  /** Declares a secret that somebody else made: the password of an account at a real server. */
  plant(name: string, value: string): void;
  /** To be given to the driver. */
  readonly ports: LeakPorts;
  /** A server on loopback, for redirects and the like; nothing may come there: `http://127.0.0.1:43210`. */
  readonly otherHost: string;
  /** Declares a text that differs from run to run without saying anything, such as a server's port. */
  noise(text: string): void;
  /** Runs at the end, the last one first. */
  defer(end: () => unknown): void;
}

/** A {@link LeakWorld} as the suite sees it. */
export interface RunningWorld extends LeakWorld {
  readonly canaries: () => readonly Canary[];
  /** A text without what was declared to be noise. */
  readonly withoutNoise: (text: string) => string;
  readonly end: () => Promise<void>;
}

/** November 2026. */
const now = 1_795_500_000_000;

/**
 * @param more - Characters that the secrets have beyond their shape's usual length.
 * @param otherPort - Of the host that nothing may come to.
 */
export function createWorld(
  shape: SecretShape,
  more: number,
  evidence: Evidence,
  otherPort: number,
): RunningWorld {
  const canaries = new Map<string, Canary>();
  const noises = [`127.0.0.1:${otherPort}`];
  const endings: (() => unknown)[] = [];
  return {
    shape,
    secret(name) {
      const planted = canaries.get(name) ?? plantCanary(name, shape, more);
      canaries.set(name, planted);
      return planted.value;
    },
    plant: (name, value) => void canaries.set(name, { name, value, publicPrefix: 0 }),
    ports: createPorts(evidence),
    otherHost: `http://127.0.0.1:${otherPort}`,
    noise: (text) => void noises.push(text),
    defer: (end) => void endings.push(end),
    canaries: () => [...canaries.values()],
    withoutNoise: (text) =>
      noises
        // As serialised text may be: two bytes a character.
        .flatMap((noise) => [noise, Buffer.from(noise, "utf16le").toString("latin1")])
        .reduce((left, noise, index) => left.replaceAll(noise, `<noise ${index}>`), text),
    async end() {
      for (const end of endings.toReversed()) await end();
    },
  };
}

function createPorts(evidence: Evidence): LeakPorts {
  evidence.add("log");
  evidence.add("store");
  const log =
    (level: string) =>
    (message: string, fields?: Readonly<Record<string, unknown>>): void => {
      evidence.add("log", `${level} ${message}`);
      evidence.addData("log", fields);
    };
  const clock = { now: () => now };
  const store = memoryStore({ clock });
  return {
    logger: { debug: log("debug"), info: log("info"), warn: log("warn"), error: log("error") },
    clock,
    store: {
      ...store,
      put(key, value, options) {
        evidence.addData("store", [key, value]);
        return store.put(key, value, options);
      },
    },
  };
}
