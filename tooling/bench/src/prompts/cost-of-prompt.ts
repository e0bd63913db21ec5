import type { Tool } from "@mcs/core";
import { jsonStrategy, type PromptStrategy } from "@mcs/llm";
import { describeTools, estimateTokens, shortenTools } from "@mcs/llm/prompts";
import { countTokens as countO200k } from "gpt-tokenizer/encoding/o200k_base";

/** As the JSON strategy, with plain JSON Schema for the arguments. */
const withSchemas: PromptStrategy = {
  ...jsonStrategy,
  toolDescription: {
    ...jsonStrategy.toolDescription,
    template: "## {tool_name}\n{description}\nArguments: {schema}",
  },
};

/** Tokens that a list of tools costs in a prompt. */
export interface PromptCost {
  readonly jsonSchema: number;
  readonly types: number;
  /** The same as estimated without a tokenizer. */
  readonly estimated: number;
  /** What is left when a budget has taken all descriptions, with the rest of the system message. */
  readonly bare: number;
}

/** What the tools cost by `o200k_base`; text of documents may look like its special tokens, and is none. */
export function costOfPrompt(tools: readonly Tool[]): PromptCost {
  const types = describeTools(tools);
  return {
    jsonSchema: countTokens(describeTools(tools, withSchemas)),
    types: countTokens(types),
    estimated: estimateTokens(types),
    bare: shortenTools(tools, { maxTokens: 0, countTokens }).tokens,
  };
}

function countTokens(text: string): number {
  return countO200k(text, { disallowedSpecial: new Set() });
}
