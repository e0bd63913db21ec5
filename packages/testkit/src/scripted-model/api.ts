import type { IncomingHttpHeaders } from "node:http";
import { answerNext, ScriptFailure, type NextAnswer } from "./answer.ts";
import type { ChatMessage } from "./check-messages.ts";
import { readConversation } from "./conversation.ts";
import { isRecord, tryParseJson, type JsonRecord } from "./json.ts";
import { receivedFiles } from "./received-files.ts";
import { ApiRefusal } from "./refusal.ts";
import { brokenRule, type Rule } from "./rule.ts";
import type { ScriptedModelCard, ScriptedModelOptions } from "./options.ts";

/** A request as an API gets it. */
export interface ApiRequest {
  /** Without the query. */
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
  readonly options: ScriptedModelOptions;
  /** How many requests the server has got, this one included. */
  readonly position: number;
}

/** What goes back. */
export type ApiReply =
  | { readonly json: object }
  | { readonly contentType: string; readonly chunks: Iterable<string> };

/** One provider's API. */
export interface ScriptedApi {
  /** @param target - Method and path, without the query: `POST /v1/messages`. */
  serves(target: string): boolean;
  /** @throws {ApiRefusal} */
  reply(request: ApiRequest): ApiReply;
}

/** What an answer is about, beside what it says. */
export interface AnswerFrame {
  readonly model: string;
  readonly reasons: boolean;
  /** How often the model has spoken before. */
  readonly turn: number;
  readonly position: number;
  readonly body: JsonRecord;
  /** Characters of the request's body; tokens are estimated as a quarter of them. */
  readonly promptLength: number;
}

/** What tells one API from another. */
export interface ApiDefinition {
  readonly serves: ScriptedApi["serves"];
  /** The key that a request bears. `null`: the API asks for none. */
  readonly keyOf: ((headers: IncomingHttpHeaders) => string | undefined) | null;
  /** The model that is asked for. */
  readonly modelOf: (path: string, body: JsonRecord) => unknown;
  readonly rules: readonly Rule[];
  readonly wantsStream: (path: string, body: JsonRecord) => boolean;
  /** The conversation in the words of chat completions. */
  readonly messagesOf: (body: JsonRecord) => readonly ChatMessage[];
  /** Names of the tools that are offered. */
  readonly offeredBy: (body: JsonRecord) => readonly string[];
  readonly write: (answer: NextAnswer, frame: AnswerFrame) => object;
  readonly stream: (answer: NextAnswer, frame: AnswerFrame) => Iterable<string>;
  /** Default: server-sent events. */
  readonly streamType?: string;
  /** The body of a refusal. */
  readonly errorOf: (status: number, message: string, code: string) => object;
  /** What a missing key gets. Default `401`. */
  readonly noKeyStatus?: number;
  readonly noModelMessage: (model: string) => string;
}

/** An API out of a table of rules and the shapes that it has. */
export function createApi(definition: ApiDefinition): ScriptedApi {
  const { serves, keyOf, modelOf, rules, errorOf, messagesOf } = definition;
  const refuse = (status: number, message: string, code: string, rule?: string): ApiRefusal =>
    new ApiRefusal(status, message, errorOf(status, message, code), rule);
  return {
    serves,
    reply({ path, headers, text, options, position }) {
      if (keyOf !== null) checkKey(keyOf(headers), options.apiKey, refuse, definition.noKeyStatus ?? 401);
      const body = tryParseJson(text);
      if (!isRecord(body)) throw refuse(400, "The body of the request is not a JSON object.", "no_json");
      const card = findModel(modelOf(path, body), options, refuse, definition.noModelMessage);
      const reasons = card.reasons === true;
      const offered = definition.offeredBy(body);
      if (offered.length > 0 && card.nativeTools === false)
        throw refuse(
          400,
          `${card.id} does not support tools`,
          "no_tools",
          "tools for a model that takes none",
        );
      const broken = brokenRule(rules, body, { model: card.id, reasons });
      if (broken !== undefined) throw refuse(400, broken.message, "invalid", broken.rule);
      const conversation = readConversation(messagesOf(body), receivedFiles(body));
      const answer = play(card.script ?? options.script, conversation, offered, refuse);
      const { turn } = conversation;
      const frame = { model: card.id, reasons, turn, position, body, promptLength: text.length };
      if (!definition.wantsStream(path, body)) return { json: definition.write(answer, frame) };
      return {
        contentType: definition.streamType ?? "text/event-stream",
        chunks: definition.stream(answer, frame),
      };
    },
  };
}

type Refuse = (status: number, message: string, code: string, rule?: string) => ApiRefusal;

function checkKey(key: string | undefined, wanted: string | undefined, refuse: Refuse, status: number): void {
  if (key === undefined || key === "") throw refuse(status, "The request bears no API key.", "no_key");
  if (wanted !== undefined && key !== wanted) throw refuse(401, "The API key is not valid.", "wrong_key");
}

function findModel(
  id: unknown,
  { models = [{ id: "scripted-stand-in" }] }: ScriptedModelOptions,
  refuse: Refuse,
  say: (model: string) => string,
): ScriptedModelCard {
  const card = models.find((candidate) => candidate.id === id);
  if (card === undefined) throw refuse(404, say(String(id)), "no_model");
  return card;
}

function play(
  script: Parameters<typeof answerNext>[0],
  conversation: Parameters<typeof answerNext>[1],
  offered: readonly string[],
  refuse: Refuse,
): NextAnswer {
  try {
    return answerNext(script, conversation, offered);
  } catch (error) {
    if (error instanceof ScriptFailure) throw refuse(400, error.message, error.code);
    throw error;
  }
}
