import { BaseDriver, createToolDriver, defineTool } from "@mcs/kit";
import { sealCredential } from "@mcs/kit/config";
import { leakSuite, twoWorlds, type LeakScenario, type LeakWorld } from "@mcs/testkit/leaks";
import * as z from "zod";
import { Orchestrator } from "../src/index.ts";

/** A driver that repeats its token wherever it can. */
function talkative(world: LeakWorld, name: string): BaseDriver {
  const token = world.secret(name);
  const secret = sealCredential(token, name);
  const tool = (called: string, execute: () => unknown) =>
    defineTool({ name: called, description: `Use ${token}.`, parameters: z.strictObject({}), execute });
  const toolDriver = createToolDriver(
    {
      meta: {
        id: "5d1f0d0c-61f4-44a1-8a8e-1c7a7be0a003",
        name: "Talkative",
        version: "1.0.0",
        bindings: [{ capability: "talk", adapter: "*", specFormat: "Custom" }],
      },
      tools: [
        tool("talk", () => ({ token, again: [encodeURIComponent(token)] })),
        tool("fail", () => {
          throw Object.assign(new Error(`401 for ${token}`), { token });
        }),
      ],
      secrets: () => [secret],
      abilities: { healthcheck: async () => ({ status: "ERROR", detail: `${token} expired` }) },
    },
    world.ports,
  );
  return new BaseDriver({ toolDriver });
}

const calls = (...names: string[]): LeakScenario["calls"] => names.map((tool) => ({ tool, args: {} }));

const scenarios: readonly LeakScenario<Orchestrator>[] = [
  {
    name: "an orchestrator of one",
    ends: "executed",
    create: (world) => new Orchestrator({ drivers: { one: talkative(world, "one") } }, world.ports),
    calls: calls("talk", "fail"),
  },
  {
    name: "an orchestrator of two",
    ends: "executed",
    create: (world) =>
      new Orchestrator(
        { drivers: { one: talkative(world, "one"), two: talkative(world, "two") } },
        world.ports,
      ),
    calls: calls("one__talk", "two__fail"),
    also: [
      (driver) => driver.healthcheck(),
      (driver) => driver.labels(),
      async (driver) => driver.execute(await driver.parse('{"tool": "two__talk", "arguments": {}}')),
    ],
  },
  {
    name: "an orchestrator within an orchestrator, which asks",
    ends: "MCS_CONSENT_PENDING",
    create(world) {
      const inner = new Orchestrator({
        drivers: { one: talkative(world, "one"), two: talkative(world, "two") },
      });
      const outer = new Orchestrator({ drivers: { inner, three: talkative(world, "three") } }, world.ports);
      outer.onConsent(() => ({ kind: "later" }));
      return outer;
    },
    calls: calls("inner__one__talk", "three__fail"),
  },
];

leakSuite("an orchestrator", { scenarios, channels: 130 });
twoWorlds("an orchestrator", { scenarios });
