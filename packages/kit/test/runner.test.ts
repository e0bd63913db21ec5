import type { CallContext } from "@mcs/core";
import { describe, expect, test } from "vitest";
import { createRunner, type Model, type RunLimits } from "../src/runner.ts";
import {
  all,
  brief,
  chat,
  completion,
  doneOf,
  scripted,
  unanswered,
  workshop,
  type Line,
} from "./runner-world.ts";

describe("A run", () => {
  test("goes from what the user says to the model's answer", async () => {
    const { driver } = workshop();
    const model = scripted([["look", { n: 1 }]], "It is blue.");
    const events = await all(createRunner({ driver, model, system: "Be brief." }).run("Which colour?"));
    expect(brief(events)).toEqual([
      "answer 1",
      "call look",
      "progress",
      "result look executed",
      "text It is blue.",
      "answer 0",
      "done answered",
    ]);
    expect(events.at(-1)).toMatchObject({ text: "It is blue.", spent: { turns: 2, calls: 1 } });
    expect(model.requests[0]).toMatchObject({ messages: [{ role: "user", content: "Which colour?" }] });
    expect(model.requests[0]?.system).toMatch(/^Be brief\.\n\n./);
    expect(model.requests[0]?.tools).toHaveLength(3);
    const done = events.at(-1);
    expect(done?.type === "done" && chat(done.messages).map(({ role }) => role)).toEqual([
      "user",
      "assistant",
      "tool",
      "assistant",
    ]);
  });

  test("goes on from the messages of the last one", async () => {
    const { driver } = workshop();
    const model = scripted("One.", "Two.");
    const runner = createRunner({ driver, model });
    const { messages } = await doneOf(runner.run("First"));
    await doneOf(runner.run([...messages, { role: "user", content: "Second" }]));
    expect(chat(model.requests[1]?.messages ?? []).map(({ content }) => content)).toEqual([
      "First",
      "One.",
      "Second",
    ]);
  });

  test("runs reads that stand side by side at once, and writes in order", async () => {
    const { driver, log, running, release } = workshop(["look"]);
    const reads: Line = [
      ["look", { n: 1 }],
      ["look", { n: 2 }],
      ["paint", { n: 3 }],
      ["paint", { n: 4 }],
    ];
    const done = doneOf(createRunner({ driver, model: scripted(reads, "Done.") }).run("Go"));
    await expect.poll(running).toBe(2);
    expect(log).toEqual(["+look 1", "+look 2"]);
    release();
    await done;
    expect(log.slice(4)).toEqual(["+paint 3", "-paint 3", "+paint 4", "-paint 4"]);
  });

  test("loses no result to a call that fails beside it", async () => {
    const { driver } = workshop();
    const calls: Line = [
      ["look", { n: 1 }],
      ["fail", { n: 2 }],
      ["nothing", { n: 3 }],
      ["paint", { n: "four" }],
      ["paint", { n: 5 }],
    ];
    const events = await all(createRunner({ driver, model: scripted(calls, "Done.") }).run("Go"));
    expect(
      brief(events)
        .filter((line) => line.startsWith("result"))
        .toSorted(),
    ).toEqual([
      "result fail failed",
      "result look executed",
      "result nothing failed, not run",
      "result paint executed",
      "result paint failed, not run",
    ]);
    const done = events.at(-1);
    expect(done?.type === "done" && unanswered(done.messages)).toEqual([]);
  });

  test("takes the tools of several drivers", async () => {
    const { driver } = workshop();
    const other = workshop();
    const runner = createRunner({
      driver: [driver, other.driver],
      model: scripted([["paint", { n: 1 }]], "Done."),
    });
    expect(await doneOf(runner.run("Go"))).toMatchObject({ reason: "answered", spent: { calls: 1 } });
    expect(other.log).toEqual([]);
  });

  test("gives each call an idempotency key of its own", async () => {
    const { driver, contexts } = workshop();
    const twice: Line = [
      ["look", { n: 1 }],
      ["look", { n: 1 }],
    ];
    const context: CallContext = { idempotencyKey: "turn 7", principal: "alice" };
    await doneOf(createRunner({ driver, model: scripted(twice, twice, "Done.") }).run("Go", context));
    expect(new Set(contexts.map(({ idempotencyKey }) => idempotencyKey)).size).toBe(4);
    expect(
      contexts.every(
        ({ idempotencyKey, principal }) => idempotencyKey?.startsWith("turn 7/") && principal === "alice",
      ),
    ).toBe(true);
  });

  test("that has no driver is a conversation", async () => {
    const model = scripted("Hello.");
    expect(await doneOf(createRunner({ driver: [], model }).run("Hi"))).toMatchObject({ text: "Hello." });
    expect(model.requests[0]).not.toHaveProperty("tools");
  });

  test("tells who reads it that the model failed, and keeps the conversation", async () => {
    const { driver } = workshop();
    const broken = new Error("503");
    let turn = 0;
    const model: Model = () => {
      turn += 1;
      if (turn === 2) throw broken;
      return completion([["look", { n: 1 }]]);
    };
    const done = await doneOf(createRunner({ driver, model }).run("Go"));
    expect(done).toMatchObject({ reason: "failed", error: broken });
    expect(chat(done.messages).map(({ role }) => role)).toEqual(["user", "assistant", "tool"]);
  });
});

describe("A limit", () => {
  const look: Line = [["look", { n: 1 }]];
  const three: Line = [
    ["look", { n: 1 }],
    ["look", { n: 2 }],
    ["look", { n: 3 }],
  ];
  const fails: Line = [["fail", { n: 1 }]];

  test.each<{
    name: string;
    limits: RunLimits;
    lines: readonly Line[];
    turns: number;
    calls: number;
    tells: string;
  }>([
    {
      name: "turns",
      limits: { turns: 2 },
      lines: [look, look, "x"],
      turns: 2,
      calls: 1,
      tells: "2 answers in a row",
    },
    {
      name: "calls",
      limits: { calls: 2 },
      lines: [three, "Enough."],
      turns: 2,
      calls: 2,
      tells: "2 tool calls",
    },
    {
      name: "calls",
      limits: { calls: 2 },
      lines: [three, three, "x"],
      turns: 2,
      calls: 2,
      tells: "2 tool calls",
    },
    {
      name: "calls",
      limits: { calls: 0 },
      lines: [look, look, "x"],
      turns: 2,
      calls: 0,
      tells: "0 tool calls",
    },
    {
      name: "equalFailures",
      limits: {},
      lines: [fails, fails, fails, "Sorry."],
      turns: 4,
      calls: 3,
      tells: "failed 3 times",
    },
    {
      name: "equalFailures",
      limits: { equalFailures: 2 },
      lines: [[["look", {}]], [["look", {}]], "Sorry."],
      turns: 3,
      calls: 0,
      tells: "failed 2 times",
    },
    {
      name: "equalFailures",
      limits: { equalFailures: 2 },
      lines: [[["nothing", {}]], [["nothing", {}]], look, "x"],
      turns: 3,
      calls: 0,
      tells: "2 equal failures",
    },
    { name: "tokens", limits: { tokens: 1 }, lines: ["x"], turns: 0, calls: 0, tells: "" },
  ])(
    "of $name ends a run, and says so to the model: $tells",
    async ({ name, limits, lines, turns, calls, tells }) => {
      const { driver } = workshop();
      const model = scripted(...lines);
      const events = await all(createRunner({ driver, model, limits }).run("Go"));
      expect(brief(events).filter((line) => line.startsWith("limit"))).toEqual([`limit ${name}`]);
      const done = events.at(-1);
      expect(done).toMatchObject({ type: "done", reason: "limit", spent: { turns, calls } });
      expect(model.requests).toHaveLength(turns);
      const messages = done?.type === "done" ? chat(done.messages) : [];
      expect(unanswered(messages)).toEqual([]);
      expect(JSON.stringify(messages)).toContain(tells);
    },
  );

  test("of equal failures counts those without a success between", async () => {
    const { driver } = workshop();
    const model = scripted(fails, [["fail", { n: 2 }]], fails, look, fails, "Sorry.");
    expect(await doneOf(createRunner({ driver, model }).run("Go"))).toMatchObject({
      reason: "limit",
      spent: { calls: 5 },
    });
  });

  test("that is given as undefined is the default", async () => {
    const { driver } = workshop();
    let turns = 0;
    const model: Model = () => completion(look, ++turns);
    const limits = { turns: undefined } as unknown as RunLimits;
    expect((await doneOf(createRunner({ driver, model, limits }).run("Go"))).spent.turns).toBe(25);
  });

  test.each([
    { turns: NaN },
    { calls: "100" },
    { seconds: NaN },
    { equalFailures: {} },
  ] as unknown as RunLimits[])("that is no number is refused: %o", (limits) => {
    expect(() => createRunner({ driver: [], model: scripted(), limits })).toThrow(
      expect.objectContaining({ code: "MCS_INVALID_CONFIG" }),
    );
  });

  test("of tokens counts what the API says", async () => {
    const { driver } = workshop();
    let turns = 0;
    const usage = { prompt_tokens: 40, completion_tokens: 10 };
    const model: Model = () => ({ ...completion(look, ++turns), usage });
    const done = await doneOf(createRunner({ driver, model, limits: { tokens: 5_000 } }).run("Go"));
    expect(done.reason).toBe("limit");
    expect(done.spent.tokens).toBe(50 * turns);
    expect(done.spent.tokens).toBeLessThanOrEqual(5_000);
    expect(unanswered(done.messages)).toEqual([]);
  });

  test.each<{ name: string; model: Model; hold: string[] }>([
    { name: "a model that hangs", model: () => new Promise(() => {}), hold: [] },
    { name: "a call that hangs", model: scripted(look, "x"), hold: ["look"] },
  ])("of seconds ends $name", async ({ model, hold }) => {
    const { driver, running } = workshop(hold);
    const events = await all(createRunner({ driver, model, limits: { seconds: 0.05 } }).run("Go"));
    expect(brief(events).slice(-2)).toEqual(["limit seconds", "done limit"]);
    const done = events.at(-1);
    expect(done?.type === "done" && unanswered(done.messages)).toEqual([]);
    expect(running()).toBe(0);
  });
});
