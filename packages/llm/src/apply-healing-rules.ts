import type { HealingRule } from "./prompt-strategy.ts";

export interface RuledText {
  readonly text: string;
  /** The comments of the rules that changed something. */
  readonly repairs: readonly string[];
}

/** Applies a strategy's own rules to the text of a call's arguments, in their order. */
export function applyHealingRules(text: string, rules: readonly HealingRule[]): RuledText {
  let healed = text;
  const repairs: string[] = [];
  for (const rule of rules) {
    const next = tryApply(rule, healed);
    // A rule could make the text longer each time.
    if (next === healed || next.length > text.length * 2 + 1000) continue;
    healed = next;
    repairs.push(rule.comment);
  }
  return { text: healed, repairs };
}

function tryApply(rule: HealingRule, text: string): string {
  try {
    return rule.apply(text);
  } catch {
    return text;
  }
}
