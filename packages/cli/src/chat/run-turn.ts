import { MCSError, type MCSToolDriver } from "@mcs/core";
import type { RunDone, RunEvent, Runner } from "@mcs/kit/runner";
import type { ModelAnswer } from "./assemble-answer.ts";
import type { Conversation } from "./conversation.ts";
import { HeldWords } from "./held-words.ts";
import type { Screen } from "./screen.ts";
import type { ShownCalls } from "./shown-calls.ts";

/** A conversation in progress. */
export interface Session {
  readonly runner: Runner;
  readonly conversation: Conversation;
  /** All documents as one driver. */
  readonly driver: MCSToolDriver;
  /** The layer of `driver` that shows what runs. */
  readonly calls: ShownCalls;
  readonly screen: Screen;
}

/** Answers of the model to one thing that the user said. */
export const mostAnswers = 25;

/** Endings that a person should know of. OpenAI API reference, `finish_reason`. */
const endings: Readonly<Record<string, string>> = {
  length: "The answer was cut off: it reached the limit of its length.",
  content_filter: "The answer was cut off by the endpoint's filter.",
};

/**
 * One turn: what the user said, answers of the model with calls, and its final answer. However it ends, the conversation
 * can go on.
 *
 * @throws {MCSError} What ended it early; `MCS_ABORTED` if the signal did.
 */
export async function runTurn(text: string, session: Session, signal: AbortSignal): Promise<void> {
  const { conversation, runner, screen } = session;
  conversation.ask(text);
  let words = new HeldWords((piece) => screen.say(piece));
  for await (const event of runner.run(conversation.messages, { signal })) {
    if (event.type === "text") words.add(event.text);
    else if (event.type === "done") end(event, words, session);
    else if (event.type === "answer") {
      words.showRest();
      if (event.calls === 0) showEnding(event, words, screen);
      // What a broken answer had said counts; what a whole one said stands in its message.
      words = new HeldWords((piece) => screen.say(piece));
    } else show(event, session);
  }
}

function show(event: RunEvent, { calls, screen }: Session): void {
  if (event.type === "result") calls.showNotRun(event);
  if (event.type === "limit" && event.limit !== "turns") screen.note(event.message);
}

function showEnding({ answer }: RunEvent & { type: "answer" }, { shown }: HeldWords, screen: Screen): void {
  const [{ finish_reason: reason }] = (answer as ModelAnswer).choices;
  const note = endings[reason] ?? (shown.trim() === "" ? "The model said nothing." : undefined);
  if (note !== undefined) screen.note(note);
  screen.endLine();
}

function end(
  { reason, messages, error, spent }: RunDone,
  { shown }: HeldWords,
  { conversation }: Session,
): void {
  conversation.goOn(messages);
  if (reason === "failed") {
    conversation.breakOff(shown, "failed");
    throw error;
  }
  if (reason === "aborted") {
    conversation.breakOff(shown, "interrupted");
    throw new MCSError("MCS_ABORTED", "The turn was interrupted.", { effect: "none" });
  }
  if (reason !== "limit" || spent.turns < mostAnswers) return;
  conversation.breakOff("", "tooLong");
  throw new MCSError(
    "MCS_TOO_LARGE",
    `The model was stopped: it used tools in ${mostAnswers} answers in a row.`,
    {
      effect: "none",
      hint: "Say that it should go on, if it should.",
    },
  );
}
