import type { CallContext, StorePort } from "@mcs/core";
import { defaultTokens, estimateResultTokens, shapeResult, type ShapeOptions } from "@mcs/llm/results";
import { describeShape } from "./describe-shape.ts";
import type { KeptResults } from "./kept-results.ts";
import { storeBytes } from "./store-bytes.ts";

/** What the view of a kept result is made with. */
export interface ViewOptions extends Pick<ShapeOptions, "countTokens"> {
  readonly kept: KeptResults;
  readonly store: StorePort;
  /** Milliseconds since the epoch at which what is kept now expires. */
  readonly expiresAt: () => number;
}

/** What a model reads beside a preview. */
const note =
  'Too large to be shown whole. Read more with result_select or result_page, or pass it on: {"resultHandle": …, "select": …} stands for it, or a part of it, as an argument of any tool.';

/** Below it a preview is worth more than a handle. */
const fewestTokens = 250;
const charactersOfShape = 2;

/**
 * The result within the budget: itself if it fits, else `{ resultHandle, note, shape, preview }`. Bytes in it become files of
 * the store.
 */
export async function viewResult(
  result: unknown,
  { budget, ...context }: CallContext,
  { kept, store, expiresAt, countTokens = estimateResultTokens }: ViewOptions,
): Promise<unknown> {
  const tokens = budget?.tokens ?? defaultTokens;
  const { principal } = context;
  const value = await storeBytes(result, store, {
    ...(principal !== undefined && { principal }),
    expiresAt: expiresAt(),
  });
  const { view, isWhole } = shapeResult(value, { tokens, countTokens });
  if (isWhole || tokens < fewestTokens) return view;
  const resultHandle = await kept.keep(value, context);
  if (resultHandle === undefined) return view;
  const shape = describeShape(value, Math.floor(tokens / 8) * charactersOfShape);
  const head = { resultHandle, note, shape };
  const left = tokens - countTokens(JSON.stringify({ ...head, preview: "" })) - 5;
  return { ...head, preview: shapeResult(value, { tokens: left, countTokens }).view };
}
