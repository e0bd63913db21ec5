import type { LlmAnswer, PendingCall } from "@mcs/core";
import { BaseDriver, processWithDrivers, toCompleteMessages } from "@mcs/kit";
import { expect, test } from "vitest";
import { account, answering, payment } from "./fixture.ts";
import { consentDecorator } from "../src/index.ts";

const call = JSON.stringify(payment);

const deepseek = `I pay.<｜tool▁calls▁begin｜><｜tool▁call▁begin｜>bank_pay<｜tool▁sep｜>${call}<｜tool▁call▁end｜><｜tool▁call▁begin｜>bank_balance<｜tool▁sep｜>{}<｜tool▁call▁end｜><｜tool▁calls▁end｜>`;

/** One call that needs consent and one that does not, as different providers and models write them. */
const answers: readonly { name: string; answer: LlmAnswer; results: object }[] = [
  {
    name: "Gemini, natively",
    answer: {
      candidates: [
        {
          content: {
            role: "model",
            parts: [
              { functionCall: { id: "g1", name: "bank_pay", args: payment }, thoughtSignature: "c2ln" },
              { functionCall: { id: "g2", name: "bank_balance", args: {} } },
            ],
          },
          finishReason: "STOP",
        },
      ],
    },
    results: {
      role: "user",
      parts: [
        { functionResponse: { id: "g1", name: "bank_pay", response: { output: '{"paid":5}' } } },
        { functionResponse: { id: "g2", name: "bank_balance", response: { output: "100" } } },
      ],
    },
  },
  {
    name: "Bedrock, natively",
    answer: {
      role: "assistant",
      content: [
        { toolUse: { toolUseId: "b1", name: "bank_pay", input: payment } },
        { toolUse: { toolUseId: "b2", name: "bank_balance", input: {} } },
      ],
    },
    results: {
      role: "user",
      content: [{ toolResult: { toolUseId: "b1" } }, { toolResult: { toolUseId: "b2" } }],
    },
  },
  {
    name: "DeepSeek, in text",
    answer: deepseek,
    results: { role: "user", content: expect.stringMatching(/100[^]*\{"paid":5\}|\{"paid":5\}[^]*100/) },
  },
  {
    name: "gpt-oss, in the text of a message",
    answer: {
      role: "assistant",
      content: `<|channel|>commentary to=functions.bank_pay <|constrain|>json<|message|>${call}<|call|><|start|>assistant<|channel|>commentary to=functions.bank_balance<|message|>{}<|call|>`,
    },
    results: { role: "user", content: expect.stringMatching(/100[^]*\{"paid":5\}|\{"paid":5\}[^]*100/) },
  },
];

const only = ([pending]: readonly PendingCall[]): PendingCall => {
  if (pending === undefined) throw new Error("nothing is pending");
  return structuredClone(pending);
};

function bank() {
  const { ran, toolDriver } = account();
  const held = consentDecorator(toolDriver, { ask: answering({ kind: "later" }) });
  return { ran, driver: new BaseDriver({ toolDriver: held }) };
}

test.each(answers)(
  "$name: a call that waits is resumed, and all are answered in the shape they came in",
  async ({ answer, results }) => {
    const { ran, driver } = bank();
    for (const process of [
      () => driver.processLlmResponse(answer),
      () => processWithDrivers([driver], answer),
    ]) {
      const response = await process();
      expect(response).toMatchObject({ messages: null, callExecuted: true, results: [{ result: 100 }] });
      const resumed = await driver.resume(only(response.pending), { kind: "approve" });
      expect(resumed).toMatchObject({ name: "bank_pay", outcome: "executed", result: { paid: 5 } });
      const messages = await toCompleteMessages(answer, [...response.results, resumed]);
      expect(messages).toHaveLength(2);
      expect(messages[1]).toMatchObject(results);
      expect(ran.splice(0)).toEqual([payment]);
    }
  },
);

test("while the text of a model streams, the driver signals its call", () => {
  const { driver } = bank();
  expect(driver.mightBeToolCall("I pay.")).toBe(false);
  expect(driver.mightBeToolCall(deepseek.slice(0, 12))).toBe(true);
  expect(driver.isCompleteToolCall(deepseek.slice(0, -40))).toBe(false);
  expect(driver.isCompleteToolCall(deepseek)).toBe(true);
});
