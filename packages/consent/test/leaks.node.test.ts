import { createToolDriver, defineTool } from "@mcs/kit";
import { sealCredential } from "@mcs/kit/config";
import { leakSuite, twoWorlds, type LeakScenario, type LeakWorld } from "@mcs/testkit/leaks";
import * as z from "zod";
import { consentDecorator } from "../src/index.ts";
import { answering } from "./fixture.ts";

/** A bank that repeats its token wherever it can, in what it gives and in how it fails. */
function talkativeBank(world: LeakWorld) {
  const token = world.secret("token");
  const secret = sealCredential(token, "bank");
  const pay = defineTool({
    name: "bank_pay",
    description: `Pay with ${token}.`,
    parameters: z.strictObject({ to: z.string() }),
    execute({ to }, { onProgress }) {
      onProgress?.({ message: `paying with ${token}` });
      if (to === "nobody") throw Object.assign(new Error(`403 for ${token}`), { token });
      return { to, receipt: [token, Buffer.from(`:${token}`).toString("base64")] };
    },
  });
  return createToolDriver(
    {
      meta: {
        id: "7c9d1d4e-9f52-4d4c-8a8f-7b5f0b1b6a12",
        name: "Bank",
        version: "1.0.0",
        bindings: [{ capability: "bank", adapter: "*", specFormat: "Custom" }],
      },
      tools: [pay],
      secrets: () => [secret],
      abilities: {
        healthcheck: async () => ({ status: "WARNING", detail: `${token} expires` }),
        getStatus: async () => ({ token }),
      },
    },
    world.ports,
  );
}

type Behind = Parameters<typeof consentDecorator>[1];
const behind = (
  name: string,
  ends: LeakScenario["ends"],
  options: (world: LeakWorld) => Behind,
  to = "Ada",
): LeakScenario => ({
  name,
  ends,
  create: (world) => consentDecorator(talkativeBank(world), options(world), world.ports),
  calls: [{ tool: "bank_pay", args: { to } }],
});

const scenarios: readonly LeakScenario[] = [
  behind("consent that is given", "executed", () => ({ ask: answering({ kind: "approve" }) })),
  behind(
    "consent that is given to a call that fails",
    "MCS_DRIVER_FAULT",
    () => ({ ask: answering({ kind: "approve" }) }),
    "nobody",
  ),
  behind("consent that is put off", "MCS_CONSENT_PENDING", () => ({ ask: answering({ kind: "later" }) })),
  behind("consent that is denied", "MCS_CONSENT_DENIED", () => ({
    ask: answering({ kind: "deny", reason: "no" }),
  })),
  behind("consent that nobody gives", "MCS_CONSENT_UNAVAILABLE", () => ({})),
  behind("a person who is asked and writes down what is shown", "executed", ({ ports }) => ({
    ask(pending) {
      ports.logger.info("asked", { pending });
      return { kind: "approve" };
    },
  })),
];

leakSuite("a driver behind consent", { scenarios, channels: 250 });
twoWorlds("a driver behind consent", { scenarios });
