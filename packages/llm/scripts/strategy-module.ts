import { parse } from "smol-toml";
import { undoubleBraces } from "../src/toml/doubled-braces.ts";

type Entries = Readonly<Record<string, string | readonly string[]>>;
type Tables = Readonly<Record<string, Entries>>;

/** Tables of a strategy's file that are no tables of the strategy. */
const notTables = new Set(["meta", "healing"]);

/** Columns of a line, as the formatter has it. */
const lineWidth = 110;

/**
 * The module of a bundled strategy, so that nobody needs a TOML parser to use it.
 *
 * @param toml - All entries, or with `base` those that differ.
 * @param base - The file of the JSON strategy, which the others are written over.
 */
export function strategyModule(name: string, toml: string, base?: string): string {
  const strategy = tablesOf(toml);
  const baseTables = base === undefined ? {} : tablesOf(base);
  const tables = Object.entries(strategy).map(([table, entries]) => {
    const rest = Object.keys(baseTables[table] ?? {}).filter((key) => !Object.hasOwn(entries, key));
    return [
      `  ${table}: {`,
      ...(rest.length > 0 ? [`    ...jsonStrategy.${table},`] : []),
      ...Object.entries(entries).map(([key, value]) => `    ${writeEntry(key, value)},`),
      "  },",
    ].join("\n");
  });
  return [
    `// Compiled from ${name}.toml by the build: edit that file.`,
    'import type { PromptStrategy } from "../prompt-strategy.ts";',
    ...(base === undefined ? [] : ['import { jsonStrategy } from "./json.ts";']),
    "",
    `/** ${descriptionOf(toml)} */`,
    `export const ${name}Strategy: PromptStrategy = {`,
    base === undefined ? "  healing: []," : "  ...jsonStrategy,",
    ...tables,
    "};",
    "",
  ].join("\n");
}

function descriptionOf(toml: string): string {
  const { meta } = parse(toml) as { readonly meta: { readonly description: string } };
  return meta.description;
}

/** The tables with their keys as TypeScript spells them. */
function tablesOf(toml: string): Tables {
  const tables = Object.entries(parse(toml) as Tables).filter(([table]) => !notTables.has(table));
  return Object.fromEntries(
    tables.map(([table, entries]) => [
      toCamelCase(table),
      Object.fromEntries(
        Object.entries(entries).map(([key, value]) => [
          toCamelCase(key),
          typeof value === "string" && table !== "call_example" ? undoubleBraces(value) : value,
        ]),
      ),
    ]),
  );
}

function toCamelCase(name: string): string {
  return name.replaceAll(/_([a-z])/g, (_found, letter: string) => letter.toUpperCase());
}

function writeEntry(key: string, value: string | readonly string[]): string {
  const written =
    typeof value === "string"
      ? JSON.stringify(value)
      : `[${value.map((one) => JSON.stringify(one)).join(", ")}]`;
  const isPlain = !written.includes(String.raw`\"`) && key.length + written.length + 7 <= lineWidth;
  if (isPlain || typeof value !== "string") return `${key}: ${written}`;
  return `${key}: \`${value.replaceAll(/[\\`]|\$\{/g, String.raw`\$&`)}\``;
}
