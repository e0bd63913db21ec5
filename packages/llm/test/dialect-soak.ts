// `pnpm soak:dialects [FROM] [TO]`: the law of dialect-law.test.ts with 100,000 tools for every format, in 20 parts. Each part has a
// seed of its own, so that a run can be continued with the part at which it was stopped.
import process from "node:process";
import * as fc from "fast-check";
import { toolFormats } from "../src/dialects.ts";
import { dialectLaw } from "./fixtures/dialect-law.ts";

const parts = 20;
const runsPerPart = 5000;
const [from = 1, to = parts] = process.argv.slice(2).map(Number);

for (let part = from; part <= to; part += 1) {
  for (const format of toolFormats) fc.assert(dialectLaw(format), { numRuns: runsPerPart, seed: part });
  process.stdout.write(
    `part ${part} of ${parts}: ${runsPerPart} tools for each of ${toolFormats.length} formats\n`,
  );
}
