import type { PromptStrategy } from "@mcs/llm";
import { modelStrategies, strategyForModel, type ModelStrategy } from "@mcs/llm/strategies";

/** In which words and with which keys models are spoken to. */
export interface StrategyOptions {
  /**
   * How prompts are written and text answers read where none of `strategies` fits. Given alone it is for every model.
   * Default: the bundled JSON strategy.
   */
  readonly strategy?: PromptStrategy | undefined;
  /** The same by the model's name; the first that fits counts. Default: `modelStrategies` of `@mcs/llm/strategies`. */
  readonly strategies?: readonly ModelStrategy[] | undefined;
}

/** The strategy that writes the prompt for a model, and reads its answers. */
export function strategyFor(options: StrategyOptions, modelName: string | undefined): PromptStrategy {
  return strategyForModel(modelName, strategiesOf(options), options.strategy);
}

/** The strategies that say differently which keys a call has: one for each way. */
export function waysOfParsing(options: StrategyOptions): readonly PromptStrategy[] {
  const all = [strategyFor(options, undefined), ...strategiesOf(options).map(({ strategy }) => strategy)];
  return [...new Map(all.map((strategy) => [strategy.parsing, strategy])).values()];
}

function strategiesOf({ strategy, strategies }: StrategyOptions): readonly ModelStrategy[] {
  return strategies ?? (strategy === undefined ? modelStrategies : []);
}
