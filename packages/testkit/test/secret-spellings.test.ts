import type { HybridDriver } from "@mcs/core";
import { BaseDriver } from "@mcs/kit";
import { expect, test } from "vitest";
import { secretChecks } from "../src/conformance/secret-checks.ts";
import type { ConformanceCase } from "../src/index.ts";
import { math, plain } from "./fixture.ts";

/** Names of the checks that fail. */
async function failing(subject: ConformanceCase): Promise<string[]> {
  const failed: string[] = [];
  for (const { name, run } of secretChecks) await run(subject).catch(() => failed.push(name));
  return failed;
}

const awkward = 'pa ss/w"ord+1?>~~';
const spelled: readonly (readonly [string, string])[] = [
  ["as it is", `password: ${awkward}`],
  ["in JSON", JSON.stringify({ awkward })],
  ["percent-encoded", `?password=${encodeURIComponent(awkward)}`],
  ["in hex", Array.from(awkward, (letter) => letter.charCodeAt(0).toString(16)).join("")],
  ...["", "a", "ab", "user:"].map(
    (before) => [`in base64 after "${before}"`, btoa(`${before}${awkward}`)] as const,
  ),
  ["in base64 for addresses", btoa(awkward).replaceAll("+", "-").replaceAll("/", "_")],
];

test.each(spelled)("The suite fails a driver that has its secret %s", async (_, held) => {
  const create = (): HybridDriver => Object.assign(new BaseDriver({ toolDriver: plain() }), { held });
  expect(await failing({ ...math, secret: awkward, create })).toEqual([
    "leads nobody who holds it, or what it gives, to a secret of its configuration",
  ]);
});

test("The suite takes no word for what a short secret is in base64", async () => {
  const held = btoa("four").slice(0, 5);
  const create = (): HybridDriver => Object.assign(new BaseDriver({ toolDriver: plain() }), { held });
  expect(await failing({ ...math, secret: "four", create })).toEqual([]);
});
