import { describe, expect, test } from "vitest";
import { createRunner, type Model } from "../src/runner.ts";
import { all, brief, completion, doneOf, workshop } from "./runner-world.ts";

/** Events of an API, as its client gives them. */
async function* stream(events: readonly (object | string)[]): AsyncGenerator<object | string> {
  yield* events;
}

const chunk = (delta: object, reason: string | null = null): object => ({
  object: "chat.completion.chunk",
  choices: [{ index: 0, delta, finish_reason: reason }],
});

const openai: readonly (readonly object[])[] = [
  [
    chunk({ role: "assistant", content: "I look." }),
    chunk({
      tool_calls: [{ index: 0, id: "a", type: "function", function: { name: "look", arguments: '{"n"' } }],
    }),
    chunk({ tool_calls: [{ index: 0, function: { arguments: ":1}" } }] }),
    chunk({}, "tool_calls"),
  ],
  [
    chunk({ content: "Bl" }),
    chunk({ content: "ue." }),
    chunk({}, "stop"),
    { choices: [], usage: usage(7, 3) },
  ],
];

function usage(read: number, written: number): object {
  return { prompt_tokens: read, completion_tokens: written, total_tokens: read + written };
}

const block = (index: number, content: object, ...deltas: readonly object[]): object[] => [
  { type: "content_block_start", index, content_block: content },
  ...deltas.map((delta) => ({ type: "content_block_delta", index, delta })),
  { type: "content_block_stop", index },
];

const anthropic: readonly (readonly object[])[] = [
  [
    {
      type: "message_start",
      message: { type: "message", role: "assistant", content: [], usage: { input_tokens: 5 } },
    },
    ...block(0, { type: "text", text: "" }, { type: "text_delta", text: "I look." }),
    ...block(
      1,
      { type: "tool_use", id: "a", name: "look", input: {} },
      { type: "input_json_delta", partial_json: '{"n":1}' },
    ),
    { type: "message_delta", delta: { stop_reason: "tool_use" }, usage: { output_tokens: 2 } },
  ],
  [
    {
      type: "message_start",
      message: { type: "message", role: "assistant", content: [], usage: { input_tokens: 9 } },
    },
    ...block(0, { type: "text", text: "" }, { type: "text_delta", text: "Blue." }),
    { type: "message_delta", delta: { stop_reason: "end_turn" }, usage: { output_tokens: 1 } },
  ],
];

const whole: readonly object[] = [completion([["look", { n: 1 }]]), completion("Blue.")];
const text = ['I look. {"tool": "look", "arg', 'uments": {"n": 1}}'];

/** Answers one after the other. */
const after = <T>(answers: readonly T[], give: (answer: T) => ReturnType<Model>): Model => {
  let turn = 0;
  return () => give(answers[turn++] as T);
};

const spent = async (model: Model): Promise<number> =>
  (await doneOf(createRunner({ driver: [], model }).run("Go"))).spent.tokens;

describe("A model may answer", () => {
  test.each<{ name: string; model: Model; format?: string; words: string }>([
    { name: "with events of OpenAI", model: after(openai, stream), words: "I look.Blue." },
    {
      name: "with events of Anthropic",
      model: after(anthropic, stream),
      format: "openai",
      words: "I look.Blue.",
    },
    {
      name: "with a promise of events",
      model: after(openai, async (events) => stream(events)),
      words: "I look.Blue.",
    },
    { name: "with whole messages", model: after(whole, (answer) => answer), words: "Blue." },
    { name: "with a promise of them", model: after(whole, async (answer) => answer), words: "Blue." },
    {
      name: "with pieces of text",
      model: after([text, ["Bl", "ue."]], stream),
      format: "text",
      words: "I look.Blue.",
    },
    {
      name: "with whole texts",
      model: after([text.join(""), "Blue."], (answer) => answer),
      format: "text",
      words: "I look.Blue.",
    },
    {
      name: "with words to show and then the message",
      model: after([...whole], async function* (answer) {
        yield "I say. ";
        return answer;
      }),
      words: "I say.I say.",
    },
  ])("$name", async ({ model, format = "openai", words }) => {
    const { driver, log } = workshop();
    const events = await all(createRunner({ driver, model, format }).run("Go"));
    expect(log).toEqual(["+look 1", "-look 1"]);
    expect(events.flatMap((event) => (event.type === "text" ? event.text : [])).join("")).toBe(words);
    expect(brief(events).at(-1)).toBe("done answered");
  });

  test("and says what it cost, else that is estimated", async () => {
    expect(await spent(() => stream(openai[1] ?? []))).toBe(10);
    expect(await spent(() => stream(anthropic[1] ?? []))).toBe(10);
    expect(await spent(() => ({ ...completion("x"), usage: usage(3, 4) }))).toBe(7);
    expect(
      await spent(() => ({
        candidates: [{ content: { parts: [{ text: "x" }] } }],
        usageMetadata: { promptTokenCount: 3 },
      })),
    ).toBe(3);
    expect(await spent(() => completion("x"))).toBeGreaterThan(10);
  });
});

test.each([undefined, null, 5])("A model that gives %s ends the run: that is no answer", async (given) => {
  const model = (() => given) as unknown as Model;
  const done = await doneOf(createRunner({ driver: [], model }).run("Go"));
  expect(done).toMatchObject({ reason: "failed", error: { code: "MCS_INVALID_CONFIG" } });
  expect(done.messages).toEqual([{ role: "user", content: "Go" }]);
});

const busy = { error: { message: "Overloaded." } };

test.each<{ how: string; model: Model }>([
  { how: "gives", model: () => busy },
  { how: "promises", model: async () => busy },
  {
    how: "returns after words",
    model: async function* () {
      yield "I say.";
      return busy;
    },
  },
])("A model that $how an error in place of an answer fails the run", async ({ model }) => {
  const done = await doneOf(createRunner({ driver: [], model }).run("Go"));
  expect(done).toMatchObject({ reason: "failed", error: { code: "MCS_INVALID_CONFIG" } });
  expect(done.messages).toEqual([{ role: "user", content: "Go" }]);
});

test("A message with an error beside it is an answer", async () => {
  const answer = { ...completion("Blue."), error: { message: "Usage could not be counted." } };
  const done = await doneOf(createRunner({ driver: [], model: () => answer, format: "openai" }).run("Go"));
  expect(done).toMatchObject({ reason: "answered", text: "Blue." });
});

test("A model without native tools gets them as text, and is answered in text", async () => {
  const { driver } = workshop();
  const requests: { system: string; messages: unknown[]; tools?: unknown }[] = [];
  const model: Model = (request) => {
    requests.push(request);
    return requests.length === 1 ? text.join("") : "Blue.";
  };
  await doneOf(createRunner({ driver, model, modelName: "gemma-2-9b" }).run("Go"));
  expect(requests[0]?.system).toContain("look");
  expect(requests[0]).not.toHaveProperty("tools");
  expect(requests[1]?.messages).toMatchObject([{ role: "user" }, { role: "assistant" }, { role: "user" }]);
});

test("No character of a call in text is shown, however the answer is cut into pieces", async () => {
  const answer = 'Let me look. <tool_call>{"name": "look", "arguments": {"n": 1}}</tool_call>';
  for (const size of [1, 2, 3, 7, 20]) {
    const { driver, log } = workshop();
    let turn = 0;
    const model: Model = async function* () {
      turn += 1;
      if (turn > 1) return;
      for (let at = 0; at < answer.length; at += size) yield answer.slice(at, at + size);
    };
    const events = await all(createRunner({ driver, model, format: "text" }).run("Go"));
    expect(events.flatMap((event) => (event.type === "text" ? event.text : [])).join("")).toBe(
      "Let me look.",
    );
    expect(log).toContain("-look 1");
  }
});
