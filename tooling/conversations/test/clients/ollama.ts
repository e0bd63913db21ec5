import { Ollama, type ChatRequest, type Message, type Tool } from "ollama";
import { assembled } from "./assembled.ts";
import type { Client, Question } from "./client.ts";

function request({ model, system, history, tools }: Question): ChatRequest {
  return {
    model,
    messages: [{ role: "system", content: system }, ...(history as Message[])],
    tools: tools as Tool[],
  };
}

function connect({ server }: Question): Ollama {
  return new Ollama({ host: server.origin });
}

/** `ollama`, whose calls have no ids. */
export const ollama: Client = {
  name: "ollama",
  format: "ollama",
  model: "reasoning",
  begin: (content) => ({ role: "user", content }),
  ways: {
    "a response": (question) => connect(question).chat({ ...request(question), stream: false }),
    "a message": async (question) =>
      (await connect(question).chat({ ...request(question), stream: false })).message,
    "a stream put together": async (question) =>
      assembled(await connect(question).chat({ ...request(question), stream: true })),
  },
};
