// `pnpm bench:dialects [EVERY]`: what every format makes of the tools of real documents: every 11th of 2,639, and GitHub's and
// Stripe's. It ends with 1 where a refusal is predicted, a tool is left out, or a call comes back as another.
import process from "node:process";
import type { Tool } from "@mcs/core";
import { corpusDocuments, corpusFile } from "@mcs/corpus";
import { OpenApiDriver } from "@mcs/driver-openapi";
import { toolFormats } from "@mcs/llm/dialects";
import { checkDialect, type DialectReport } from "./check-dialect.ts";
import { sampleArguments } from "./sample-arguments.ts";

const always = ["api/github.com/api.github.com.json", "api/stripe.com.json"];

const every = Number(process.argv[2] ?? 11);
process.env["MCS_CORPUS"] = "1";
const all = await corpusDocuments();
const chosen = [...always, ...all.filter((path, index) => index % every === 0 && !always.includes(path))];

async function toolsOf(path: string): Promise<readonly Tool[] | undefined> {
  const file = await corpusFile(path);
  if (file === undefined) return undefined;
  const driver = new OpenApiDriver({ spec: file });
  try {
    return await driver.listTools();
  } catch {
    // Some documents of the corpus are none.
    return undefined;
  } finally {
    await driver[Symbol.asyncDispose]();
  }
}

const reports = new Map<string, DialectReport[]>(toolFormats.map((format) => [format, []]));
let [documents, toolCount, problems] = [0, 0, 0];
for (const path of chosen) {
  const tools = await toolsOf(path);
  if (tools === undefined) continue;
  documents += 1;
  toolCount += tools.length;
  const samples = new Map(tools.map((tool) => [tool, sampleArguments(tool)]));
  for (const format of toolFormats) {
    const report = checkDialect(tools, samples, format);
    reports.get(format)?.push(report);
    const found = [...report.leftOut, ...report.refusals, ...report.changed];
    problems += found.length;
    for (const problem of found.slice(0, 3))
      process.stdout.write(`${format} ${path} ${problem.slice(0, 300)}\n`);
  }
}

process.stdout.write(`${documents} documents, ${toolCount} tools\n`);
for (const [format, list] of reports) {
  const sum = (count: (report: DialectReport) => number): number =>
    list.reduce((total, one) => total + count(one), 0);
  const causes = new Map<string, number>();
  for (const report of list) {
    for (const [cause, times] of report.causes) causes.set(cause, (causes.get(cause) ?? 0) + times);
  }
  const listed = [...causes].toSorted(([one], [other]) => (one < other ? -1 : 1));
  process.stdout.write(
    `${format}: left out ${sum((one) => one.leftOut.length)}, refusals ${sum((one) => one.refusals.length)}, ` +
      `calls ${sum((one) => one.calls)} the same, ${sum((one) => one.changed.length)} changed, ${sum((one) => one.unsaid)} unsaid, ` +
      `${Math.round(sum((one) => one.characters) / 1e6)} million characters; ` +
      `${listed.map(([cause, times]) => `${cause} ${times}`).join(", ")}\n`,
  );
}
process.exitCode = problems > 0 ? 1 : 0;
