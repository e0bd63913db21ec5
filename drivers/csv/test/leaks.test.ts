import { leakSuite, twoWorlds, type LeakScenario, type LeakWorld } from "@mcs/testkit/leaks";
import { mkdtempSync, rmSync, symlinkSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { CsvDriver } from "../src/index.ts";

/**
 * A folder of CSV files, beside one that holds a secret. It lies outside of the temporary folder of the suite, where a
 * secret would be taken for one that the driver wrote.
 */
function makeFolder(world: LeakWorld): string {
  const base = mkdtempSync(join(tmpdir(), "..", "mcs-csv-leaks-"));
  world.defer(() => rmSync(base, { recursive: true, force: true }));
  world.noise(base);
  const root = mkdtempSync(join(base, "root"));
  const secret = world.secret("outside");
  writeFileSync(join(base, "outside.csv"), `token\n${secret}\n`);
  writeFileSync(join(root, "inside.csv"), "name\nAda\n");
  writeFileSync(join(root, ".hidden.csv"), `token\n${secret}\n`);
  writeFileSync(join(root, "notes.txt"), secret);
  utimesSync(join(root, "inside.csv"), 0, 0);
  symlinkSync(join(base, "outside.csv"), join(root, "link.csv"));
  return root;
}

const reading = (name: string, ends: LeakScenario["ends"], path: string): LeakScenario<CsvDriver> => ({
  name,
  ends,
  create: (world) => new CsvDriver({ root: makeFolder(world) }, world.ports),
  calls: [
    { tool: "csv_head", args: { path } },
    { tool: "csv_filter", args: { path, conditions: [{ column: "token", op: "notEmpty" }] } },
    { tool: "csv_list_files", args: {} },
  ],
});

const scenarios: readonly LeakScenario<CsvDriver>[] = [
  reading("a file of the folder", "executed", "inside.csv"),
  reading("a file above the folder", "MCS_INVALID_ARGUMENTS", "../outside.csv"),
  reading("a file that is a link", "MCS_PERMISSION_DENIED", "link.csv"),
  reading("a hidden file", "MCS_INVALID_ARGUMENTS", ".hidden.csv"),
  reading("a file that is no CSV", "MCS_INVALID_ARGUMENTS", "notes.txt"),
  reading("the environment of the process", "MCS_INVALID_ARGUMENTS", "/proc/self/environ"),
  {
    name: "a folder that is not there, called like the secret",
    ends: "MCS_NOT_FOUND",
    create: (world) => new CsvDriver({ root: `/nowhere/${world.secret("root")}` }),
    calls: [{ tool: "csv_list_files", args: {} }],
  },
  {
    name: "a configuration with a secret where none belongs",
    ends: "MCS_INVALID_CONFIG",
    create: (world) => new CsvDriver({ extensions: [world.secret("extension")] }),
    calls: [],
  },
];

leakSuite("CsvDriver", { scenarios, channels: 300 });
twoWorlds("CsvDriver", { scenarios });
