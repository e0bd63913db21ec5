import { commonName } from "./openai.ts";
import type { ProviderRules } from "./provider-rules.ts";
import { wholeSchema, type SchemaRules } from "./schema-rules.ts";

/** Names of arguments, by Anthropic's servers, wherever they run. */
export const anthropicKeys: NonNullable<SchemaRules["keys"]> = {
  pattern: /^[A-Za-z0-9_.-]+$/,
  longest: 64,
  everywhere: false,
};

export const anthropicRules: ProviderRules = {
  format: "anthropic",
  asOf: "2026-11",
  sources: [
    "Anthropic API reference, Messages, tools: name, input_schema of type object",
    "Observed: input_schema must match JSON Schema draft 2020-12, has no oneOf, allOf or anyOf at its root, and property keys match ^[a-zA-Z0-9_.-]{1,64}$",
  ],
  name: commonName,
  schema: { ...wholeSchema, keys: anthropicKeys },
};
