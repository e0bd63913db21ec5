import { anthropicKeys } from "./anthropic.ts";
import type { ProviderRules } from "./provider-rules.ts";
import { plainSchema } from "./schema-rules.ts";

export const bedrockRules: ProviderRules = {
  format: "bedrock",
  asOf: "2026-11",
  sources: [
    "Amazon Bedrock API reference, ToolSpecification: name, description of at least one character",
    "Amazon Nova user guide, Defining a tool: the root has type, properties and required, and nothing else (so no $defs)",
    "Claude on Bedrock: as with Anthropic",
  ],
  name: { pattern: /^[A-Za-z][A-Za-z0-9_-]*$/, longest: 64 },
  schema: { ...plainSchema, rootKeywords: new Set(["properties", "required"]), keys: anthropicKeys },
};
