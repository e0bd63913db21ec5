import type { NameRule } from "../wire-names.ts";
import type { ProviderRules } from "./provider-rules.ts";
import { wholeSchema } from "./schema-rules.ts";

/** The alphabet that most providers share. */
export const commonName: NameRule = { pattern: /^[A-Za-z0-9_-]+$/, longest: 64 };

export const openaiRules: ProviderRules = {
  format: "openai",
  asOf: "2026-11",
  sources: [
    "OpenAI API reference, Create chat completion, tools",
    "Observed: at most 128 tools; descriptions over 1,024 characters answered with string_above_max_length (github.com/getsentry/sentry-mcp/issues/106)",
    "Observed: regex lookaround is not supported (github.com/vercel/ai/pull/21037, github.com/anomalyco/opencode/issues/32073)",
  ],
  name: commonName,
  tools: 128,
  description: 1024,
  schema: { ...wholeSchema, lookaround: false },
};
