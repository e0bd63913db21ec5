import type { MCSToolDriver } from "@mcs/core";
import { findCanaries, type Sighting } from "./find-canary.ts";
import type { Surface } from "./evidence.ts";
import type { LeakScenario } from "./leak-scenario.ts";
import { runScenario, type ScenarioRun } from "./run-scenario.ts";
import type { SecretShape } from "./secret-shapes.ts";

/** A secret, or part of one, that came out. */
export interface Leak extends Sighting {
  readonly surface: Surface;
}

/** What a search found, and where it looked. */
export interface LeakSearch {
  readonly surfaces: readonly Surface[];
  readonly leaks: readonly Leak[];
  /** Of the scenario's first call: `executed`, or the code it failed with. */
  readonly outcome: string;
}

/** Runs a scenario and searches everything that came out of the driver. */
export async function searchLeaks<Driver extends MCSToolDriver>(
  scenario: LeakScenario<Driver>,
  shape: SecretShape = "plain",
): Promise<LeakSearch> {
  const run = await runScenario(scenario, shape);
  const { evidence, outcome } = run;
  return { surfaces: evidence.surfaces, leaks: leaksOf(run, scenario), outcome };
}

function leaksOf<Driver extends MCSToolDriver>(
  { evidence, world, strayBytes }: ScenarioRun,
  { reachesOtherHost = false }: LeakScenario<Driver>,
): Leak[] {
  const canaries = world.canaries();
  const leaks = evidence.surfaces.flatMap((surface) => {
    // Much comes out more than once, and is searched once.
    const text = [...new Set(evidence.textsOf(surface))].join("\n");
    const [sighting] = findCanaries(text, canaries);
    return sighting === undefined ? [] : [{ surface, ...sighting }];
  });
  if (reachesOtherHost || strayBytes === 0) return leaks;
  return [
    ...leaks,
    { surface: "other hosts", secret: "", extent: `${strayBytes} bytes of any kind`, how: "" },
  ];
}
