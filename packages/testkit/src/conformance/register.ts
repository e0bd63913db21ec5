import { test } from "vitest";
import type { Check } from "./check.ts";

/** Makes a test of each check. */
export function register<Subject>(checks: readonly Check<Subject>[], subject: Subject): void {
  // oxlint-disable-next-line vitest/expect-expect -- the check asserts
  for (const { rule, name, run } of checks) test(`${name} (rule ${rule})`, ({ skip }) => run(subject, skip));
}
