import type { LimitName } from "./run-limits.ts";

/** Which limit was reached, for people and models. */
const reached: Readonly<Record<LimitName, (most: number) => string>> = {
  turns: (most) => `the limit of ${most} answers in a row`,
  calls: (most) => `the limit of ${most} tool calls`,
  tokens: (most) => `the limit of ${most} tokens`,
  seconds: (most) => `the limit of ${most} seconds`,
  equalFailures: (most) => `the limit of ${most} equal failures in a row`,
};

/** What models are told. */
export const limitTexts = {
  reached: (limit: LimitName, most: number): string => `This run has reached ${reached[limit](most)}.`,
  notExecuted: (limit: LimitName, most: number): string =>
    `Not executed: this run has reached ${reached[limit](most)}.`,
  closing: "Call no more tools. Answer with what you have, and say what is missing.",
  failedAgain: (times: number): string =>
    `This call failed ${times} times in the same way and is not tried again. Call no more tools: say what is wrong.`,
} as const;
