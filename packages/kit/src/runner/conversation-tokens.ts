import type { ProviderMessage } from "@mcs/core";

/** Counts the tokens of a conversation that only grows, each message once. */
export function countConversation(
  countTokens: (text: string) => number,
): (messages: readonly ProviderMessage[]) => number {
  let tokens = 0;
  let counted = 0;
  return (messages) => {
    for (const message of messages.slice(counted)) tokens += countTokens(JSON.stringify(message));
    counted = messages.length;
    return tokens;
  };
}
