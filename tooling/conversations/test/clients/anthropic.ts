import Anthropic from "@anthropic-ai/sdk";
import { assembled } from "./assembled.ts";
import type { Client, Question } from "./client.ts";

function request({ model, system, history, tools }: Question): Anthropic.MessageCreateParamsNonStreaming {
  return {
    model,
    max_tokens: 4096,
    thinking: { type: "enabled", budget_tokens: 1024 },
    system,
    messages: history as Anthropic.MessageParam[],
    ...(tools.length > 0 && { tools: tools as Anthropic.Tool[] }),
  };
}

function connect({ server }: Question): Anthropic {
  return new Anthropic({ baseURL: server.origin, apiKey: "any", maxRetries: 0 });
}

/** `@anthropic-ai/sdk`, with a model that thinks. */
export const anthropic: Client = {
  name: "@anthropic-ai/sdk",
  format: "anthropic",
  model: "plain",
  mends: ["the message of a stream"],
  errorMark: /"is_error":true/,
  begin: (content) => ({ role: "user", content }),
  ways: {
    "a message": (question) => connect(question).messages.create(request(question)),
    "role and content": async (question) => {
      const { role, content } = await connect(question).messages.create(request(question));
      return { role, content };
    },
    "the message of a stream": (question) =>
      connect(question).messages.stream(request(question)).finalMessage(),
    "a stream put together": async (question) =>
      assembled(await connect(question).messages.create({ ...request(question), stream: true })),
  },
};
