import type { ConsentAnswer } from "@mcs/core";
import { describe, expect, test } from "vitest";
import { createRunner, type PausedRun } from "../src/runner.ts";
import {
  all,
  Asking,
  brief,
  chat,
  doneOf,
  scripted,
  unanswered,
  workshop,
  type Line,
} from "./runner-world.ts";

const mixed: Line = [
  ["look", { n: 1 }],
  ["paint", { n: 2 }],
  ["paint", { n: 3 }],
];

/** A run that waits for two answers; `paused` has been stored as JSON. */
async function waiting(...lines: readonly Line[]) {
  const { driver, log } = workshop();
  const model = scripted(mixed, ...lines);
  const runner = createRunner({ driver: new Asking(driver, () => ({ kind: "later" })), model });
  const events = await all(runner.run("Paint"));
  const done = events.at(-1);
  if (done?.type !== "done" || done.paused === undefined) throw new Error("The run should wait.");
  return { runner, model, log, events, paused: JSON.parse(JSON.stringify(done.paused)) as PausedRun };
}

const answersTo = (
  { pending }: PausedRun,
  ...answers: readonly ConsentAnswer[]
): Record<string, ConsentAnswer> =>
  Object.fromEntries(
    pending.slice(0, answers.length).map(({ consentId }, index) => [consentId, answers[index]]),
  ) as Record<string, ConsentAnswer>;

const approve: ConsentAnswer = { kind: "approve" };

describe("A call that waits for consent", () => {
  test("pauses the run", async () => {
    const { events, log, paused } = await waiting();
    expect(brief(events).slice(-3)).toEqual(["pending paint", "pending paint", "done pending"]);
    expect(log.filter((line) => line.startsWith("+"))).toEqual(["+look 1"]);
    expect(paused.messages).toEqual([{ role: "user", content: "Paint" }]);
  });

  test("is finished by its answer, and the run goes on with every result in order", async () => {
    const { runner, model, log, paused } = await waiting("Done.");
    const answers = answersTo(paused, approve, { kind: "deny", reason: "too red" });
    const events = await all(runner.resume(paused, answers));
    expect(brief(events)).toEqual([
      "call paint",
      "result paint executed",
      "result paint denied, not run",
      "text Done.",
      "answer 0",
      "done answered",
    ]);
    expect(log).toContain("-paint 2");
    const messages = chat(model.requests[1]?.messages ?? []);
    expect(unanswered(messages)).toEqual([]);
    expect(messages.slice(2).map(({ content }) => /look|paint|MCS_\w+/.exec(String(content))?.[0])).toEqual([
      "look",
      "paint",
      "MCS_CONSENT_DENIED",
    ]);
    expect(events.at(-1)).toMatchObject({ spent: { turns: 2, calls: 4 } });
  });

  test("goes on waiting without an answer, and with `later`", async () => {
    const { runner, paused } = await waiting("Done.");
    const first = await doneOf(runner.resume(paused, answersTo(paused, approve)));
    expect(first).toMatchObject({
      reason: "pending",
      paused: { pending: [{ call: { arguments: { n: 3 } } }] },
    });
    const again = first.paused ?? paused;
    const second = await doneOf(runner.resume(again, answersTo(again, { kind: "later" })));
    expect(second.reason).toBe("pending");
    const last = second.paused ?? paused;
    expect(await doneOf(runner.resume(last, answersTo(last, approve)))).toMatchObject({ reason: "answered" });
  });

  test("is not run twice by resuming twice", async () => {
    const { runner, log, paused } = await waiting("Done.", "Done.");
    const answers = answersTo(paused, approve, approve);
    await doneOf(runner.resume(paused, answers));
    await doneOf(runner.resume(paused, answers));
    expect(log.filter((line) => line === "+paint 2")).toHaveLength(1);
  });

  test("goes on waiting where the caller cancels", async () => {
    const { runner, log, paused } = await waiting();
    const signal = AbortSignal.abort();
    const done = await doneOf(runner.resume(paused, answersTo(paused, approve, approve), { signal }));
    expect(done).toMatchObject({ reason: "aborted" });
    expect(done.messages).toEqual(paused.messages);
    expect(log).not.toContain("+paint 2");
  });

  test("of a driver that is gone fails", async () => {
    const { paused } = await waiting();
    const runner = createRunner({ driver: workshop().driver, model: scripted("Oh.") });
    const events = await all(runner.resume(paused, answersTo(paused, approve, approve)));
    expect(brief(events).filter((line) => line.startsWith("result"))).toEqual([
      "result paint failed",
      "result paint failed",
    ]);
    expect(events.at(-1)).toMatchObject({ reason: "answered", text: "Oh." });
  });
});
