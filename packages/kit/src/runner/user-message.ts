import type { ProviderMessage } from "@mcs/core";
import { allFormats } from "@mcs/llm/formats";

/** What a user says, in the shape of an API; of Chat Completions for models without native tools. */
export function toUserMessage(text: string, format: string): ProviderMessage {
  const { envelope } = allFormats.find(({ name }) => name === format) ?? {};
  return envelope?.say(text) ?? { role: "user", content: text };
}
