import { MCSError } from "@mcs/core";

/** What bounds one run. `Infinity` lifts a limit. */
export interface RunLimits {
  /** Answers of the model. Default 25. */
  readonly turns?: number | undefined;
  /** Tool calls. Default 100. */
  readonly calls?: number | undefined;
  /** Read and written by the model, over all answers; as its API says, else estimated. Default 1,000,000. */
  readonly tokens?: number | undefined;
  /** The whole run, time that a person takes to answer included. Default 600. */
  readonly seconds?: number | undefined;
  /** Calls of one tool in a row with the same arguments and the same failure. Default 3. */
  readonly equalFailures?: number | undefined;
}

export type LimitName = keyof RunLimits;

/** Every limit of a run. */
export type LimitValues = Readonly<Record<LimitName, number>>;

const defaultLimits: LimitValues = {
  turns: 25,
  calls: 100,
  tokens: 1_000_000,
  seconds: 600,
  equalFailures: 3,
};

/**
 * The limits of a run, with the default for each that is not given.
 *
 * @throws {MCSError} `MCS_INVALID_CONFIG` if one is no number: nothing would ever be beyond it.
 */
export function toRunLimits(given: RunLimits = {}): LimitValues {
  const limits: Record<LimitName, number> = { ...defaultLimits };
  for (const name of Object.keys(limits) as LimitName[]) {
    const most: unknown = given[name] ?? defaultLimits[name];
    if (typeof most !== "number" || Number.isNaN(most)) {
      throw new MCSError("MCS_INVALID_CONFIG", `limits.${name} must be a number.`, {
        hint: `Leave it out for the default, ${defaultLimits[name]}; Infinity lifts it.`,
      });
    }
    limits[name] = most;
  }
  return limits;
}
