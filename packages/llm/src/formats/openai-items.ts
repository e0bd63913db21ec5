import type { LlmAnswer } from "@mcs/core";
import { own, ownText } from "../own.ts";
import { echoOf, ownList, say, textOfParts } from "./answer-message.ts";
import { unfinished, type NativeCall, type NativeShape } from "./native-format.ts";
import { withoutParsed } from "./without-parsed.ts";

/** A call among the items of a conversation that is a list of them: OpenAI's Responses API and what follows it. */
export const functionCall = "function_call";

/** The items of an answer, which is a list of them, a response that holds one, or a single item. */
export function itemsOf(answer: LlmAnswer, listKey: string): readonly unknown[] {
  if (Array.isArray(answer)) return answer;
  const type = own(answer, "type");
  const isItem = type === functionCall || type === "custom_tool_call";
  return isItem ? [answer] : ownList(answer, listKey);
}

/** Whether a response or an item says that it came to its end; both have no `status` in some servers' answers. */
function isUnfinished(value: unknown): boolean {
  const status = own(value, "status") ?? "completed";
  return status !== "completed";
}

/** An item that calls a function, and whose JSON text the model wrote. */
export function readItem(item: unknown, idKey: string): NativeCall {
  return {
    id: ownText(item, idKey),
    name: ownText(item, "name"),
    arguments: own(item, "arguments"),
    problem: isUnfinished(item) ? unfinished : undefined,
  };
}

/** What the two APIs of OpenAI that have items share. */
export const itemsEnvelope: Pick<NativeShape, "holds" | "textOf" | "isCutOff" | "echo" | "say"> = {
  // Lists are also what others answer with, but of other things.
  holds: (answer) =>
    own(answer, "object") === "response" ||
    (Array.isArray(answer) && answer.some((item) => own(item, "type") === "message")),

  textOf: (answer) =>
    itemsOf(answer, "output")
      .filter((item) => own(item, "type") === "message")
      .map((item) => textOfParts(ownList(item, "content"), "output_text"))
      .join("\n"),

  isCutOff: (answer) => !Array.isArray(answer) && isUnfinished(answer),

  echo: (answer) => itemsOf(answer, "output").flatMap((item) => echoOf(withoutParsed(item))),

  say,
};
