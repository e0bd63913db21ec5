import type { ProviderRules } from "./provider-rules.ts";
import { plainSchema } from "./schema-rules.ts";

export const geminiRules: ProviderRules = {
  format: "gemini",
  asOf: "2026-11",
  sources: [
    "Gemini API reference, FunctionDeclaration and Schema: names, keys, keywords of parameters",
    "Observed: only enum and date-time are formats of STRING (github.com/google-gemini/gemini-cli/issues/5450); enum only for STRING, and its values are not empty (github.com/directus/directus/issues/27100); items of an ARRAY and properties of an OBJECT are needed; any_of must be the only field set; required names only properties",
    "Observed: a FunctionDeclaration exceeds the maximum allowed nesting depth (github.com/google-gemini/gemini-cli/issues/5923). The number is not published; 5 is cautious",
  ],
  name: { pattern: /^[A-Za-z_][A-Za-z0-9_.:-]*$/, longest: 64 },
  schema: {
    ...plainSchema,
    keywords: new Set([
      "format",
      "maxItems",
      "maxLength",
      "maximum",
      "minItems",
      "minLength",
      "minimum",
      "nullable",
      "pattern",
    ]),
    keys: { pattern: /^[A-Za-z_][A-Za-z0-9_]*$/, longest: 64, everywhere: true },
    formats: {
      string: new Set(["date-time", "enum"]),
      number: new Set(["double", "float"]),
      integer: new Set(["int32", "int64"]),
    },
    lookaround: false,
    enforced: true,
    nulls: "nullable",
    enums: "strings",
    anyOfAlone: true,
    emptyObjects: false,
    protobuf: true,
    limits: { nesting: 5 },
  },
};
