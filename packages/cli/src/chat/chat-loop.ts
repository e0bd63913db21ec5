import { toFailure } from "@mcs/core";
import type { Interruption } from "../interruption.ts";
import { runChatCommand } from "./chat-commands.ts";
import { runTurn, type Session } from "./run-turn.ts";
import type { UserInput } from "./user-input.ts";

/**
 * Turn after turn, until the input ends. At a terminal a failure is shown, and the conversation goes on; a script ends
 * with it, and has no commands: what is piped in may be anybody's text. Ctrl-C ends a turn that runs; a second one, or one at an
 * empty prompt, ends the program.
 *
 * @throws {MCSError} The failure that ended a script.
 * @throws {unknown} The signal's reason, once the program was interrupted.
 */
export async function runChat(session: Session, input: UserInput, interruption: Interruption): Promise<void> {
  const { signal } = interruption;
  for (;;) {
    const typed = await input.nextTurn(signal);
    if (typed.kind === "interrupt") interruption.interrupt();
    signal.throwIfAborted();
    if (typed.kind !== "line") return;
    const text = typed.text.trim();
    if (text === "") continue;
    if (!input.isInteractive) await runTurn(text, session, signal);
    else if (!text.startsWith("/")) await takeTurn(text, session, input, interruption);
    else if (!(await runChatCommand(text, session))) return;
  }
}

/** A turn of a person, who may end it and see it fail. */
async function takeTurn(
  text: string,
  session: Session,
  input: UserInput,
  interruption: Interruption,
): Promise<void> {
  const turn = new AbortController();
  const end = (): void => turn.abort();
  const interrupt = (): void => (turn.signal.aborted ? interruption.interrupt() : end());
  interruption.signal.addEventListener("abort", end);
  const diverted = interruption.divert(interrupt);
  const busy = input.whileBusy(interrupt);
  try {
    await runTurn(text, session, turn.signal);
  } catch (error) {
    interruption.signal.throwIfAborted();
    if (turn.signal.aborted) session.screen.note("Interrupted. Ctrl-C again ends mcs.");
    else session.screen.fail(toFailure(error));
  } finally {
    diverted[Symbol.dispose]();
    busy[Symbol.dispose]();
    interruption.signal.removeEventListener("abort", end);
  }
}
