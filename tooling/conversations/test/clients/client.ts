import type { ScriptedModel } from "@mcs/testkit/scripted-model";

/** One request. */
export interface Question {
  readonly server: ScriptedModel;
  readonly model: string;
  /** Messages as the API has them: those that `processLlmResponse` gave, and the first one. */
  readonly history: readonly object[];
  readonly system: string;
  /** In the API's own shape, as the driver wrote them. None: the tools stand in the system message. */
  readonly tools: readonly object[];
}

/** How an answer comes, and is handed on. */
export type AskingWays = Readonly<Record<string, (question: Question) => Promise<object | string>>>;

/** A provider's official client. */
export interface Client {
  readonly name: string;
  /** What the tools are written in. */
  readonly format: string;
  readonly model: string;
  /** What the conversation begins with. */
  begin(task: string): object;
  readonly ways: AskingWays;
  /** Ways in which the client itself mends, or throws for, arguments that cannot be read. */
  readonly mends?: readonly string[];
  /** It writes the files of results as text, which no model sees. */
  readonly isBlind?: boolean;
  /** How a message marks a call that failed or was denied. Absent: its API has no mark. */
  readonly errorMark?: RegExp;
}
