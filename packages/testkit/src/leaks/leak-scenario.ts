import type { CallContext, MCSErrorCode, MCSToolDriver } from "@mcs/core";
import type { ExampleCall } from "../conformance-case.ts";
import type { LeakWorld } from "./leak-world.ts";
import type { SecretShape } from "./secret-shapes.ts";

/** A driver in a situation that could make it give away a secret. */
export interface LeakScenario<Driver extends MCSToolDriver = MCSToolDriver> {
  /** Of the situation: `an API that repeats the credential in its body`. */
  readonly name: string;
  /**
   * Makes the driver, with `world.secret(…)` in every credential and `world.ports` among its ports. It may throw: that
   * is a way out, too. The suite disposes of the driver.
   */
  readonly create: (world: LeakWorld) => Driver | Promise<Driver>;
  /** Calls to make; each is made directly and, if the driver is a hybrid one, as a model would make it. */
  readonly calls: readonly ExampleCall[];
  /** What comes of the first call with a plain secret, so that a scenario cannot miss its point in silence. */
  readonly ends: "executed" | MCSErrorCode;
  /** Whose call it is, and how long it may take. */
  readonly context?: CallContext;
  /** What else the driver can do; what it gives or rejects with is searched. */
  readonly also?: readonly ((driver: Driver) => unknown)[] | undefined;
  /** Default: all. */
  readonly shapes?: readonly SecretShape[];
  /** Whether what comes out depends on how fast the machine is: then two worlds of it cannot be compared. Default `false`. */
  readonly isTimed?: boolean;
  /** Whether something may come to `world.otherHost`; a secret may not in any case. Default `false`. */
  readonly reachesOtherHost?: boolean;
}

/** What {@link leakSuite} and {@link twoWorlds} need to know of a driver. */
export type LeakSubject<Driver extends MCSToolDriver = MCSToolDriver> =
  /** A driver with one situation: that its tools are called. */
  | (Omit<LeakScenario<Driver>, "name" | "ends"> & Partial<Pick<LeakScenario<Driver>, "ends">> & ChannelCount)
  /** A driver with several. */
  | ({ readonly scenarios: readonly LeakScenario<Driver>[] } & ChannelCount);

interface ChannelCount {
  /** Channels that have to be searched at least; a channel is one surface in one scenario. Default 1. */
  readonly channels?: number;
}

/** The scenarios of a subject. */
export function scenariosOf<Driver extends MCSToolDriver>(
  subject: LeakSubject<Driver>,
): readonly LeakScenario<Driver>[] {
  return "scenarios" in subject
    ? subject.scenarios
    : [{ ends: "executed", ...subject, name: "called as it should be" }];
}
