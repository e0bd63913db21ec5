import { MCSError } from "@mcs/core";
import { compilePattern, whyNotLinear } from "./linear-pattern.ts";
import type { HealingRule } from "../prompt-strategy.ts";

/** A rule as data. */
export interface HealingPattern {
  /** Source of a regular expression that certainly takes linear time. */
  readonly pattern: string;
  /** Stands for every match; `$1` for its first group. */
  readonly replacement: string;
  /** What it mends. */
  readonly comment: string;
}

/** A rule that knows its pattern, so that it can be written to a file again. */
export interface PatternRule extends HealingRule, HealingPattern {}

/**
 * Makes a rule of a pattern that replaces every match.
 *
 * @throws {MCSError} `MCS_INVALID_CONFIG` if the pattern might take more than linear time, or does not compile.
 */
export function createHealingRule({ pattern, replacement, comment }: HealingPattern): PatternRule {
  const compiled = compilePattern(pattern, "g");
  const reason = whyNotLinear(pattern);
  if (compiled === undefined || reason !== undefined) {
    const message = `The healing pattern "${comment}" cannot be used: ${reason ?? "it does not compile"}.`;
    throw new MCSError("MCS_INVALID_CONFIG", message);
  }
  return { pattern, replacement, comment, apply: (text) => text.replace(compiled, replacement) };
}

/** The pattern of a rule, unless it is a function of the program's own. */
export function patternOf(rule: HealingRule): HealingPattern | undefined {
  return "pattern" in rule && "replacement" in rule ? (rule as PatternRule) : undefined;
}
