import { learnCallForm, readCalls, type CallForm } from "./call-form.ts";
import type { ChatContent, ChatMessage } from "./check-messages.ts";
import { isRecord, tryParseJson } from "./json.ts";
import { readTextResults } from "./read-text-results.ts";
import type { ReceivedFile, ScriptedResult, ScriptState } from "./script.ts";

/** A conversation as the stand-in understands it. */
export interface Conversation {
  /** Position of the answer that is due: how often the model has spoken before. */
  readonly turn: number;
  readonly systemMessage: string;
  /** How to write calls as text; `undefined` if the system message shows no example. */
  readonly form: CallForm | undefined;
  readonly state: ScriptState;
}

/**
 * Reads results out of tool messages, and out of user messages after an answer that wrote its calls as text. Parts that
 * the user says directly after tool messages are taken for the files of their results.
 */
export function readConversation(
  messages: readonly ChatMessage[],
  files: readonly ReceivedFile[],
): Conversation {
  const systemMessage = messages
    .filter(({ role }) => role === "system" || role === "developer")
    .map(textOf)
    .join("\n\n");
  const form = learnCallForm(systemMessage);
  const rounds: ScriptedResult[][] = [];
  const asked: string[] = [];
  for (const [index, message] of messages.entries()) {
    if (message.role === "assistant") {
      const round = nativeRound(messages, index) ?? textRound(messages, index, form);
      if (round !== undefined) rounds.push(round);
    } else if (message.role === "user" && !carriesResults(messages, index, form)) asked.push(textOf(message));
  }
  return {
    turn: messages.filter(({ role }) => role === "assistant").length,
    systemMessage,
    form,
    state: stateOf(asked.at(-1) ?? "", rounds, files),
  };
}

function stateOf(
  task: string,
  rounds: readonly ScriptedResult[][],
  files: readonly ReceivedFile[],
): ScriptState {
  const results = rounds.flat();
  return {
    task,
    files,
    results,
    latest: rounds.at(-1) ?? [],
    resultOf(tool: string): unknown {
      const result = results.findLast((candidate) => candidate.tool === tool);
      if (result === undefined) throw new Error(`The conversation holds no result of "${tool}".`);
      return result.content;
    },
  };
}

function nativeRound(messages: readonly ChatMessage[], index: number): ScriptedResult[] | undefined {
  const message = messages[index];
  if (message?.role !== "assistant" || message.tool_calls === undefined) return undefined;
  return message.tool_calls.map((call) => {
    const answer = messages
      .slice(index + 1)
      .find((later) => later.role === "tool" && later.tool_call_id === call.id);
    const args = tryParseJson(call.function.arguments);
    return resultOf(
      call.function.name,
      isRecord(args) ? args : {},
      answer === undefined ? "" : textOf(answer),
    );
  });
}

function textRound(
  messages: readonly ChatMessage[],
  index: number,
  form: CallForm | undefined,
): ScriptedResult[] | undefined {
  const message = messages[index];
  const next = messages[index + 1];
  if (form === undefined || message === undefined || next?.role !== "user") return undefined;
  const calls = readCalls(form, textOf(message));
  if (calls.length === 0) return undefined;
  const texts = readTextResults(textOf(next), calls.length);
  return calls.map((call, position) => resultOf(call.name, call.arguments, texts[position] ?? ""));
}

function carriesResults(
  messages: readonly ChatMessage[],
  index: number,
  form: CallForm | undefined,
): boolean {
  const previous = messages[index - 1];
  if (previous?.role === "tool" && typeof messages[index]?.content === "object") return true;
  return previous?.role === "assistant" && form !== undefined && readCalls(form, textOf(previous)).length > 0;
}

function resultOf(tool: string, args: ScriptedResult["arguments"], text: string): ScriptedResult {
  return { tool, arguments: args, text, content: tryParseJson(text) ?? text };
}

function textOf(message: ChatMessage): string {
  return contentText(message.content ?? "");
}

function contentText(content: ChatContent): string {
  return typeof content === "string" ? content : content.map(({ text }) => text ?? "").join("");
}
