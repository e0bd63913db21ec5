import { own, ownText } from "../own.ts";
import type { Envelope } from "./provider-format.ts";

/** An own property that is a list, else an empty one. */
export function ownList(value: unknown, key: string): readonly unknown[] {
  const list = own(value, key);
  return Array.isArray(list) ? list : [];
}

/** An own property that is an object, else `undefined`. */
export function ownObject(value: unknown, key: string | number): object | undefined {
  const member = own(value, key);
  return typeof member === "object" && member !== null ? member : undefined;
}

/** The message of an answer that may be a whole response: `choices[0].message`, or the answer itself. */
export function messageOf(answer: unknown): unknown {
  return own(choiceOf(answer), "message") ?? answer;
}

/** The first of a response's `choices`. */
export function choiceOf(answer: unknown): unknown {
  return own(own(answer, "choices"), 0);
}

/** The text of a message: its content, or the text parts of it. Parts of another type are reasoning, images and such. */
export function textOf(message: unknown): string {
  const content = own(message, "content");
  return typeof content === "string" ? content : textOfParts(ownList(message, "content"));
}

/** The text of all parts that are text. */
export function textOfParts(parts: readonly unknown[], type = "text"): string {
  return parts
    .filter((part) => own(part, "type") === type)
    .map((part) => ownText(part, "text") ?? "")
    .join("");
}

/** A message of the user, as most APIs take it. */
export function say(content: string): { readonly role: "user"; readonly content: string } {
  return { role: "user", content };
}

/** The message as it came, if it is an object. */
export function echoOf(message: unknown): readonly object[] {
  return typeof message === "object" && message !== null ? [message] : [];
}

/** Why OpenAI's servers end an answer early. */
const cutReasons = new Set<unknown>(["length", "content_filter"]);

/** The envelope of Chat Completions, which also stands for texts, single messages and what no other API claims. */
export const chatEnvelope: Envelope = {
  holds: () => true,

  textOf: (answer) => (typeof answer === "string" ? answer : textOf(messageOf(answer))),

  isCutOff(answer) {
    const refusal = ownText(messageOf(answer), "refusal") ?? "";
    return refusal !== "" || cutReasons.has(own(choiceOf(answer), "finish_reason"));
  },

  echo(answer) {
    if (typeof answer === "string") return [{ role: "assistant", content: answer }];
    try {
      const [message = answer] = echoOf(messageOf(answer));
      return [message];
    } catch {
      // A getter or proxy threw: there is no telling what is in it.
      return [answer];
    }
  },

  say,
};
