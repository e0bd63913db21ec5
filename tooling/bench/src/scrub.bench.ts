import { readFileSync } from "node:fs";
import { randomBytes } from "node:crypto";
import { createScrubber, Secret } from "@mcs/secrets";
import type { Benchmark } from "./benchmark.ts";

const size = 1_000_000;
const lockfile = new URL("../../../pnpm-lock.yaml", import.meta.url);

/** Tokens, keys in hex, ids, random bytes and JWTs, one after the other. */
const makers: readonly (() => string)[] = [
  () => `ghp_${randomBytes(27).toString("base64url")}`,
  () => randomBytes(32).toString("hex"),
  () => crypto.randomUUID(),
  () => randomBytes(30).toString("base64"),
  () => [36, 240, 43].map((length) => randomBytes(length).toString("base64url")).join("."),
];

/** One megabyte of real text, full of hashes, in which there is no secret: the project's lockfile. */
export default async function scrub(): Promise<Benchmark> {
  const text = toFlat(readFileSync(lockfile, "utf8").repeat(20).slice(0, size));
  const rows = toRows(text);
  const values = Array.from({ length: 20 }, (_, index) => makers[index % makers.length]?.() ?? "");
  const scrubberOf = (count: number) => {
    const secrets = values.slice(0, count).map((value, index) => new Secret(value, `key ${index}`));
    return createScrubber(() => secrets);
  };
  const [one, five, twenty] = [scrubberOf(1), scrubberOf(5), scrubberOf(20)];
  return {
    name: "Scrub: 1 MB of text without a secret",
    contenders: {
      "replaceAll of 20 secrets, as they are only": async () =>
        values.reduce((scrubbed, value) => scrubbed.replaceAll(value, "[secret]"), text),
      "1 secret": async () => one.text(text),
      "5 secrets": async () => five.text(text),
      "20 secrets": async () => twenty.text(text),
      "20 secrets, as bytes": async () => twenty.value(Buffer.from(text)),
      "20 secrets, as a list of 11,000 records": async () => twenty.value(rows),
    },
  };
}

/** A slice of a string is read more slowly than a string that came from outside. */
function toFlat(text: string): string {
  return Buffer.from(text).toString();
}

function toRows(text: string): readonly object[] {
  return Array.from({ length: 11_000 }, (_, id) => {
    const at = (id * 83) % (text.length - 60);
    return {
      id,
      name: text.slice(at, at + 20),
      note: text.slice(at + 20, at + 60),
      tags: ["new", "open"],
      ok: true,
    };
  });
}
