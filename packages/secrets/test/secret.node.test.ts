import { Secret } from "@mcs/secrets";
import { inspect } from "node:util";
import { serialize } from "node:v8";
import { MessageChannel } from "node:worker_threads";
import { describe, expect, test } from "vitest";

const canary = "canary-7f3a9c51d2";

describe("A sealed value, inspected by Node,", () => {
  test.each([
    { name: "as it prints it", options: {} },
    { name: "with everything hidden", options: { showHidden: true, depth: 9 } },
  ])("shows its label and not its value $name", ({ options }) => {
    const shown = inspect({ secret: new Secret(canary, "token of bearerAuth") }, options);
    expect(shown).toContain("token of bearerAuth");
    expect(shown).not.toContain(canary);
  });

  test("hides its value though its own way of printing is passed over, and in all that it is made of", () => {
    const secret = new Secret(canary, "token");
    const seen = [inspect(secret, { showHidden: true, customInspect: false, getters: true, depth: 9 })];
    for (
      let object: unknown = secret;
      typeof object === "object" && object !== null;
      object = Object.getPrototypeOf(object)
    ) {
      for (const key of Reflect.ownKeys(object)) seen.push(inspect(Reflect.get(object, key, secret)));
    }
    expect(seen.length).toBeGreaterThan(9);
    expect(seen.join("\n")).not.toContain(canary);
  });

  test.each<{ name: string; send: (secret: Secret) => void }>([
    { name: "v8.serialize", send: serialize },
    {
      name: "postMessage",
      send(secret) {
        const { port1 } = new MessageChannel();
        try {
          port1.postMessage({ secret });
        } finally {
          port1.close();
        }
      },
    },
  ])("refuses $name", ({ send }) => {
    expect(() => send(new Secret(canary, "token"))).toThrow(/could not be cloned/);
  });
});
