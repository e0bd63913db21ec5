import { textOr, type JsonRecord } from "../json.ts";
import type { Rule } from "../rule.ts";
import { seal } from "../seal.ts";
import { itemsOf, type Item } from "./items.ts";

/** How calls, outputs and reasoning follow each other. */
export const turnRules: readonly Rule[] = [
  {
    name: "a conversation that is said to be kept",
    source: "documented",
    *faults({ previous_response_id: id }) {
      // The stand-in keeps nothing, which is what the API says of responses that it does not have.
      if (typeof id === "string") yield `Previous response with id '${id}' not found.`;
    },
  },
  {
    name: "a reference to an item that is not kept",
    source: "observed",
    *faults(body) {
      for (const { item, type } of itemsOf(body))
        if (type === "item_reference") yield notFound(textOr(item["id"]));
    },
  },
  {
    name: "two items of one id",
    source: "observed",
    *faults(body) {
      const ids = itemsOf(body).flatMap(({ item: { id } }) => (typeof id === "string" ? [id] : []));
      const twice = ids.find((id, index) => ids.indexOf(id) !== index);
      if (twice !== undefined)
        yield `Duplicate item found with id ${twice}. Remove duplicate items from your input and try again.`;
    },
  },
  {
    name: "an id of a call that is too long",
    source: "observed",
    *faults(body) {
      for (const { item, path } of itemsOf(body)) {
        const { length } = textOr(item["call_id"]);
        if (length > 64)
          yield `Invalid '${path}.call_id': string too long. Expected a string with maximum length 64, but got a string with length ${length} instead.`;
      }
    },
  },
  {
    name: "a call without an output",
    source: "observed",
    *faults(body) {
      const answered = idsOf(body, "function_call_output");
      const open = idsOf(body, "function_call").find((id) => !answered.includes(id));
      if (open !== undefined) yield `No tool output found for function call ${open}.`;
    },
  },
  {
    name: "an output without a call before it",
    source: "observed",
    *faults(body) {
      const items = itemsOf(body);
      for (const { item, type, index } of items) {
        if (type !== "function_call_output") continue;
        const calls = items.slice(0, index).filter((before) => before.type === "function_call");
        if (!calls.some((call) => call.item["call_id"] === item["call_id"]))
          yield `No tool call found for function call output with call_id ${textOr(item["call_id"])}.`;
      }
    },
  },
  {
    name: "two outputs of one call",
    source: "stand-in",
    *faults(body) {
      const ids = idsOf(body, "function_call_output");
      const twice = ids.find((id, index) => ids.indexOf(id) !== index);
      if (twice !== undefined) yield `Duplicate function call output with call_id ${twice}.`;
    },
  },
  {
    name: "reasoning that nothing keeps",
    source: "observed",
    *faults(body) {
      for (const { item } of reasoningOf(body))
        if (body["store"] === false && typeof item["encrypted_content"] !== "string")
          yield notFound(textOr(item["id"]));
    },
  },
  {
    name: "encrypted reasoning that was changed",
    source: "observed",
    *faults(body, { model }) {
      for (const { item } of reasoningOf(body)) {
        const { id, encrypted_content: content } = item;
        if (typeof content === "string" && content !== seal(model, textOr(id)))
          yield `The encrypted content for item ${textOr(id)} could not be verified.`;
      }
    },
  },
  {
    name: "an item without the reasoning before it",
    source: "observed",
    *faults(body, { reasons }) {
      if (!reasons) return;
      const items = itemsOf(body);
      for (const { item, type, index } of items) {
        const turn = /^(?:fc|msg)_scripted_(\d+)/.exec(textOr(item["id"]))?.[1];
        if (turn === undefined) continue;
        const needed = `rs_scripted_${turn}`;
        if (!items.slice(0, index).some((before) => before.item["id"] === needed))
          yield `Item '${textOr(item["id"])}' of type '${type}' was provided without its required 'reasoning' item: '${needed}'.`;
      }
    },
  },
  {
    name: "reasoning without the item after it",
    source: "observed",
    *faults(body) {
      const items = itemsOf(body);
      for (const { item, index } of reasoningOf(body)) {
        const next = items[index + 1];
        const follows = next?.type === "function_call" || next?.item["role"] === "assistant";
        if (!follows)
          yield `Item '${textOr(item["id"])}' of type 'reasoning' was provided without its required following item.`;
      }
    },
  },
];

function idsOf(body: JsonRecord, type: string): string[] {
  return itemsOf(body)
    .filter((item) => item.type === type)
    .map(({ item }) => textOr(item["call_id"]));
}

function reasoningOf(body: JsonRecord): readonly Item[] {
  return itemsOf(body).filter(({ type }) => type === "reasoning");
}

function notFound(id: string): string {
  return `Item with id '${id}' not found. Items are not persisted when \`store\` is set to false. Try again with \`store\` set to true, or remove this item from your input.`;
}
