// `pnpm bench:tool-calls [SECONDS]`: what each contender makes of the corpus of @mcs/llm. One table: answers that are
// read right by format; below, the calls that would run although no answer makes them, and the time. With a checkout
// of the Python SDK in MCS_PYTHON_SDK that is compared too.
import { spawnSync } from "node:child_process";
import process from "node:process";
import { fileURLToPath } from "node:url";
import { contenders } from "./contenders.ts";
import { readExamples } from "./corpus.ts";
import { largeAnswer, largeKinds, type LargeKind } from "./large-answer.ts";
import { readWithPythonSdk } from "./python-sdk.ts";
import { scoreOf, scoreReadings, type Score } from "./score.ts";
import { formatTable } from "./table.ts";

/** After so many seconds a contender that reads one large answer is stopped. */
const patience = Number(process.argv[2] ?? 20) * 1000;
const large = fileURLToPath(new URL("read-large.ts", import.meta.url));
const checkout = process.env["MCS_PYTHON_SDK"] ?? "";

const examples = readExamples();
const totals = new Map<string, number>();
for (const { format } of examples) totals.set(format, (totals.get(format) ?? 0) + 1);

interface Column {
  readonly name: string;
  /** A text: why there is none. */
  readonly score: Score | string;
  readonly timeOf: (kind: LargeKind) => string;
}

const columns: Column[] = Object.entries(contenders).map(([name, readers]) => ({
  name,
  score: scoreOf(readers, examples),
  timeOf: (kind) => timeInOwnProcess(name, kind),
}));
if (checkout !== "") columns.push(pythonColumn());

function pythonColumn(): Column {
  const read = readWithPythonSdk(checkout, examples, patience * 10);
  const score = "missing" in read ? read.missing : scoreReadings(read.calls, examples, read.milliseconds);
  const timeOf = (kind: LargeKind): string => {
    if (typeof score === "string") return "-";
    const reading = readWithPythonSdk(checkout, [largeAnswer(kind, false)], patience);
    return "missing" in reading ? reading.missing : reading.milliseconds.toFixed(0);
  };
  return { name: "Python SDK", score, timeOf };
}

const sum = (numbers: Iterable<number>): number => [...numbers].reduce((total, one) => total + one, 0);
const rowOf = (title: string, cellOf: (score: Score) => number): string[] => [
  title,
  ...columns.map(({ score }) => (typeof score === "string" ? "-" : String(cellOf(score)))),
];
const rows = [
  [
    "format (answers)",
    ...columns.map(({ name, score }) => (typeof score === "string" ? `${name}: ${score}` : name)),
  ],
  ...[...totals].map(([format, total]) =>
    rowOf(`${format} (${total})`, ({ right }) => right.get(format) ?? 0),
  ),
  rowOf(`right of ${examples.length}`, ({ right }) => sum(right.values())),
  rowOf("calls nobody made", ({ wrong }) => wrong),
  rowOf("of them invented", ({ invented }) => invented),
  rowOf("ms per MB, corpus", ({ millisecondsPerMegabyte }) => Math.round(millisecondsPerMegabyte)),
  ...(Object.keys(largeKinds) as LargeKind[]).map((kind) => [
    `ms for 1 MB, ${largeKinds[kind]}`,
    ...columns.map(({ timeOf }) => timeOf(kind)),
  ]),
];

console.log(`Node ${process.version}, ${process.platform} ${process.arch}\n`);
console.log(formatTable(rows));

/** In a process of its own, because some of them do not come to an end. */
function timeInOwnProcess(name: string, kind: LargeKind): string {
  const { stdout, status } = spawnSync(process.execPath, [large, name, kind], {
    timeout: patience,
    encoding: "utf8",
  });
  return status === 0 ? stdout.trim() : `> ${patience}`;
}
