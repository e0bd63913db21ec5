export { estimateResultTokens } from "./results/estimate-result-tokens.ts";
export {
  charactersPerToken,
  defaultTokens,
  shapeResult,
  type ShapedResult,
  type ShapeOptions,
} from "./results/shape-result.ts";
