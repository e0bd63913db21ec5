/** The load tests in full size: 2 GB each way, 1,000 calls at once ten times over, and 200 calls a second for ten minutes. */
import process from "node:process";
import { runLoad, type LoadReport } from "./load.ts";

const gigabytes = 2 * 1024 ** 3;
const most = 64 * 1024 ** 2;

function report(name: string, { done, rss, heap }: LoadReport, isGood: boolean): void {
  const figures = `${done} done, resident memory +${Math.round(rss / 1e6)} MB, heap +${Math.round(heap / 1e3)} kB`;
  process.stdout.write(`${isGood ? "good" : "BAD "} ${name}: ${figures}\n`);
  if (!isGood) process.exitCode = 1;
}

for (const kind of ["receive", "send"] as const) {
  const load = await runLoad(kind, gigabytes);
  report(`${kind} 2 GB`, load, load.done === gigabytes && load.rss < most);
}
for (let round = 1; round <= 10; round += 1) {
  const load = await runLoad("atOnce", 1000);
  report(`1,000 at once, round ${round}`, load, load.done === 1000);
}
const steady = await runLoad("steadily", 600);
report("200 a second for ten minutes", steady, steady.done === 120_000 && steady.heap < 5_000_000);
