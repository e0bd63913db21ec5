import { commonName } from "./openai.ts";
import type { ProviderRules } from "./provider-rules.ts";
import { plainSchema } from "./schema-rules.ts";

export const aiSdkRules: ProviderRules = {
  format: "ai-sdk",
  asOf: "2026-11",
  sources: [
    "AI SDK, provider specification V4, LanguageModelV4FunctionTool: inputSchema is JSON Schema 7",
    "Any provider may be behind it, so that names, keys, references and compositions keep to what all of them take",
  ],
  name: commonName,
  description: 1024,
  schema: {
    ...plainSchema,
    lookaround: false,
    keys: { pattern: /^[A-Za-z_][A-Za-z0-9_]*$/, longest: 64, everywhere: true },
  },
};
