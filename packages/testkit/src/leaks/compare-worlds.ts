import type { MCSToolDriver } from "@mcs/core";
import type { Surface } from "./evidence.ts";
import type { LeakScenario } from "./leak-scenario.ts";
import { runScenario, type ScenarioRun } from "./run-scenario.ts";
import type { SecretShape } from "./secret-shapes.ts";

/** A way out by which one can tell two secrets apart. */
export interface Difference {
  readonly surface: Surface;
  /** Around the first character that differs. */
  readonly one: string;
  readonly other: string;
}

const shown = 60;

/**
 * Runs a scenario with two sets of secrets and compares all that came out, character by character, but for what the
 * scenario declared to be noise.
 *
 * @param more - Characters that the second set is longer.
 */
export async function compareWorlds<Driver extends MCSToolDriver>(
  scenario: LeakScenario<Driver>,
  shape: SecretShape = "plain",
  more = 0,
): Promise<readonly Difference[]> {
  const runs: ScenarioRun[] = [];
  // In one line of code, because stack traces tell it.
  for (const length of [0, more]) runs.push(await runScenario(scenario, shape, length));
  const [one, other] = runs as [ScenarioRun, ScenarioRun];
  const surfaces = new Set([...one.evidence.surfaces, ...other.evidence.surfaces]);
  return [...surfaces].flatMap((surface) => compare(surface, readIn(one, surface), readIn(other, surface)));
}

function readIn({ evidence, world }: ScenarioRun, surface: Surface): string {
  return world.withoutNoise(evidence.textsOf(surface).join("\n"));
}

function compare(surface: Surface, one: string, other: string): Difference[] {
  if (one === other) return [];
  let at = 0;
  while (one[at] === other[at]) at += 1;
  const start = Math.max(0, at - shown);
  return [{ surface, one: one.slice(start, at + shown), other: other.slice(start, at + shown) }];
}
