// Builds the package in the current folder; with `--bundle` its modules are put together in few files. A driver's identity
// comes from its package.json, and dist is made anew, because tsc leaves the output of renamed files behind.
import { spawnSync } from "node:child_process";
import { existsSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import process from "node:process";

const { version, mcs } = JSON.parse(readFileSync("package.json", "utf8"));
if (mcs !== undefined) {
  const text = `// Written by the build from package.json.
/** Who this driver is: its id is its own for ever, its version is the package's. */
export const manifest: { readonly id: string; readonly version: string } = {
  id: ${JSON.stringify(mcs.id)},
  version: ${JSON.stringify(version)},
};
`;
  const file = "src/manifest.ts";
  if (!existsSync(file) || readFileSync(file, "utf8") !== text) writeFileSync(file, text);
}

// Built beside and then exchanged, so that whoever runs the package meanwhile finds the old build or the new one.
const fresh = ".dist";
const isBundled = process.argv.includes("--bundle");
rmSync(fresh, { recursive: true, force: true });
const { status, error } = spawnSync(
  "tsc",
  ["-p", "tsconfig.build.json", "--outDir", fresh, ...(isBundled ? ["--emitDeclarationOnly"] : [])],
  { stdio: "inherit", shell: process.platform === "win32" },
);
if (error) console.error(error.message);
if (status === 0) {
  if (isBundled) await (await import("./bundle.mjs")).bundle(fresh);
  rmSync("dist", { recursive: true, force: true });
  renameSync(fresh, "dist");
}
process.exitCode = status ?? 1;
