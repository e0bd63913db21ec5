import OpenAI from "openai";
import { assembled } from "./assembled.ts";
import type { Client, Question } from "./client.ts";

function request({ model, system, history, tools }: Question): OpenAI.ChatCompletionCreateParamsNonStreaming {
  return {
    model,
    messages: [{ role: "system", content: system }, ...(history as OpenAI.ChatCompletionMessageParam[])],
    ...(tools.length > 0 && {
      tools: tools.map(({ name, description, schema }) => ({
        type: "function",
        function: { name, description, parameters: { ...schema } },
      })),
    }),
  };
}

function connect({ server }: Question): OpenAI {
  return new OpenAI({ baseURL: server.baseUrl, apiKey: "any", maxRetries: 0 });
}

/** `openai`, Chat Completions. */
export const openaiChat: Client = {
  name: "openai, chat completions",
  format: "openai",
  model: "plain",
  begin: (content) => ({ role: "user", content }),
  ways: {
    "a response": (question) => connect(question).chat.completions.create(request(question)),
    "the message of a stream": (question) =>
      connect(question)
        .chat.completions.stream({ ...request(question), stream: true })
        .finalMessage(),
    "a stream put together": async (question) =>
      assembled(await connect(question).chat.completions.create({ ...request(question), stream: true })),
  },
};
