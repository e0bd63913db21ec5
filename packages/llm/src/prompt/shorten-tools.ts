import type { Tool } from "@mcs/core";
import { writeSystemMessage } from "../describe-tools.ts";
import type { PromptStrategy } from "../prompt-strategy.ts";
import { jsonStrategy } from "../strategies/json.ts";
import { estimateTokens } from "./estimate-tokens.ts";
import { mapDescriptions, type DescriptionPlace } from "./map-descriptions.ts";
import { sentenceEnds } from "./sentence-ends.ts";

/** What the system message for a model without native tools may cost. */
export interface PromptBudget {
  readonly maxTokens: number;
  /** The model's own tokenizer. Default: {@link estimateTokens}, which says rather too many. */
  readonly countTokens?: (text: string) => number;
}

/** What a budget has cost, or that it cannot be kept. */
export interface PromptDiagnostic {
  readonly code: "description_shortened" | "over_budget";
  /** The tool, unless it concerns them all. */
  readonly tool?: string;
  /** For people. */
  readonly message: string;
}

export interface ShortenedTools {
  /** The same tools with the same schemas; only descriptions are shorter. */
  readonly tools: readonly Tool[];
  /** What the system message with them costs. */
  readonly tokens: number;
  readonly diagnostics: readonly PromptDiagnostic[];
}

/** A description loses its last sentence. */
interface Cut {
  readonly description: string;
  /** What is left of it, in UTF-16 code units. */
  readonly end: number;
  readonly phase: number;
  /** Its length before. */
  readonly length: number;
}

/**
 * Cuts whole sentences off descriptions until the system message fits the budget, and not one more: the last sentence of the
 * longest description first. First sentences stay as long as there are others; then those of arguments go, then those of
 * tools. Schemas are never cut: where they alone cost more, a diagnostic says so. The same tools give the same bytes.
 *
 * @param strategy - The one that writes the message.
 */
export function shortenTools(
  tools: readonly Tool[],
  { maxTokens, countTokens = estimateTokens }: PromptBudget,
  strategy: PromptStrategy = jsonStrategy,
): ShortenedTools {
  const cuts = listCuts(tools);
  const shorten = (count: number): { readonly tools: readonly Tool[]; readonly tokens: number } => {
    const ends = new Map(cuts.slice(0, count).map(({ description, end }) => [description, end]));
    const shortened = tools.map((tool) =>
      mapDescriptions(tool, (description) => description.slice(0, ends.get(description))),
    );
    return { tools: shortened, tokens: countTokens(writeSystemMessage(shortened, strategy)) };
  };
  let best = shorten(0);
  if (best.tokens <= maxTokens) return { tools, tokens: best.tokens, diagnostics: [] };
  best = shorten(cuts.length);
  let [low, high] = [0, cuts.length];
  while (high - low > 1 && best.tokens <= maxTokens) {
    const middle = Math.floor((low + high) / 2);
    const shortened = shorten(middle);
    if (shortened.tokens > maxTokens) low = middle;
    else [high, best] = [middle, shortened];
  }
  return { ...best, diagnostics: diagnose(tools, best, maxTokens) };
}

/** Every cut there is, in the order in which they are made. A text that stands in several places is cut in all of them. */
function listCuts(tools: readonly Tool[]): readonly Cut[] {
  const places = new Map<string, DescriptionPlace>();
  for (const tool of tools)
    mapDescriptions(tool, (description, place) => {
      if (place === "tool" || !places.has(description)) places.set(description, place);
      return description;
    });
  const cuts = [...places].flatMap(([description, place]) => {
    const ends = [0, ...sentenceEnds(description)];
    return ends.slice(1).map((length, index): Cut => {
      const lastPhase = place === "tool" ? 2 : 1;
      return { description, end: ends[index] ?? 0, length, phase: index > 0 ? 0 : lastPhase };
    });
  });
  return cuts.toSorted((one, other) => one.phase - other.phase || other.length - one.length);
}

function diagnose(
  tools: readonly Tool[],
  { tools: shortened, tokens }: Pick<ShortenedTools, "tools" | "tokens">,
  maxTokens: number,
): readonly PromptDiagnostic[] {
  const diagnostics = tools.flatMap((tool, index): PromptDiagnostic[] => {
    const [before, after] = [tool, shortened[index] ?? tool].map(lengthOfDescriptions);
    if (before === after) return [];
    const message = `Of the descriptions of "${tool.name}" ${after} of ${before} characters are left.`;
    return [{ code: "description_shortened", tool: tool.name, message }];
  });
  if (tokens <= maxTokens) return diagnostics;
  const message = `Without any description the prompt still costs ${tokens} tokens, and ${maxTokens} were allowed. Offer fewer tools.`;
  return [...diagnostics, { code: "over_budget", message }];
}

function lengthOfDescriptions(tool: Tool): number {
  let length = 0;
  mapDescriptions(tool, (description) => {
    length += description.length;
    return description;
  });
  return length;
}
