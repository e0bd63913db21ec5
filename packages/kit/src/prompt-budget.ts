import type { Tool } from "@mcs/core";
import type { PromptStrategy } from "@mcs/llm";
import { shortenTools, type PromptBudget, type PromptDiagnostic } from "@mcs/llm/prompts";

/** What the prompt for a model without native tools may cost. Descriptions are shortened for it, schemas never. */
export interface DriverPromptBudget extends PromptBudget {
  /** Is told what was shortened, and if the schemas alone cost more. */
  onDiagnostics?(diagnostics: readonly PromptDiagnostic[]): void;
}

/** The tools as a prompt in that strategy lists them. */
export function withinBudget(
  tools: readonly Tool[],
  budget: DriverPromptBudget | undefined,
  strategy: PromptStrategy,
): readonly Tool[] {
  if (budget === undefined) return tools;
  const { tools: shortened, diagnostics } = shortenTools(tools, budget, strategy);
  if (diagnostics.length > 0) budget.onDiagnostics?.(diagnostics);
  return shortened;
}
