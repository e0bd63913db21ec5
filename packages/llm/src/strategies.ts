export { hermesStrategy } from "./strategies/hermes.ts";
export { jsonStrategy } from "./strategies/json.ts";
export { modelStrategies, strategyForModel, type ModelStrategy } from "./strategies/strategy-for-model.ts";
export { terseStrategy } from "./strategies/terse.ts";
