// `node scripts/compile-strategies.ts`, a part of the build: the bundled strategies as modules, from their TOML files.
import { readFileSync, writeFileSync } from "node:fs";
import { strategyModule } from "./strategy-module.ts";

const folder = new URL("../src/strategies/", import.meta.url);
const read = (file: string): string => readFileSync(new URL(file, folder), "utf8");
const json = read("json.toml");

for (const name of ["json", "hermes", "terse"]) {
  const module = strategyModule(name, read(`${name}.toml`), name === "json" ? undefined : json);
  // Whoever runs the sources meanwhile sees a change only where there is one.
  if (read(`${name}.ts`) !== module) writeFileSync(new URL(`${name}.ts`, folder), module);
}
