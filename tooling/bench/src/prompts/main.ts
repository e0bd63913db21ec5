// `MCS_CORPUS=1 pnpm bench:prompts [DOCUMENT…]`: what the tools of real documents cost in a prompt, as types and as JSON Schema.
import process from "node:process";
import { corpusFile } from "@mcs/corpus";
import { OpenApiDriver } from "@mcs/driver-openapi";
import { costOfPrompt } from "./cost-of-prompt.ts";
import documents from "./documents.json" with { type: "json" };

const chosen = process.argv.length > 2 ? process.argv.slice(2) : documents;
const head = [
  "tokens of o200k_base",
  "tools",
  "JSON Schema",
  "types",
  "saved",
  "estimated",
  "no descriptions",
];
const rows: string[][] = [];
for (const path of chosen) {
  const spec = await corpusFile(path);
  if (spec === undefined) throw new Error("The documents are not there: run this with MCS_CORPUS=1.");
  await using driver = new OpenApiDriver({ spec });
  const tools = await driver.listTools();
  const { jsonSchema, types, estimated, bare } = costOfPrompt(tools);
  const saved = `${(100 * (1 - types / jsonSchema)).toFixed(1)} %`;
  rows.push([path, ...[tools.length, jsonSchema, types, saved, estimated, bare].map(String)]);
}

const widths = head.map((_title, column) =>
  Math.max(...[head, ...rows].map((row) => row[column]?.length ?? 0)),
);
for (const row of [head, ...rows]) {
  const cells = row.map((cell, column) =>
    column === 0 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0),
  );
  console.log(cells.join("  "));
}
