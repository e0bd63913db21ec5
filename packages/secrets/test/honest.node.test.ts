import { createScrubber, Secret } from "@mcs/secrets";
import { openSecret } from "@mcs/secrets/open";
import { describe, expect, test } from "vitest";
import { honestText } from "./honest-text.ts";
import { credentials } from "./likeness.ts";
import { seededRandom } from "./seeded-random.ts";

const random = seededRandom(7);
const secrets = [
  ...Object.entries(credentials).map(([label, make]) => new Secret(make(random), label)),
  new Secret(`ada.lovelace@example.com:${credentials["password"]?.(random)}`, "login", {
    publicPrefix: "ada.lovelace@example.com:",
  }),
  new Secret("correct horse battery staple", "pass phrase"),
];
const scrubber = createScrubber(() => secrets);

describe("Ten megabytes of honest text, and twenty secrets:", () => {
  const text = honestText();

  test("there are as many of both", () => {
    expect(text).toHaveLength(10_000_000);
    expect(secrets).toHaveLength(20);
  });

  test("no character of the text is changed", () => {
    expect(scrubber.text(text) === text).toBe(true);
  });

  test("no line of it, as the items of a list", () => {
    const lines = text.split("\n");
    expect(scrubber.value(lines) === lines).toBe(true);
  });

  test("no byte of it", () => {
    const bytes = new TextEncoder().encode(text);
    expect(scrubber.value(bytes) === bytes).toBe(true);
  });

  test("no chunk of it, as it streams", () => {
    const stream = scrubber.stream();
    const some = text.slice(3_500_000, 4_500_000);
    let shown = "";
    for (let start = 0; start < some.length; start += 997)
      shown += stream.push(some.slice(start, start + 997));
    expect(shown + stream.end() === some).toBe(true);
  });

  test.each(secrets.map((secret) => ({ label: secret.label, secret })))(
    "$label in it is found",
    ({ secret }) => {
      const planted = `${text.slice(0, 500_000)}${openSecret(secret)}${text.slice(500_000, 1_000_000)}`;
      const scrubbed = scrubber.text(planted);
      expect(scrubbed.slice(0, 499_900)).toBe(planted.slice(0, 499_900));
      expect(scrubbed.slice(-499_900)).toBe(planted.slice(-499_900));
      expect(scrubbed.slice(499_900, -499_900)).toContain(String(secret));
    },
  );
});
