import { expect, test } from "vitest";
import { faultsOf, killAtRandom, type Story } from "./crash/scenario.ts";

const kills = 30;

test(
  `${kills} processes that are killed at random points double no effect, and say of none that it was done if it was not`,
  { timeout: 120_000 },
  async () => {
    const stories: Story[] = [];
    for await (const story of killAtRandom(1, kills)) stories.push(story);
    const faulty = stories
      .map((story) => ({ story, faults: faultsOf(story) }))
      .filter(({ faults }) => faults.length > 0);
    expect(faulty).toEqual([]);
    const points = stories.flatMap((story) => story.kills);
    expect(points.length).toBeGreaterThanOrEqual(kills);
    expect(new Set(points.map(({ at }) => at))).toEqual(new Set(["time", "server", "store"]));
    expect(new Set(stories.map(({ kind }) => kind))).toEqual(new Set(["probed", "keyed", "blind"]));
  },
);

test("without the ledger the same kills double effects", { timeout: 120_000 }, async () => {
  const faults: string[] = [];
  for await (const story of killAtRandom(1, 10, false)) faults.push(...faultsOf(story));
  expect(faults.join()).toMatch(/the effect was made \d times/);
});
