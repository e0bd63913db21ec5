import { createAnthropic } from "@ai-sdk/anthropic";
import { createGoogleGenerativeAI } from "@ai-sdk/google";
import { createOpenAI } from "@ai-sdk/openai";
import type { AiSdkTool } from "@mcs/llm/dialects";
import { generateText, jsonSchema, streamText, tool, type LanguageModel, type ModelMessage } from "ai";
import type { Client, Question } from "./client.ts";

type Call = Parameters<typeof generateText>[0];

function request(model: LanguageModel, { system, history, tools }: Question): Call {
  const entries = (tools as readonly AiSdkTool[]).map(({ name, description, inputSchema }) => [
    name,
    tool({ description, inputSchema: jsonSchema(inputSchema) }),
  ]);
  return {
    model,
    instructions: system,
    messages: history as ModelMessage[],
    tools: Object.fromEntries(entries) as NonNullable<Call["tools"]>,
    maxRetries: 0,
    maxOutputTokens: 4096,
    providerOptions: {
      openai: { store: false, include: ["reasoning.encrypted_content"] },
      anthropic: { thinking: { type: "enabled", budgetTokens: 1024 } },
    },
  };
}

function clientFor(
  provider: string,
  served: Pick<Client, "model" | "isBlind">,
  connect: (question: Question) => LanguageModel,
): Client {
  return {
    name: `ai, ${provider}`,
    format: "ai-sdk",
    errorMark: /"type":"(?:error-text|execution-denied)"/,
    ...served,
    begin: (content) => ({ role: "user", content }),
    ways: {
      "a result": (question) => generateText(request(connect(question), question)),
      "the assistant's message": async (question) => {
        const { response } = await generateText(request(connect(question), question));
        const said = response.messages.find(({ role }) => role === "assistant");
        if (said === undefined) throw new Error("The model said nothing.");
        return said;
      },
      "the step of a stream": async (question) => {
        const stream = streamText(request(connect(question), question));
        const [step] = await stream.steps;
        if (step === undefined) throw new Error("The stream has no step.");
        return step;
      },
    },
  };
}

/** `ai` with each provider whose API has a stand-in. */
export const aiSdk: readonly Client[] = [
  clientFor("@ai-sdk/openai chat", { model: "plain", isBlind: true }, ({ server, model }) =>
    createOpenAI({ baseURL: server.baseUrl, apiKey: "any" }).chat(model),
  ),
  clientFor("@ai-sdk/openai responses", { model: "reasoning" }, ({ server, model }) =>
    createOpenAI({ baseURL: server.baseUrl, apiKey: "any" }).responses(model),
  ),
  clientFor("@ai-sdk/anthropic", { model: "plain" }, ({ server, model }) =>
    createAnthropic({ baseURL: server.baseUrl, apiKey: "any" })(model),
  ),
  clientFor("@ai-sdk/google", { model: "reasoning" }, ({ server, model }) =>
    createGoogleGenerativeAI({ baseURL: `${server.origin}/v1beta`, apiKey: "any" })(model),
  ),
];
