/** Tokens of one answer. */
export interface TokenUsage {
  readonly read: number;
  readonly written: number;
}

type Fields = Readonly<Record<string, unknown>>;

/** Where APIs put the numbers, in an answer or in an event of a stream. */
const places: readonly (readonly string[])[] = [
  ["usage"],
  ["message", "usage"],
  ["response", "usage"],
  ["metadata", "usage"],
  ["usageMetadata"],
  [],
];

/**
 * What the numbers are called: OpenAI Chat Completions and Mistral; Responses and Anthropic, whose cached ones count apart;
 * Bedrock; Gemini; Ollama.
 */
const names: readonly { readonly read: readonly string[]; readonly written: readonly string[] }[] = [
  { read: ["prompt_tokens"], written: ["completion_tokens"] },
  {
    read: ["input_tokens", "cache_read_input_tokens", "cache_creation_input_tokens"],
    written: ["output_tokens"],
  },
  { read: ["inputTokens"], written: ["outputTokens"] },
  { read: ["promptTokenCount"], written: ["candidatesTokenCount", "thoughtsTokenCount"] },
  { read: ["prompt_eval_count"], written: ["eval_count"] },
];

/** @returns `undefined` if it says nothing of it. */
export function usageOf(piece: unknown): TokenUsage | undefined {
  for (const place of places) {
    const fields = place.reduce<unknown>((value, key) => fieldsOf(value)[key], piece);
    for (const { read, written } of names) {
      const counts = fieldsOf(fields);
      if ([...read, ...written].every((name) => typeof counts[name] !== "number")) continue;
      return { read: sum(counts, read), written: sum(counts, written) };
    }
  }
  return undefined;
}

/** Events of a stream repeat their numbers as they grow. */
export function larger(one: TokenUsage | undefined, other: TokenUsage | undefined): TokenUsage | undefined {
  if (one === undefined || other === undefined) return one ?? other;
  return { read: Math.max(one.read, other.read), written: Math.max(one.written, other.written) };
}

function sum(counts: Fields, keys: readonly string[]): number {
  return keys.reduce((total, key) => {
    const count = counts[key];
    return total + (typeof count === "number" && count >= 0 ? count : 0);
  }, 0);
}

function fieldsOf(value: unknown): Fields {
  return typeof value === "object" && value !== null ? (value as Fields) : {};
}
