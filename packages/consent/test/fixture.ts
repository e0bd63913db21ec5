import type { ConsentAnswer } from "@mcs/core";
import { createToolDriver, defineTool } from "@mcs/kit";
import type { AskConsent, ConsentOptions } from "@mcs/kit/consent";
import * as z from "zod";
import { consentDecorator } from "../src/index.ts";

/** A driver that counts what it ran. */
export function account() {
  const ran: unknown[] = [];
  const pay = defineTool({
    name: "bank_pay",
    description: "Pay somebody.",
    annotations: { readOnly: false, destructive: true },
    aliases: ["pay"],
    parameters: z.strictObject({ to: z.string(), amount: z.number().positive() }),
    execute: (args) => {
      ran.push(args);
      return { paid: args.amount };
    },
  });
  const balance = defineTool({
    name: "bank_balance",
    description: "Tell the balance.",
    annotations: { readOnly: true },
    parameters: z.strictObject({}),
    execute: () => 100,
  });
  const toolDriver = createToolDriver({
    meta: {
      id: "7c9d1d4e-9f52-4d4c-8a8f-7b5f0b1b6a11",
      name: "Bank",
      version: "1.0.0",
      bindings: [{ capability: "bank", adapter: "*", specFormat: "Custom" }],
    },
    tools: [pay, balance],
  });
  return { ran, toolDriver };
}

export const payment = { to: "Ada", amount: 5 };

export const answering =
  (answer: ConsentAnswer): AskConsent =>
  () =>
    answer;

/** A bank that asks, and what it ran. */
export function guarded(options: ConsentOptions) {
  const { ran, toolDriver } = account();
  return { ran, driver: consentDecorator(toolDriver, options) };
}

/** A native answer with calls of the bank. */
export const answerWith = (...calls: [id: string, name: string, args: object][]) => ({
  role: "assistant",
  content: null,
  tool_calls: calls.map(([id, name, args]) => ({
    id,
    type: "function",
    function: { name, arguments: JSON.stringify(args) },
  })),
});
