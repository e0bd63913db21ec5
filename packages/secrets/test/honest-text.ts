import { readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { likenesses } from "./likeness.ts";
import { seededRandom } from "./seeded-random.ts";

const size = 10_000_000;
/** Of that, so much is made: what looks like secrets. */
const made = 4_000_000;
/** Pinned by the lockfile: code, documentation, source maps. */
const packages = ["fast-check", "@types/node", "typescript", "vitest"];
const lockfile = fileURLToPath(new URL("../../../pnpm-lock.yaml", import.meta.url));

/**
 * Ten million characters without a secret, the same each time: the files of packages that this one is developed with, the
 * lockfile with its thousands of hashes, and credentials, hashes, keys, images and escapes of other people.
 */
export function honestText(): string {
  const random = seededRandom(20);
  const lines: string[] = [];
  for (let length = 0; length < made;) {
    const line = likenesses(random);
    lines.push(line);
    length += line.length + 1;
  }
  const real = [lockfile, ...packages.flatMap(textFilesOf)].map((file) => readFileSync(file, "utf8"));
  return [...lines, ...real].join("\n").slice(0, size);
}

function textFilesOf(name: string): string[] {
  const root = dirname(createRequire(import.meta.url).resolve(`${name}/package.json`));
  return readdirSync(root, { recursive: true, encoding: "utf8" })
    .filter((file) => /\.(?:[cm]?[jt]s|json|map|md|yaml|html)$/.test(file))
    .toSorted()
    .map((file) => join(root, file));
}
