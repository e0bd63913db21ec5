import { test } from "vitest";
import type { Check } from "./check.ts";

/** Makes a test of each check for which the subject names what it needs. */
export function register<Subject>(checks: readonly Check<Subject>[], subject: Subject): void {
  const applying = checks.filter(({ applies }) => applies?.(subject) ?? true);
  // oxlint-disable-next-line vitest/expect-expect -- the check asserts
  for (const { rule, name, run } of applying) test(`${name} (rule ${rule})`, () => run(subject));
}
