// `pnpm soak:ledger [FROM] [TO]`: ledger-crash.node.test.ts with 3,000 kills, in 30 parts of 100. Each part has a seed of its
// own, so that a run can be continued with the part at which it was stopped.
import process from "node:process";
import { faultsOf, killAtRandom } from "./crash/scenario.ts";

const parts = 30;
const killsPerPart = 100;
const [from = 1, to = parts] = process.argv.slice(2).map(Number);

for (let part = from; part <= to; part += 1) {
  let effects = 0;
  for await (const story of killAtRandom(part, killsPerPart)) {
    effects += 1;
    const faults = faultsOf(story);
    if (faults.length > 0) throw new Error(`part ${part}: ${faults.join("; ")}: ${JSON.stringify(story)}`);
  }
  process.stdout.write(`part ${part} of ${parts}: ${killsPerPart} kills, ${effects} effects\n`);
}
