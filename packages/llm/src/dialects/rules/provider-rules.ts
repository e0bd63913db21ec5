import type { NameRule } from "../wire-names.ts";
import type { SchemaRules } from "./schema-rules.ts";

/** What a provider takes, as far as it refuses a request for it. All of it is data, and all of it ages: see `asOf`. */
export interface ProviderRules {
  readonly format: ToolFormat;
  /** When it was looked up: year and month. */
  readonly asOf: string;
  /** Where it is written, or was observed. */
  readonly sources: readonly string[];
  /** Names of tools. */
  readonly name: NameRule;
  /** Tools of one request; servers that only speak the format may take more, so that none is left out. */
  readonly tools?: number;
  /** Characters of a tool's description. */
  readonly description?: number;
  readonly schema: SchemaRules;
}

/** The formats that tools are written in. `openai-strict` is answered in the shape of `openai`. */
export const toolFormats = [
  "openai",
  "openai-strict",
  "openai-responses",
  "anthropic",
  "gemini",
  "bedrock",
  "mistral",
  "ollama",
  "ai-sdk",
] as const;

export type ToolFormat = (typeof toolFormats)[number];
