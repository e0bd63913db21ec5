import { openaiRules } from "./openai.ts";
import type { ProviderRules } from "./provider-rules.ts";
import { plainSchema } from "./schema-rules.ts";

export const openaiStrictRules: ProviderRules = {
  ...openaiRules,
  format: "openai-strict",
  sources: [
    ...openaiRules.sources,
    "OpenAI guide, Structured outputs, Supported schemas: keywords, formats, 5,000 properties, 10 levels, 1,000 enum values, 120,000 characters, 15,000 of an enum with over 250 values",
    "Observed: $ref cannot have keywords beside it (github.com/camel-ai/camel/issues/3001); uniqueItems and others answered with 400 (github.com/mastra-ai/mastra/issues/23321)",
  ],
  schema: {
    ...plainSchema,
    // Lengths of strings are not in the guide's list, so they go into the description.
    keywords: new Set([
      "additionalProperties",
      "exclusiveMaximum",
      "exclusiveMinimum",
      "format",
      "maxItems",
      "maximum",
      "minItems",
      "minimum",
      "multipleOf",
      "pattern",
    ]),
    formats: {
      string: new Set(["date", "date-time", "duration", "email", "hostname", "ipv4", "ipv6", "time", "uuid"]),
    },
    lookaround: false,
    enforced: true,
    optional: "null",
    enums: "scalars",
    limits: {
      properties: 5000,
      nesting: 10,
      enumValues: 1000,
      characters: 120_000,
      longEnum: { values: 250, characters: 15_000 },
    },
  },
};
