import OpenAI from "openai";
import type {
  FunctionTool,
  ResponseCreateParamsNonStreaming,
  ResponseInput,
} from "openai/resources/responses/responses";
import { assembled } from "./assembled.ts";
import type { Client, Question } from "./client.ts";

function request({ model, system, history, tools }: Question): ResponseCreateParamsNonStreaming {
  return {
    model,
    instructions: system,
    input: history as ResponseInput,
    store: false,
    include: ["reasoning.encrypted_content"],
    tools: tools as FunctionTool[],
  };
}

function connect({ server }: Question): OpenAI {
  return new OpenAI({ baseURL: server.baseUrl, apiKey: "any", maxRetries: 0 });
}

/** `openai`, Responses, with a model that reasons and a server that keeps nothing. */
export const openaiResponses: Client = {
  name: "openai, responses",
  format: "openai-responses",
  model: "reasoning",
  begin: (content) => ({ role: "user", content }),
  ways: {
    "a response": (question) => connect(question).responses.create(request(question)),
    items: async (question) => (await connect(question).responses.create(request(question))).output,
    "the response of a stream": (question) =>
      connect(question)
        .responses.stream({ ...request(question), stream: true })
        .finalResponse(),
    "a stream put together": async (question) =>
      assembled(await connect(question).responses.create({ ...request(question), stream: true })),
  },
};
