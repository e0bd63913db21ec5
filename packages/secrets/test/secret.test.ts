import { isSecret, Secret } from "@mcs/secrets";
import { openSecret } from "@mcs/secrets/open";
import { describe, expect, test } from "vitest";

const canary = "canary-7f3a9c51d2";

describe("A sealed value", () => {
  test("opens through the open entry point only", async () => {
    expect(openSecret(new Secret(canary, "token"))).toBe(canary);
    expect(Object.keys(await import("@mcs/secrets")).toSorted()).toEqual([
      "Secret",
      "createScrubber",
      "isSecret",
    ]);
  });

  test.each<{ name: string; show: (secret: Secret) => unknown }>([
    { name: "String()", show: String },
    { name: "a template", show: (secret) => `<${secret as unknown as string}>` },
    { name: "a list that is joined", show: (secret) => [secret].join() },
    { name: "JSON", show: (secret) => JSON.stringify({ secret }) },
    { name: "JSON of a spread", show: (secret) => JSON.stringify(Object.assign({}, secret)) },
    {
      name: "the property list",
      show: (secret) =>
        Reflect.ownKeys(secret)
          .map((key) => String(Reflect.get(secret, key)))
          .join(),
    },
  ])("shows its label and not its value in $name", ({ show }) => {
    const shown = String(show(new Secret(canary, "token of bearerAuth")));
    expect(shown).toContain("token of bearerAuth");
    expect(shown).not.toContain(canary);
  });

  test("hides its value from every walk over properties and prototypes", () => {
    const secret = new Secret(canary, "token");
    const seen: string[] = [];
    for (
      let object: unknown = secret;
      typeof object === "object" && object !== null;
      object = Object.getPrototypeOf(object)
    ) {
      for (const key of Reflect.ownKeys(object)) {
        const item: unknown = Reflect.get(object, key, secret);
        const callable = typeof item === "function" && /^to|inspect/.test(String(key));
        seen.push(String(key), String(item), callable ? String(Reflect.apply(item, secret, [])) : "");
      }
    }
    expect(seen.length).toBeGreaterThan(9);
    expect(seen.join("\n")).not.toContain(canary);
  });

  test("refuses to be cloned, in a container too", () => {
    expect(() => structuredClone(new Secret(canary))).toThrow(
      expect.objectContaining({ name: "DataCloneError" }),
    );
    expect(() => structuredClone(Object.assign({}, new Secret(canary)))).toThrow(
      expect.objectContaining({ name: "DataCloneError" }),
    );
  });

  test.each<{ name: string; use: (secret: never) => unknown }>([
    { name: "added to", use: (secret) => "Bearer " + secret },
    { name: "compared with a text", use: (secret) => (secret as unknown) == canary },
    { name: "a number", use: Number },
    { name: "calculated with", use: (secret) => +secret },
    { name: "ordered", use: (secret) => (secret as string) < canary },
    { name: "a date", use: (secret) => new Date(secret) },
  ])("refuses to be $name", ({ use }) => {
    const secret = new Secret(canary, "token") as never;
    expect(() => use(secret)).toThrow(TypeError);
    expect(() => use(secret)).not.toThrow(canary);
  });

  test("must be made of a text", () => {
    expect(() => new Secret(undefined as never, "token")).toThrow(
      expect.objectContaining({ code: "MCS_INVALID_CONFIG" }),
    );
  });

  test("cannot be opened by a subclass", () => {
    class Opener extends Secret {
      read(): string {
        return JSON.stringify([this, Object.assign({}, this), Object.values(this)]);
      }
    }
    expect(new Opener(canary, "token").read()).not.toContain(canary);
  });

  test("drops a label that contains the value, and keeps only plain characters of any other", () => {
    expect(String(new Secret(canary, `token ${canary}`))).toBe("[secret]");
    expect(String(new Secret(canary, 'a"b\r\n<c>'))).toBe("[secret a_b_c_]");
  });

  test("cannot be changed", () => {
    expect(Object.isFrozen(new Secret(canary))).toBe(true);
  });
});

describe("Two installed copies of the package", () => {
  const foreign = { [Symbol.for("mcs.secret")]: true, label: "token" } as unknown as Secret;

  test("recognise each other's secrets", () => {
    expect(isSecret(foreign)).toBe(true);
    expect([null, undefined, "text", {}, () => canary].some(isSecret)).toBe(false);
  });

  test("cannot open each other's secrets", () => {
    expect(() => openSecret(foreign)).toThrow(expect.objectContaining({ code: "MCS_DRIVER_FAULT" }));
    expect(() => openSecret("text" as never)).toThrow(expect.objectContaining({ code: "MCS_DRIVER_FAULT" }));
  });
});
