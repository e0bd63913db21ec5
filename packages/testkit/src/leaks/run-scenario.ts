import type { MCSToolDriver } from "@mcs/core";
import { Evidence } from "./evidence.ts";
import { exerciseDriver, lookAtError, type Outcome } from "./exercise-driver.ts";
import type { LeakScenario } from "./leak-scenario.ts";
import { createWorld, type RunningWorld } from "./leak-world.ts";
import { startOtherHost } from "./other-host.ts";
import type { SecretShape } from "./secret-shapes.ts";
import { watchErrors } from "./watch-errors.ts";
import { watchProcess } from "./watch-process.ts";

/** What came of a scenario in one world. */
export interface ScenarioRun {
  readonly evidence: Evidence;
  readonly world: RunningWorld;
  /** Of the first call. */
  readonly outcome: Outcome;
  /** Bytes that came to the host that nothing may come to. */
  readonly strayBytes: number;
}

/** In the environment of the process, where every driver could read it and none may show it or hand it to a child. */
const bystander = "MCS_TESTKIT_BYSTANDER";

/** What runs, or was the last to. */
let last: Promise<unknown> = Promise.resolve();

/** Runs a scenario once, in a world of its own. One waits for the other, because the whole process is watched. */
export function runScenario<Driver extends MCSToolDriver>(
  scenario: LeakScenario<Driver>,
  shape: SecretShape,
  more = 0,
): Promise<ScenarioRun> {
  const run = last.then(() => runAlone(scenario, shape, more));
  last = run.catch(() => undefined);
  return run;
}

async function runAlone<Driver extends MCSToolDriver>(
  scenario: LeakScenario<Driver>,
  shape: SecretShape,
  more: number,
): Promise<ScenarioRun> {
  const evidence = new Evidence();
  await using other = await startOtherHost();
  const world = createWorld(shape, more, evidence, other.port);
  const watch = await watchProcess(evidence);
  const errors = watchErrors();
  world.noise(watch.folder);
  process.env[bystander] = world.secret("bystander").replaceAll("\0", "");
  let outcome: Outcome;
  try {
    outcome = await exercise(scenario, world, evidence, errors);
    await world.end();
  } finally {
    delete process.env[bystander];
    errors.end();
    await watch.end();
  }
  const stray = other.takeReceived();
  evidence.add("other hosts", stray);
  return { evidence, world, outcome, strayBytes: stray.length };
}

async function exercise<Driver extends MCSToolDriver>(
  scenario: LeakScenario<Driver>,
  world: RunningWorld,
  evidence: Evidence,
  errors: ReturnType<typeof watchErrors>,
): Promise<Outcome> {
  let driver: Driver;
  try {
    driver = await scenario.create(world);
  } catch (error) {
    lookAtError(error, evidence, errors);
    return String(Reflect.get(Object(error), "code"));
  }
  const { also = [] } = scenario;
  // What the caller passes to `also` is this very driver.
  const uses = also.map((use) => () => use(driver));
  return exerciseDriver(driver, { ...scenario, also: uses }, evidence, errors);
}
