/** What bounds one run. `Infinity` lifts a limit. */
export interface RunLimits {
  /** Answers of the model. Default 25. */
  readonly turns?: number;
  /** Tool calls. Default 100. */
  readonly calls?: number;
  /** Read and written by the model, over all answers; as its API says, else estimated. Default 1,000,000. */
  readonly tokens?: number;
  /** The whole run, time that a person takes to answer included. Default 600. */
  readonly seconds?: number;
  /** Calls of one tool in a row with the same arguments and the same failure. Default 3. */
  readonly equalFailures?: number;
}

export type LimitName = keyof RunLimits;

export const defaultLimits: Required<RunLimits> = {
  turns: 25,
  calls: 100,
  tokens: 1_000_000,
  seconds: 600,
  equalFailures: 3,
};
