import { commonName } from "./openai.ts";
import type { ProviderRules } from "./provider-rules.ts";
import { plainSchema } from "./schema-rules.ts";

export const ollamaRules: ProviderRules = {
  format: "ollama",
  asOf: "2026-11",
  sources: [
    "Ollama, api/types.go, ToolFunction and ToolProperty: anyOf, type, items, description, enum, properties, required; what else a schema says is dropped before the model sees it",
    "Observed: a property that is no object, or a type that is neither a string nor a list, fails the request (github.com/ollama/ollama/issues/10328)",
  ],
  name: commonName,
  schema: { ...plainSchema, keywords: new Set() },
};
