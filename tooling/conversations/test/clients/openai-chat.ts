import OpenAI from "openai";
import { assembled } from "./assembled.ts";
import type { Client, Question } from "./client.ts";

function request({ model, system, history, tools }: Question): OpenAI.ChatCompletionCreateParamsNonStreaming {
  return {
    model,
    messages: [{ role: "system", content: system }, ...(history as OpenAI.ChatCompletionMessageParam[])],
    ...(tools.length > 0 && { tools: tools as OpenAI.ChatCompletionTool[] }),
  };
}

function connect({ server }: Question): OpenAI {
  return new OpenAI({ baseURL: server.baseUrl, apiKey: "any", maxRetries: 0 });
}

const common = {
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
} satisfies Partial<Client>;

/** `openai`, Chat Completions. */
export const openaiChat: Client = { name: "openai, chat completions", format: "openai", ...common };

/** The same with tools that the model must keep to. */
export const openaiStrict: Client = {
  name: "openai, chat completions, strict",
  format: "openai-strict",
  mends: ["the message of a stream"],
  ...common,
};
