import type { CallResult, LlmAnswer } from "@mcs/core";
import { assignIds } from "../call-ids.ts";
import { maxLength } from "../json/limits.ts";
import { fillTemplate, type PromptStrategy } from "../prompt-strategy.ts";
import { resultText } from "../result-text.ts";
import { readText } from "../text/read-text.ts";
import { createTextSource } from "../text/text-source.ts";
import { toWord } from "../to-word.ts";
import { chatEnvelope } from "./answer-message.ts";
import type { Envelope, ProviderFormat } from "./provider-format.ts";

/** A user's message of a text conversation. */
export interface TextUserMessage {
  readonly role: "user";
  readonly content: string;
}

/** Models without native tools: calls stand in the text, results go back in one user message. */
export const textFormat: ProviderFormat = {
  name: "text",
  envelope: chatEnvelope,

  claims: () => true,

  read(answer, { names, strategy, grammars, formats }) {
    const envelope = envelopeOf(answer, formats);
    const text = envelope.textOf(answer);
    if (text.length > maxLength)
      return { calls: [], text: "", cutOff: false, refused: `it is longer than ${maxLength} characters` };
    const { calls, prose } = readText(createTextSource(text, names, strategy.parsing, grammars));
    return { calls, text: prose, cutOff: envelope.isCutOff(answer) };
  },

  toMessages(answer, results, { strategy, formats }) {
    const envelope = envelopeOf(answer, formats);
    const messages = results.length > 0 ? [envelope.say(writeResults(results, strategy))] : [];
    return [...envelope.echo(answer), ...messages];
  },

  toRetryMessages(answer, retryPrompt, { formats }) {
    const envelope = envelopeOf(answer, formats);
    return [...envelope.echo(answer), envelope.say(retryPrompt)];
  },
};

function envelopeOf(answer: LlmAnswer, formats: readonly ProviderFormat[]): Envelope {
  try {
    return formats.find(({ envelope }) => envelope.holds(answer))?.envelope ?? chatEnvelope;
  } catch {
    // A getter or proxy threw while the shape was looked at: there is no telling what it is.
    return chatEnvelope;
  }
}

function writeResults(results: readonly CallResult[], strategy: PromptStrategy): string {
  const ids = assignIds(results.map(({ id }) => id));
  const fences = results.map((result, index) =>
    fillTemplate(strategy.results.fence, {
      id: toWord(ids[index] ?? ""),
      tool_name: toWord(result.name),
      nonce: createNonce(),
      content: resultText(result, strategy),
    }),
  );
  return fillTemplate(strategy.results.message, { results: fences.join("\n\n") });
}

/** What a result cannot guess, so that it cannot close its own fence. */
function createNonce(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(12));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
