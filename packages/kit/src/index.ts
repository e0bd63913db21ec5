export { BaseDecorator, type BaseDecoratorOptions } from "./base-decorator.ts";
export { BaseDriver, type BaseDriverOptions } from "./base-driver.ts";
export {
  createConsentGate,
  type AskConsent,
  type ConsentedCall,
  type ConsentGate,
  type ConsentOptions,
} from "./consent-gate.ts";
export { copyArguments } from "./copy-arguments.ts";
export { environmentCredential, resolveCredential, sealCredential } from "./credential.ts";
export { defineTool, type DefinedTool, type RunContext, type ToolDefinition } from "./define-tool.ts";
export { listAll } from "./list-all.ts";
export { memoryStore, type MemoryStoreOptions } from "./memory-store.ts";
export { parseConfig } from "./parse-config.ts";
export { readAnswer, runReading, type ReadingOptions, type RunningOptions } from "./process-answer.ts";
export { processWithDrivers, type ProcessWithDriversOptions } from "./process-with-drivers.ts";
export { requireArguments, requireTool } from "./require-tool.ts";
export type { DescribingSchema } from "./standard-schema.ts";
export { sha256 } from "./sha256.ts";
export type { StrategyOptions } from "./strategy-options.ts";
export { storeFile, type FileDescription } from "./store-file.ts";
export { createToolDriver, type ToolDriverMeta, type ToolDriverOptions } from "./tool-driver.ts";
export type { ToolSource } from "./tool-source.ts";
export { untilGivenUp } from "./until-given-up.ts";
