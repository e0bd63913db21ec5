import { describe, expect, test } from "vitest";
import { createRunner, type Model, type RunEvent } from "../src/runner.ts";
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

const batch: Line = [
  ["look", { n: 1 }],
  ["look", { n: 2 }],
  ["paint", { n: 3 }],
  ["fail", { n: 4 }],
];

/** Pieces of a stream, one after the other. */
async function* pieces(...texts: readonly string[]): AsyncGenerator<string> {
  yield* texts;
}

const talking: Model = ({ messages }) =>
  messages.length < 6 ? completion(batch, messages.length) : pieces("Once ", "upon ", "a time.");

describe("Cancelling", () => {
  test("after any event ends the run cleanly", async () => {
    const whole = await all(createRunner({ driver: workshop().driver, model: talking }).run("Go"));
    expect(whole.length).toBeGreaterThan(12);
    for (let stopAt = 0; stopAt < whole.length - 1; stopAt += 1) {
      const { driver, running } = workshop();
      const controller = new AbortController();
      const events: RunEvent[] = [];
      for await (const event of createRunner({ driver, model: talking }).run("Go", {
        signal: controller.signal,
      })) {
        if (events.push(event) - 1 === stopAt) controller.abort();
      }
      const done = events.at(-1);
      expect(events.filter(({ type }) => type === "done")).toHaveLength(1);
      expect(done).toMatchObject({ type: "done" });
      expect(done?.type === "done" && ["aborted", "answered"].includes(done.reason)).toBe(true);
      expect(done?.type === "done" && unanswered(done.messages)).toEqual([]);
      expect(running()).toBe(0);
    }
  });

  test("before it begins asks nobody", async () => {
    const model = scripted("x");
    const done = await doneOf(createRunner({ driver: [], model }).run("Go", { signal: AbortSignal.abort() }));
    expect(done).toMatchObject({ reason: "aborted", messages: [{ role: "user", content: "Go" }] });
    expect(model.requests).toEqual([]);
  });

  test("ends the calls that run, answers those that did not begin, and is seen by the model's client", async () => {
    const { driver, running, log } = workshop(["look"]);
    const controller = new AbortController();
    const done = doneOf(
      createRunner({ driver, model: scripted(batch) }).run("Go", { signal: controller.signal }),
    );
    await expect.poll(running).toBe(2);
    controller.abort();
    const { reason, messages } = await done;
    expect(reason).toBe("aborted");
    expect(chat(messages).filter(({ content }) => String(content).includes("MCS_ABORTED"))).toHaveLength(4);
    expect(log.toSorted()).toEqual(["+look 1", "+look 2", "-look 1", "-look 2"]);
  });

  test("says of calls that did not begin that nothing was done", async () => {
    const { driver, running } = workshop(["look"]);
    const controller = new AbortController();
    const model = scripted([
      ["look", { n: 1 }],
      ["paint", { n: 2 }],
    ]);
    const events = all(createRunner({ driver, model }).run("Go", { signal: controller.signal }));
    await expect.poll(running).toBe(1);
    controller.abort();
    const paint = (await events).find((event) => event.type === "result" && event.name === "paint");
    expect(paint).toMatchObject({ ran: false, failure: { code: "MCS_ABORTED", effect: "none" } });
  });

  test.each<{ name: string; model: (said: () => void) => Model }>([
    { name: "that never answers", model: (said) => () => new Promise(() => said()) },
    {
      name: "that falls silent",
      model: (said) =>
        async function* () {
          yield "Once ";
          said();
          await new Promise(() => {});
        },
    },
  ])("does not wait for a model $name", async ({ model }) => {
    const controller = new AbortController();
    const run = createRunner({ driver: [], model: model(() => controller.abort()) });
    const done = await doneOf(run.run("Go", { signal: controller.signal }));
    expect(done).toMatchObject({ reason: "aborted", messages: [{ role: "user" }] });
  });

  test("is no answer, where a client ends its stream as if nothing had happened", async () => {
    const controller = new AbortController();
    const model: Model = async function* () {
      yield "Half an ";
      controller.abort();
    };
    const done = await doneOf(createRunner({ driver: [], model }).run("Go", { signal: controller.signal }));
    expect(done).toMatchObject({ reason: "aborted", text: "Half an" });
    expect(done.messages).toHaveLength(1);
  });
});

describe("Leaving the loop", () => {
  test("ends the calls that run", async () => {
    const { driver, running, log } = workshop(["look"]);
    for await (const event of createRunner({ driver, model: scripted(batch) }).run("Go")) {
      if (event.type === "call") break;
    }
    expect(running()).toBe(0);
    expect(log).not.toContain("+paint 3");
  });

  test("ends the model's stream", async () => {
    let isClosed = false;
    const model: Model = async function* ({ signal }) {
      try {
        yield "Once ";
        yield "upon ";
        yield "a time";
      } finally {
        isClosed = true;
        expect(signal).toBeInstanceOf(AbortSignal);
      }
    };
    for await (const event of createRunner({ driver: [], model }).run("Go")) if (event.type === "text") break;
    await expect.poll(() => isClosed).toBe(true);
  });
});

test("Runs at once do not affect each other", async () => {
  const { driver } = workshop();
  const runner = createRunner({
    driver,
    model: ({ messages }) =>
      messages.length < 5 ? completion([["look", { n: messages.length }]]) : completion("Done."),
  });
  const runs = await Promise.all(Array.from({ length: 5 }, (_, index) => all(runner.run(`Run ${index}`))));
  const first = brief(runs[0] ?? []);
  expect(runs.map((events) => brief(events))).toEqual(runs.map(() => first));
});
