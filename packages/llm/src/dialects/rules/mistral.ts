import { commonName } from "./openai.ts";
import type { ProviderRules } from "./provider-rules.ts";
import { wholeSchema } from "./schema-rules.ts";

export const mistralRules: ProviderRules = {
  format: "mistral",
  asOf: "2026-11",
  sources: [
    "Mistral API reference, Chat completion, tools: parameters are required",
    "Observed: names are letters, digits, underscores and dashes, at most 64",
  ],
  name: commonName,
  schema: wholeSchema,
};
