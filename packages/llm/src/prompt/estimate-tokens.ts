const bytesPerToken = 3.5;

/**
 * Tokens that a text costs, without a tokenizer: one for every 3.5 bytes of UTF-8, rounded up. Prompts that list the tools of
 * real documents have 3.7 to 4.6 bytes per token of `o200k_base`, so that this says rather too many.
 */
export function estimateTokens(text: string): number {
  return Math.ceil(new TextEncoder().encode(text).length / bytesPerToken);
}
