import type { CallContext, CallResult } from "@mcs/core";
import type { ShownResult } from "@mcs/llm";
import { shapeResult, type ShapeOptions } from "@mcs/llm/results";
import type { KeepsResults } from "./keeps-results.ts";
import type { ShowFiles } from "./show-files.ts";

/** How results get into a conversation. */
export interface ResultOptions extends Pick<ShapeOptions, "countTokens"> {
  /** Keeps what is too large. Default: nothing is kept, and what is too large is cut. */
  readonly results?: KeepsResults | undefined;
  /** Which files of the results the model is to see: `showFiles` of `@mcs/kit/store`. Default: none. */
  readonly showFiles?: ShowFiles | undefined;
}

/**
 * The results as the conversation gets them, each within `context.budget` (default 10,000 tokens) and with a note of what
 * is missing.
 */
export async function shapeResults(
  results: readonly CallResult[],
  { results: keeper, countTokens, showFiles = async (same) => same }: ResultOptions,
  context: CallContext,
): Promise<readonly ShownResult[]> {
  const { tokens } = context.budget ?? {};
  const view = async (value: unknown): Promise<unknown> => {
    try {
      if (keeper !== undefined) return await keeper.viewResult(value, context);
    } catch {
      // A store that fails must not cost the result of a call that was made.
    }
    return shapeResult(value, { tokens, countTokens }).view;
  };
  return Promise.all(
    (await showFiles(results)).map(async (result) =>
      result.outcome === "executed" ? { ...result, result: await view(result.result) } : result,
    ),
  );
}
