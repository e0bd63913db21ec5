import { readFileSync } from "node:fs";
import { rolldown } from "rolldown";

/**
 * Writes the entries of the package in the current folder as few files: what several of them share is a file of its own.
 * For packages of many small modules, of which each takes a third of a millisecond to load.
 */
export async function bundle(folder) {
  const { exports } = JSON.parse(readFileSync("package.json", "utf8"));
  const names = Object.values(exports).flatMap(
    ({ default: file }) => file?.slice("./dist/".length, -3) ?? [],
  );
  const built = await rolldown({
    input: Object.fromEntries(names.map((name) => [name, `src/${name}.ts`])),
    platform: "neutral",
    external: /^[^./]/,
  });
  await built.write({ dir: folder, sourcemap: true, chunkFileNames: "shared/[name]-[hash].js" });
  await built.close();
}
