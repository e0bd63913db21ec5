/**
 * What the stand-in says, turn by turn. The step that plays is the one at the position of the answer in the
 * conversation, so the same requests always get the same answers.
 */
export type Script = readonly ScriptStep[];

/** One turn of the model. Throws if the conversation does not hold what the step builds on. */
export type ScriptStep = (state: ScriptState) => ScriptedAnswer;

/** Calls, with or without words around them, or the words of a final answer. */
export type ScriptedAnswer =
  | { readonly calls: readonly [ScriptedCall, ...ScriptedCall[]]; readonly text?: string }
  | { readonly text: string; readonly calls?: never };

/** One call that the model makes. */
export interface ScriptedCall {
  readonly name: string;
  readonly arguments: Readonly<Record<string, unknown>>;
  /** What the model writes in their place, where its API passes text on: it need not be JSON. */
  readonly written?: string;
  /** Call it although the request offers no such tool, as models sometimes do. Default `false`. */
  readonly invented?: boolean;
}

/** What the conversation holds so far, read out of the request. */
export interface ScriptState {
  /** What the user asked last. */
  readonly task: string;
  /** Every result so far, oldest first. */
  readonly results: readonly ScriptedResult[];
  /** The results of the latest answer that had calls, in the order of its calls. */
  readonly latest: readonly ScriptedResult[];
  /** Every image and other file of the conversation, oldest first. */
  readonly files: readonly ReceivedFile[];
  /**
   * Content of the newest result of a tool.
   *
   * @throws {Error} if the tool has no result yet.
   */
  readonly resultOf: (tool: string) => unknown;
}

/** What came back for one call. */
export interface ScriptedResult {
  readonly tool: string;
  readonly arguments: Readonly<Record<string, unknown>>;
  /** The JSON value that the message carries, or its text where it carries none. */
  readonly content: unknown;
  /** The text as the model received it. */
  readonly text: string;
}

/** A file that came with a request. */
export interface ReceivedFile {
  readonly mediaType: string;
  /** Base64. */
  readonly data: string;
}
