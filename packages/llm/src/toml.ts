export { createHealingRule, type HealingPattern, type PatternRule } from "./toml/healing-pattern.ts";
export { readStrategy, type StrategyDiagnostic, type StrategyFile } from "./toml/read-strategy.ts";
export { writeStrategy } from "./toml/write-strategy.ts";
