import { memoryStore } from "@mcs/kit/store";
import type { Script } from "@mcs/testkit/scripted-model";
import { expect, test } from "vitest";
import { anthropic } from "./clients/anthropic.ts";
import type { Client } from "./clients/client.ts";
import { gemini } from "./clients/gemini.ts";
import { ollama } from "./clients/ollama.ts";
import { openaiChat } from "./clients/openai-chat.ts";
import { openaiResponses } from "./clients/openai-responses.ts";
import { converse } from "./converse.ts";
import { WallDriver } from "./wall-driver.ts";

/** Controls: what is spoilt on the way from the driver to the client must not get through to a good end. */
interface Fault {
  readonly client: Client;
  readonly fault: string;
  readonly refusal: RegExp;
  readonly spoil: (messages: readonly object[]) => object[];
}

const script: Script = [
  () => ({
    text: "Both.",
    calls: [
      { name: "wall_list", arguments: {} },
      { name: "wall_wipe", arguments: { wall: 7 } },
    ],
  }),
  () => ({ text: "Done." }),
];

/** Changes the JSON text of the messages. */
const rewrite =
  (pattern: RegExp, text: string) =>
  (messages: readonly object[]): object[] => {
    const before = JSON.stringify(messages);
    const after = before.replace(pattern, text);
    if (after === before) throw new Error("There is nothing to spoil.");
    return JSON.parse(after) as object[];
  };

const faults: readonly Fault[] = [
  {
    client: openaiChat,
    fault: "a result too few",
    refusal: /did not have response messages/,
    spoil: (messages) => messages.slice(0, -1),
  },
  {
    client: openaiChat,
    fault: "another id",
    refusal: /not found in 'tool_calls'/,
    spoil: rewrite(/"tool_call_id":"\w+"/, `"tool_call_id":"call_x"`),
  },
  {
    client: openaiResponses,
    fault: "reasoning left out",
    refusal: /without its required 'reasoning' item/,
    spoil: (messages) => messages.slice(1),
  },
  {
    client: openaiResponses,
    fault: "what the client parsed",
    refusal: /Unknown parameter: 'input\[3\]\.parsed_arguments'/,
    spoil: rewrite(/"type":"function_call"/, `"parsed_arguments":null,"type":"function_call"`),
  },
  {
    client: anthropic,
    fault: "thinking left out",
    refusal: /Expected `thinking`/,
    spoil: rewrite(/\{"type":"thinking".*?\},\{.*?\},/, ""),
  },
  {
    client: anthropic,
    fault: "thinking that was changed",
    refusal: /Invalid `signature`/,
    spoil: rewrite(/"thinking":"/, `"thinking":"So: `),
  },
  {
    client: anthropic,
    fault: "one message per result",
    refusal: /without `tool_result` blocks immediately after/,
    spoil: (messages) =>
      messages.flatMap((message) => {
        const { role, content } = message as { role: string; content: object[] };
        return role === "user" ? content.map((block) => ({ role, content: [block] })) : [message];
      }),
  },
  {
    client: anthropic,
    fault: "an empty text",
    refusal: /text content blocks must be non-empty/,
    spoil: rewrite(/"text":"Both\."/, `"text":""`),
  },
  {
    client: gemini,
    fault: "a signature left out",
    refusal: /missing a thought_signature/,
    spoil: rewrite(/,"thoughtSignature":"[^"]*"/, ""),
  },
  {
    client: gemini,
    fault: "one message per result",
    refusal: /alternate between user and model/,
    spoil: (messages) =>
      messages.flatMap((message) => {
        const { role, parts } = message as { role: string; parts: object[] };
        return role === "user" ? parts.map((part) => ({ role, parts: [part] })) : [message];
      }),
  },
  {
    client: gemini,
    fault: "a response that is text",
    refusal: /google\.protobuf\.Struct/,
    spoil: rewrite(/"response":\{"output":("(?:[^"\\]|\\.)*")\}/, `"response":$1`),
  },
  {
    client: ollama,
    fault: "results in another order",
    refusal: /must be answered in their order/,
    spoil: ([said = {}, ...results]) => [said, ...results.toReversed()],
  },
];

const walls = new WallDriver(memoryStore());

test.each(faults)("$client.name is refused $fault", async ({ client, refusal, spoil }) => {
  const [ask] = Object.values(client.ways);
  if (ask === undefined) throw new Error("The client cannot ask.");
  const conversation = converse({
    client,
    ask,
    script,
    system: "You look after walls.",
    tools: (await walls.getNativeToolContext(client.model, client.format)).tools,
    async process(answer) {
      const { messages, ...rest } = await walls.processLlmResponse(answer, { format: client.format });
      return { ...rest, messages: messages && spoil(messages) };
    },
  });
  await expect(conversation).rejects.toThrow(refusal);
});
