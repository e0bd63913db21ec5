import type { LlmAnswer } from "@mcs/core";
import { fillTemplate } from "./prompt-strategy.ts";
import { readToolCalls } from "./read-tool-calls.ts";
import type { ReadOptions, ToolCallReading } from "./reading.ts";
import { jsonStrategy } from "./strategies/json.ts";
import type { StreamedAnswer, StreamReader } from "./streams/stream-reader.ts";
import { streamReaders } from "./streams/stream-readers.ts";
import { coreGrammars } from "./text/grammars.ts";
import { knownNames } from "./text/known-names.ts";
import { ProseStream } from "./text/prose-stream.ts";

/** An answer that is read while it streams. */
export interface ToolCallStream {
  /**
   * Takes the next piece of the answer: text, or one event of a provider's stream. Events of no known provider are passed
   * over.
   *
   * @returns Text to show now, often none. It holds no character of a call, of reasoning or of a repeated result; what
   *   could still become one is held back. How the answer was cut into pieces makes no difference to what is shown in the
   *   end.
   */
  push(piece: string | object): string;
  /**
   * The answer is over.
   *
   * @param options - `cutOff`: it ended too early, as far as the caller knows.
   */
  end(options?: { readonly cutOff?: boolean }): StreamedReading;
}

/** What a streamed answer turned out to be. */
export interface StreamedReading {
  /** Exactly what `readToolCalls` reads out of the whole answer. */
  readonly reading: ToolCallReading;
  /** The rest of the text to show. */
  readonly text: string;
  /** The whole answer: for `toMessages`. */
  readonly answer: LlmAnswer;
  /** It ended too early, as the caller said or the stream shows. */
  readonly cutOff: boolean;
}

/** How to read a streamed answer. */
export interface StreamOptions extends ReadOptions {
  /** The providers whose events are understood. Default: all. */
  readonly streams?: readonly StreamReader[];
}

/**
 * Reads one answer while it streams. Any piece is accepted; nothing it holds makes this throw.
 *
 * @throws {MCSError} From `end`: `MCS_UNSUPPORTED`, as `readToolCalls` does.
 */
export function createToolCallStream(options: StreamOptions): ToolCallStream {
  const {
    tools,
    otherTools,
    grammars = coreGrammars,
    strategy = jsonStrategy,
    streams = streamReaders,
  } = options;
  const prose = new ProseStream({
    names: knownNames(tools, otherTools),
    parsing: strategy.parsing,
    grammars,
  });
  const texts: string[] = [];
  let streamed: StreamedAnswer | undefined;
  let isUnreadable = false;

  function textOfEvent(event: object): string {
    try {
      streamed ??= streams.find((reader) => reader.claims(event))?.start();
      return streamed?.add(event) ?? "";
    } catch {
      // A getter or proxy threw: a piece of the answer is lost, so that nothing in it can be trusted.
      isUnreadable = true;
      return "";
    }
  }

  function wholeAnswer(): LlmAnswer {
    try {
      return streamed?.answer() ?? texts.join("");
    } catch {
      isUnreadable = true;
      return "";
    }
  }

  return {
    push(piece) {
      const text = typeof piece === "string" ? piece : textOfEvent(piece);
      if (text === "") return "";
      if (typeof piece === "string") texts.push(piece);
      return prose.push(text);
    },
    end({ cutOff = options.cutOff === true } = {}) {
      const answer = wholeAnswer();
      const text = prose.end();
      if (isUnreadable) {
        const error = "an event of its stream is not plain data";
        const retryPrompt = fillTemplate(strategy.retryPrompts.unreadableAnswer, { error });
        const detail = `The answer could not be read: ${error}.`;
        return { reading: { kind: "failed", detail, retryPrompt, format: "text" }, text, answer, cutOff };
      }
      const isCut = cutOff || streamed?.isCut?.() === true;
      const reading = readToolCalls(answer, { ...options, cutOff: isCut });
      return { reading, text, answer, cutOff: isCut };
    },
  };
}
