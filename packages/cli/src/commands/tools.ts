import process from "node:process";
import type { Tool } from "@mcs/core";
import type { OpenApiDriver } from "@mcs/driver-openapi";
import { Command, Option } from "commander";
import { addFilterOptions, type FilterOptions } from "../filters.ts";
import { openDriver } from "../open-driver.ts";
import { toPlainLine, toPlainText } from "../plain-text.ts";
import { printJson } from "../print-json.ts";
import { printTable } from "../print-table.ts";
import { addSpecOptions, type SpecOptions } from "../spec-options.ts";
import { countCost, type Cost } from "../tools/count-cost.ts";
import { listLosses, type Loss } from "../tools/list-losses.ts";
import { offer, offerFormats, type OfferFormat } from "../tools/offer-formats.ts";

interface ToolsOptions extends SpecOptions, FilterOptions {
  readonly json?: boolean;
  readonly format?: OfferFormat;
  readonly diagnostics?: boolean;
  readonly cost?: boolean;
}

const examples = `
Examples:
  $ mcs tools https://api.example.com/openapi.json
  $ mcs tools ./openapi.yaml --include tag=pets --exclude method=delete
  $ mcs tools ./openapi.yaml --json | jq '.[].name'
  $ mcs tools ./openapi.yaml --format anthropic
  $ mcs tools ./openapi.yaml --format gemini --diagnostics
  $ mcs tools ./openapi.yaml --format text --cost
`;

/** `mcs tools`: what a document offers. */
export function toolsCommand(signal: AbortSignal): Command {
  return addFilterOptions(addSpecOptions(new Command("tools")))
    .description("List the tools that a document becomes, one for every operation.")
    .option("--json", "print JSON; without the options below, the tools with the schemas of their arguments")
    .addOption(
      new Option(
        "-f, --format <format>",
        "print what a request offers to a model: JSON of the provider's API, or for text the prompt",
      ).choices(offerFormats),
    )
    .addOption(
      new Option(
        "--diagnostics",
        "print what is left out or changed of the document and by the format (default: openai), and why",
      ).conflicts("cost"),
    )
    .option(
      "--cost",
      "print the tokens that each tool and all of them cost in the format (default: openai), by OpenAI's encoding o200k_base; other providers count differently",
    )
    .addHelpText("after", examples)
    .action(async (spec: string, given: ToolsOptions) => {
      const { include, exclude, json = false, format, diagnostics, cost, ...options } = given;
      const filters = { ...(include && { include }), ...(exclude && { exclude }) };
      const { driver, tools } = await openDriver(spec, options, filters, signal);
      await using _ = driver;
      if (diagnostics === true)
        printLosses(await listLosses(driver, tools, format ?? "openai", signal), json);
      else if (cost === true) printCost(await countCost(tools, format ?? "openai"), json);
      else if (format !== undefined) printOffer(offer(tools, format), json);
      else if (json) printJson(tools);
      else await printTools(driver, tools);
    });
}

function printLosses(losses: readonly Loss[], json: boolean): void {
  if (json) return printJson(losses);
  if (losses.length === 0) return tell("Nothing is left out or changed.");
  const rows = losses.map(({ from, subject = "", effect, pointer = "", reason }) => {
    const why = reason.includes(pointer) ? reason : `${reason} (${pointer})`;
    return [from, effect, subject, why].map(toPlainLine);
  });
  printTable(["FROM", "EFFECT", "OPERATION OR TOOL", "WHY"], rows);
}

function printCost(cost: Cost, json: boolean): void {
  if (json) return printJson(cost);
  const rows = cost.tools.map(({ name, tokens }) => [name, String(tokens)]);
  printTable(["TOOL", "TOKENS"], [...rows, ["all, as sent", String(cost.total)]]);
  tell(
    `Counted in ${cost.encoding}, the encoding of OpenAI's models since GPT-4o. Others count differently, and providers rewrite tools for their models.`,
  );
}

function printOffer(offered: object | string, json: boolean): void {
  if (json || typeof offered !== "string") printJson(offered);
  else process.stdout.write(toPlainText(offered));
}

async function printTools(driver: OpenApiDriver, tools: readonly Tool[]): Promise<void> {
  const rows = await Promise.all(
    tools.map(async ({ name, description = "", title = description }) => {
      const { method, path } = await driver.operationOf(name);
      return [name, method.toUpperCase(), toPlainLine(path), toPlainLine(title)];
    }),
  );
  if (rows.length > 0) printTable(["TOOL", "METHOD", "PATH", "DESCRIPTION"], rows);
  else tell("The document has no operation that fits.");
}

/** About the result: on stderr, so that stdout holds nothing but it. */
function tell(sentence: string): void {
  process.stderr.write(`mcs: ${sentence}\n`);
}
