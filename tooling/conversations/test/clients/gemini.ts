import { GoogleGenAI, type Content, type GenerateContentParameters, type Tool } from "@google/genai";
import { assembled } from "./assembled.ts";
import type { Client, Question } from "./client.ts";

function request({ model, system, history, tools }: Question): GenerateContentParameters {
  return {
    model,
    contents: history as Content[],
    config: {
      systemInstruction: system,
      ...(tools.length > 0 && { tools: tools as Tool[] }),
    },
  };
}

function connect({ server }: Question): GoogleGenAI {
  return new GoogleGenAI({ apiKey: "any", httpOptions: { baseUrl: server.origin } });
}

const common = {
  format: "gemini",
  errorMark: /"response":\{"error":/,
  begin: (text) => ({ role: "user", parts: [{ text }] }),
  ways: {
    "a response": (question) => connect(question).models.generateContent(request(question)),
    "the content of a candidate": async (question) => {
      const { candidates = [] } = await connect(question).models.generateContent(request(question));
      return candidates[0]?.content ?? {};
    },
    "a stream put together": async (question) =>
      assembled(await connect(question).models.generateContentStream(request(question))),
  },
} satisfies Partial<Client>;

/** `@google/genai`, with a model that signs its calls and gives them ids. */
export const gemini: Client = {
  name: "@google/genai, with thought signatures",
  model: "reasoning",
  ...common,
};

/** `@google/genai`, with a model whose calls have no ids. */
export const plainGemini: Client = { name: "@google/genai, without ids", model: "plain", ...common };
