import { answerNext, ScriptFailure, type NextAnswer } from "./answer.ts";
import type { ApiReply, ScriptedApi } from "./api.ts";
import { checkAuthorization, checkChatRequest } from "./check-request.ts";
import { toAssistantMessage, toChunks, toCompletion } from "./completion.ts";
import { readConversation } from "./conversation.ts";
import { tryParseJson } from "./json.ts";
import { receivedFiles } from "./received-files.ts";
import { Refusal } from "./refusal.ts";

const path = "POST /v1/chat/completions";

/** OpenAI Chat Completions, whose refusals have a status, a `type`, a `param` and a `code` of their own each. */
export const chatApi: ScriptedApi = {
  serves: (asked) => asked === path,

  reply({ headers, text, options, position }): ApiReply {
    checkAuthorization(headers.authorization, options.apiKey);
    const models = options.models ?? [{ id: "scripted-stand-in" }];
    const chat = checkChatRequest(headers["content-type"], text, models);
    const conversation = readConversation(chat.messages, receivedFiles(tryParseJson(text)));
    const offered = chat.tools.map((tool) => tool.function.name);
    const answer = play(() => answerNext(chat.model.script ?? options.script, conversation, offered));
    const message = toAssistantMessage(answer, conversation.turn);
    const frame = { id: `chatcmpl-scripted-${position}`, model: chat.model.id, promptLength: text.length };
    if (!chat.stream) return { json: toCompletion(message, frame) };
    return { contentType: "text/event-stream", chunks: events(toChunks(message, frame, chat.includeUsage)) };
  },
};

function play(next: () => NextAnswer): NextAnswer {
  try {
    return next();
  } catch (error) {
    if (error instanceof ScriptFailure) throw new Refusal(400, error.message, "messages", error.code);
    throw error;
  }
}

function* events(chunks: Iterable<object>): Generator<string> {
  for (const chunk of chunks) yield `data: ${JSON.stringify(chunk)}\n\n`;
  yield "data: [DONE]\n\n";
}
