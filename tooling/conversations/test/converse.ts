import type { DriverResponse, LlmAnswer } from "@mcs/core";
import { startScriptedModel, type RecordedRequest, type Script } from "@mcs/testkit/scripted-model";
import type { Client, Question } from "./clients/client.ts";

/** Who takes part in a conversation. */
export interface Cast {
  readonly client: Client;
  readonly ask: (question: Question) => Promise<LlmAnswer>;
  readonly script: Script;
  readonly system: string;
  /** Offered natively, in the API's shape. */
  readonly tools: readonly object[];
  readonly process: (answer: LlmAnswer) => Promise<DriverResponse>;
}

/** What is left of one. */
export interface Held {
  /** Null, unless the model's last word had calls. */
  readonly last: DriverResponse;
  readonly requests: readonly RecordedRequest[];
  readonly history: readonly object[];
}

/**
 * Holds a whole conversation: the client asks, the answer goes to the driver as it came, what the driver says is
 * appended, until there is nothing to say. The server refuses what the provider would, and the client throws it.
 */
export async function converse({ client, ask, script, system, tools, process }: Cast): Promise<Held> {
  const models = [
    { id: "plain" },
    { id: "reasoning", reasons: true },
    { id: "text-plain", nativeTools: false },
    { id: "text-reasoning", nativeTools: false, reasons: true },
  ];
  await using server = await startScriptedModel({ script, models });
  const history: object[] = [client.begin("Look after the walls.")];
  const model = tools.length > 0 ? client.model : `text-${client.model}`;
  for (let round = 0; round <= script.length; round += 1) {
    const answer = await ask({ server, model, history, system, tools });
    const last = await process(answer);
    if (last.messages === null) return { last, requests: server.requests, history };
    history.push(...last.messages);
  }
  throw new Error("The conversation does not end.");
}
