import type { PromptStrategy } from "../prompt-strategy.ts";
import { hermesStrategy } from "./hermes.ts";
import { jsonStrategy } from "./json.ts";
import { terseStrategy } from "./terse.ts";

/** Which strategy a model gets. */
export interface ModelStrategy {
  /** Matched against the model's name as a server or hub calls it. */
  readonly pattern: RegExp;
  readonly strategy: PromptStrategy;
}

/** The bundled strategies by model, first match wins. */
export const modelStrategies: readonly ModelStrategy[] = [
  // Up to four billion parameters, as names say it: `qwen2.5:0.5b`, `gemma-3-1b-it`.
  {
    pattern:
      /(?<![\d.])(?:0?\.\d+|[1-4](?:\.\d+)?)b(?![a-z\d])|(?<![a-z])(?:smollm|tinyllama|phi-?[12](?![\d.]))/i,
    strategy: terseStrategy,
  },
  {
    pattern: /(?<![a-z])(?:(?:nous-?)?hermes|qwen-?(?:2\.5|3)(?!-?coder)|granite-?4)/i,
    strategy: hermesStrategy,
  },
];

/**
 * The strategy for a model without native tools.
 *
 * @param strategies - A project's own choice is put before the bundled one: `[...own, ...modelStrategies]`.
 * @param otherwise - Default: the JSON strategy.
 * @returns The first that fits; `otherwise` if none does, or no name is given.
 */
export function strategyForModel(
  modelName?: string,
  strategies: readonly ModelStrategy[] = modelStrategies,
  otherwise: PromptStrategy = jsonStrategy,
): PromptStrategy {
  if (modelName === undefined) return otherwise;
  // A stateful pattern would remember where the last name ended.
  const fits = ({ pattern }: ModelStrategy): boolean => modelName.search(pattern) !== -1;
  return strategies.find(fits)?.strategy ?? otherwise;
}
