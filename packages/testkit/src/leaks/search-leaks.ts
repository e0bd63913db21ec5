import type { MCSToolDriver } from "@mcs/core";
import { findCanaries, type Sighting } from "./find-canary.ts";
import type { Surface } from "./evidence.ts";
import type { LeakScenario } from "./leak-scenario.ts";
import { runScenario, type ScenarioRun } from "./run-scenario.ts";
import type { Canary, SecretShape } from "./secret-shapes.ts";

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
  const search = createSearch(world.canaries());
  const leaks = evidence.surfaces.flatMap((surface) => {
    const sighting = search(evidence.textsOf(surface), streams.has(surface) ? "" : "\n");
    return sighting === undefined ? [] : [{ surface, ...sighting }];
  });
  if (reachesOtherHost || strayBytes === 0) return leaks;
  return [
    ...leaks,
    { surface: "other hosts", secret: "", extent: `${strayBytes} bytes of any kind`, how: "" },
  ];
}

/** What comes out in pieces, of which none needs to be a whole. */
const streams: ReadonlySet<Surface> = new Set(["stdout", "stderr"]);

/** Much comes out more than one way: each text is searched once, together with those that came with it. */
function createSearch(
  canaries: readonly Canary[],
): (texts: readonly string[], separator: string) => Sighting | undefined {
  const searched = new Map<string, Sighting | undefined>();
  const find = (text: string): Sighting | undefined => findCanaries(text, canaries)[0];
  return (texts, separator) => {
    const fresh = [...new Set(texts)].filter((text) => !searched.has(text));
    const found = find(fresh.join(separator));
    for (const text of fresh) searched.set(text, found && find(text));
    return found ?? texts.map((text) => searched.get(text)).find((sighting) => sighting !== undefined);
  };
}
