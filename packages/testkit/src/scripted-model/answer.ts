import { writeCall } from "./call-form.ts";
import type { Conversation } from "./conversation.ts";
import type { Script, ScriptedAnswer, ScriptedCall } from "./script.ts";

/** What the model says next, in no API's shape yet. */
export interface NextAnswer {
  /** Absent: it says nothing beside its calls. */
  readonly text?: string;
  /** Its native calls. */
  readonly calls: readonly ScriptedCall[];
}

/** A script that cannot go on, which no real API has. */
export class ScriptFailure extends Error {
  override readonly name = "ScriptFailure";
  readonly code: "script_exhausted" | "script_failed";

  constructor(code: ScriptFailure["code"], message: string) {
    super(message);
    this.code = code;
  }
}

/**
 * Plays the step that is due. Calls are native if the request offers tools, else text in the form that the system
 * message shows. A call that the request gives no means or no tool for becomes a sentence that says so, as a model
 * would have nothing else to say.
 *
 * @param offered - Names of the tools that the request offers.
 * @throws {ScriptFailure}
 */
export function answerNext(
  script: Script,
  conversation: Conversation,
  offered: readonly string[],
): NextAnswer {
  const answer = playStep(script, conversation);
  if (answer.calls === undefined) return say(answer.text);
  const unknown = answer.calls.find((call) => call.invented !== true && !knows(call, conversation, offered));
  if (unknown !== undefined) return say(`[scripted stand-in] I was offered no tool "${unknown.name}".`);
  if (offered.length > 0)
    return { calls: answer.calls, ...(answer.text !== undefined && { text: answer.text }) };
  const { form } = conversation;
  if (form === undefined) return say("[scripted stand-in] I was not shown how to write a call.");
  const calls = answer.calls.map((call) => writeCall(form, call.name, call.arguments));
  return say([...(answer.text === undefined ? [] : [answer.text]), ...calls].join("\n"));
}

function playStep(script: Script, { turn, state }: Conversation): ScriptedAnswer {
  const step = script[turn];
  if (step === undefined) {
    const message = `The script of this stand-in has ${script.length} steps, and the conversation asks for one more.`;
    throw new ScriptFailure("script_exhausted", message);
  }
  try {
    return step(state);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new ScriptFailure("script_failed", `Step ${turn + 1} of the script failed: ${reason}`);
  }
}

function knows(call: ScriptedCall, { systemMessage }: Conversation, offered: readonly string[]): boolean {
  if (offered.length > 0) return offered.includes(call.name);
  return systemMessage.split(/[^\w-]+/).includes(call.name);
}

function say(text: string): NextAnswer {
  return { text, calls: [] };
}
