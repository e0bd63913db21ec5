import { checkToolTurns } from "./check-tool-turns.ts";
import { isRecord, type JsonRecord } from "./json.ts";
import {
  aboveMaximum,
  emptyArray,
  invalidType,
  invalidValue,
  missingParameter,
  Refusal,
  unknownParameter,
} from "./refusal.ts";

/** A message of a request that {@link checkMessages} let pass. */
export type ChatMessage =
  | { readonly role: "system" | "developer" | "user"; readonly content: ChatContent }
  | {
      readonly role: "assistant";
      readonly content?: ChatContent | null;
      readonly tool_calls?: readonly ChatToolCall[];
    }
  | { readonly role: "tool"; readonly tool_call_id: string; readonly content: ChatContent };

export type ChatContent = string | readonly { readonly type: string; readonly text?: string }[];

export interface ChatToolCall {
  readonly id: string;
  readonly type: "function";
  readonly function: { readonly name: string; readonly arguments: string };
}

/** Characters of a call id, in a call and in its answer. */
const maximumId = 40;

const roles = ["system", "assistant", "user", "tool", "developer"] as const;
type Role = (typeof roles)[number];

const partTypes: Record<Role, readonly string[]> = {
  system: ["text"],
  developer: ["text"],
  user: ["text", "image_url", "input_audio", "file"],
  assistant: ["text", "refusal"],
  tool: ["text"],
};

/** `parsed` is what OpenAI's own client adds to a message and sends back. */
const parameters: Record<Role, readonly string[]> = {
  system: ["role", "content", "name"],
  developer: ["role", "content", "name"],
  user: ["role", "content", "name"],
  assistant: [
    "role",
    "content",
    "name",
    "refusal",
    "audio",
    "annotations",
    "function_call",
    "tool_calls",
    "parsed",
  ],
  tool: ["role", "content", "name", "tool_call_id"],
};

/**
 * Checks every message by itself, then how calls and results follow each other.
 *
 * @throws {Refusal}
 */
export function checkMessages(messages: unknown): readonly ChatMessage[] {
  if (messages === undefined) throw missingParameter("messages");
  if (!Array.isArray(messages)) throw invalidType("messages", "an array of objects", messages);
  if (messages.length === 0) throw emptyArray("messages");
  const checked = messages.map((message: unknown, index) => checkMessage(message, index));
  checkToolTurns(checked);
  return checked;
}

function checkMessage(message: unknown, index: number): ChatMessage {
  const path = `messages[${index}]`;
  if (!isRecord(message)) throw invalidType(path, "an object", message);
  const role = checkRole(message["role"], `${path}.role`);
  for (const key of Object.keys(message)) {
    if (!parameters[role].includes(key)) throw unknownParameter(`${path}.${key}`);
  }
  if (role === "assistant") checkToolCalls(message, path);
  if (role === "tool") checkToolCallId(message, index);
  checkContent(message, role, index);
  return message as unknown as ChatMessage;
}

function checkRole(role: unknown, path: string): Role {
  if (role === undefined) throw missingParameter(path);
  if (typeof role !== "string") throw invalidType(path, "a string", role);
  const known = roles.find((name) => name === role);
  if (known === undefined) throw invalidValue(path, role, roles);
  return known;
}

function checkContent(message: JsonRecord, role: Role, index: number): void {
  const { content } = message;
  const path = `messages[${index}].content`;
  if (content === undefined || content === null) {
    if (role === "assistant" && message["tool_calls"] !== undefined) return;
    if (content === undefined) throw missingParameter(path);
    const reason = "Invalid value for 'content': expected a string, got null.";
    throw new Refusal(400, reason, `messages.[${index}].content`, null);
  }
  if (typeof content === "string") return;
  if (!Array.isArray(content)) throw invalidType(path, "one of a string or array of objects", content);
  if (content.length === 0) throw emptyArray(path);
  for (const [position, part] of content.entries()) checkPart(part, role, `${path}[${position}]`);
}

function checkPart(part: unknown, role: Role, path: string): void {
  if (!isRecord(part)) throw invalidType(path, "an object", part);
  const { type } = part;
  if (type === undefined) throw missingParameter(`${path}.type`);
  if (typeof type !== "string") throw invalidType(`${path}.type`, "a string", type);
  if (!partTypes[role].includes(type)) throw invalidValue(`${path}.type`, type, partTypes[role]);
  if (part[type] === undefined) throw missingParameter(`${path}.${type}`);
  if (type === "text" && typeof part["text"] !== "string") {
    throw invalidType(`${path}.text`, "a string", part["text"]);
  }
  if (type === "image_url") checkImage(part["image_url"], `${path}.image_url`);
}

function checkImage(image: unknown, path: string): void {
  if (!isRecord(image)) throw invalidType(path, "an object", image);
  const url = requireString(image, "url", path);
  if (/^https?:/.test(url) || /^data:image\/(?:png|jpeg|gif|webp);base64,[\w+/]+={0,2}$/.test(url)) return;
  const reason =
    "You uploaded an unsupported image. Please make sure your image has of one the following formats: ['png', 'jpeg', 'gif', 'webp'].";
  throw new Refusal(400, reason, null, "invalid_image_format");
}

function checkToolCalls(message: JsonRecord, path: string): void {
  const calls = message["tool_calls"];
  if (calls === undefined) return;
  if (!Array.isArray(calls)) throw invalidType(`${path}.tool_calls`, "an array of objects", calls);
  if (calls.length === 0) throw emptyArray(`${path}.tool_calls`);
  for (const [position, call] of calls.entries()) checkToolCall(call, `${path}.tool_calls[${position}]`);
}

function checkToolCall(call: unknown, path: string): void {
  if (!isRecord(call)) throw invalidType(path, "an object", call);
  for (const key of Object.keys(call)) {
    if (!["id", "type", "function"].includes(key)) throw unknownParameter(`${path}.${key}`);
  }
  checkId(requireString(call, "id", path), `${path}.id`);
  const type = requireString(call, "type", path);
  if (type !== "function") throw invalidValue(`${path}.type`, type, ["function"]);
  const definition = call["function"];
  if (definition === undefined) throw missingParameter(`${path}.function`);
  if (!isRecord(definition)) throw invalidType(`${path}.function`, "an object", definition);
  requireString(definition, "name", `${path}.function`);
  requireString(definition, "arguments", `${path}.function`);
}

function checkToolCallId(message: JsonRecord, index: number): void {
  if (message["tool_call_id"] === undefined) {
    const reason = "Missing parameter 'tool_call_id': messages with role 'tool' must have a 'tool_call_id'.";
    throw new Refusal(400, reason, `messages.[${index}].tool_call_id`, null);
  }
  checkId(requireString(message, "tool_call_id", `messages[${index}]`), `messages[${index}].tool_call_id`);
}

function checkId(id: string, path: string): void {
  if (id.length > maximumId) throw aboveMaximum(path, "string", maximumId, id.length);
}

function requireString(record: JsonRecord, key: string, path: string): string {
  const value = record[key];
  if (value === undefined) throw missingParameter(`${path}.${key}`);
  if (typeof value !== "string") throw invalidType(`${path}.${key}`, "a string", value);
  return value;
}
