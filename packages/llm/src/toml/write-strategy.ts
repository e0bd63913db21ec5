import { own } from "../own.ts";
import type { PromptStrategy } from "../prompt-strategy.ts";
import { doubleBraces } from "./doubled-braces.ts";
import { patternOf } from "./healing-pattern.ts";
import { toPythonReplacement } from "./python-replacement.ts";
import { entriesOf } from "./strategy-entries.ts";

/**
 * A strategy as the TOML file that `readStrategy` makes it of again, with texts of several lines written as such: to begin
 * a project's own file with. Healing rules that are functions of the program's own are left out.
 */
export function writeStrategy(strategy: PromptStrategy): string {
  const lines: string[] = [];
  let openTable = "";
  for (const { table, key, tomlTable, tomlKey, isTemplate } of entriesOf(strategy)) {
    if (tomlTable !== openTable) lines.push(...(lines.length > 0 ? [""] : []), `[${tomlTable}]`);
    openTable = tomlTable;
    const value = own(strategy[table], key);
    const written = isTemplate && typeof value === "string" ? doubleBraces(value) : value;
    lines.push(`${tomlKey} = ${writeValue(written)}`);
  }
  for (const { pattern, replacement, comment } of strategy.healing.flatMap((rule) => patternOf(rule) ?? [])) {
    lines.push("", "[[healing]]", `pattern = ${writeValue(pattern)}`);
    lines.push(`replacement = ${writeValue(toPythonReplacement(replacement))}`);
    lines.push(`comment = ${writeValue(comment)}`);
  }
  return `${lines.join("\n")}\n`;
}

/** Every escape of a JSON string is one of TOML's. See TOML 1.0.0, String. */
function writeValue(value: unknown): string {
  if (typeof value !== "string" || !/[^\n]\n/.test(value)) return JSON.stringify(value);
  const body = value
    .split("\n")
    .map((line) =>
      JSON.stringify(line)
        .slice(1, -1)
        .replaceAll(String.raw`\"`, '"')
        .replaceAll('"""', String.raw`""\"`),
    )
    .join("\n");
  return `"""\n${body.replace(/"$/, String.raw`\"`)}"""`;
}
