import { isMCSError, MCSError } from "@mcs/core";
import { parse, TomlError } from "smol-toml";
import { whyNotLinear } from "./linear-pattern.ts";
import { own } from "../own.ts";
import type { HealingRule, PromptStrategy } from "../prompt-strategy.ts";
import { jsonStrategy } from "../strategies/json.ts";
import { undoubleBraces } from "./doubled-braces.ts";
import { createHealingRule } from "./healing-pattern.ts";
import { fromPythonReplacement } from "./python-replacement.ts";
import { entriesOf, type StrategyEntry } from "./strategy-entries.ts";

/** Something in a file that has no effect, or not the one that it might seem to have. */
export interface StrategyDiagnostic {
  readonly code: "no_effect" | "pattern_skipped" | "placeholder_missing" | "unknown_entry";
  /** Where it stands: `parsing.unknown_tool_behavior`, `healing[2].pattern`. */
  readonly entry: string;
  /** For people. */
  readonly message: string;
}

export interface StrategyFile {
  readonly strategy: PromptStrategy;
  readonly diagnostics: readonly StrategyDiagnostic[];
}

/** Characters of a file; a strategy is a page of text. */
const maxFileLength = 200_000;
const maxRules = 100;

/** Entries of the Python SDK that this one has no use for: the value that says what happens anyway, and what that is. */
const withoutEffect: Readonly<Record<string, { readonly anyway: string; readonly reason: string }>> = {
  "parsing.unknown_tool_behavior": {
    anyway: "silent",
    reason:
      "a driver always passes on the call of an unknown tool, and processWithDrivers answers it with the nearest names",
  },
};

/** What a template is of no use without. */
const placeholders: Readonly<Record<string, readonly string[]>> = {
  "system_message.template": ["{tools}", "{call_example}"],
  "tool_description.types": ["{types}"],
  "results.message": ["{results}"],
  "results.fence": ["{content}", "{nonce}"],
};

/**
 * Reads a strategy from a TOML file, entry by entry over another one: what the file does not name stays as it is there.
 * `[[healing]]` is added to the rules of the other. A file with the tables of the Python SDK is read unchanged.
 *
 * @param base - Default: the bundled JSON strategy.
 * @throws {MCSError} `MCS_INVALID_CONFIG` if it is not TOML, or an entry has the wrong type: all of them are named.
 */
export function readStrategy(toml: string, base: PromptStrategy = jsonStrategy): StrategyFile {
  const file = parseToml(toml);
  const diagnostics: StrategyDiagnostic[] = [];
  const faults: string[] = [];
  const entries = entriesOf(base);
  const tables = new Map<string, Record<string, unknown>>();
  for (const entry of entries) {
    const value = readEntry(file, entry, faults);
    if (value === undefined) continue;
    const table = tables.get(entry.table) ?? {};
    tables.set(entry.table, { ...table, [entry.key]: value });
    diagnostics.push(...checkPlaceholders(`${entry.tomlTable}.${entry.tomlKey}`, value));
  }
  diagnostics.push(...findUnknown(file, entries));
  const rules = readRules(file, faults, diagnostics);
  if (faults.length > 0) {
    throw new MCSError("MCS_INVALID_CONFIG", `The strategy cannot be read: ${faults.join("; ")}.`, {
      hint: "Correct these entries of the TOML file.",
    });
  }
  const overridden = Object.fromEntries(
    [...tables].map(([table, changed]) => [table, { ...(own(base, table) as object), ...changed }]),
  );
  return { strategy: { ...base, ...overridden, healing: [...base.healing, ...rules] }, diagnostics };
}

function parseToml(toml: string): object {
  try {
    if (toml.length > maxFileLength)
      throw new MCSError("MCS_INVALID_CONFIG", `The strategy is longer than ${maxFileLength} characters.`);
    return parse(toml);
  } catch (error) {
    if (isMCSError(error)) throw error;
    const place = error instanceof TomlError ? ` at line ${error.line}, column ${error.column}` : "";
    throw new MCSError("MCS_INVALID_CONFIG", `The strategy is not valid TOML${place}.`);
  }
}

function readEntry(
  file: object,
  { tomlTable, tomlKey, type, isTemplate }: StrategyEntry,
  faults: string[],
): string | readonly string[] | undefined {
  const value = own(own(file, tomlTable), tomlKey);
  if (value === undefined) return undefined;
  if (type === "text" && typeof value === "string") return isTemplate ? undoubleBraces(value) : value;
  if (type === "list" && Array.isArray(value) && value.every((item) => typeof item === "string"))
    return value;
  faults.push(`${tomlTable}.${tomlKey} must be ${type === "text" ? "text" : "a list of texts"}`);
  return undefined;
}

function checkPlaceholders(entry: string, value: string | readonly string[]): StrategyDiagnostic[] {
  const missing = (placeholders[entry] ?? []).filter((placeholder) => !value.includes(placeholder));
  return missing.map((placeholder) => ({
    code: "placeholder_missing",
    entry,
    message: `${entry} does not say ${placeholder}, so that the model is not told.`,
  }));
}

function findUnknown(file: object, entries: readonly StrategyEntry[]): StrategyDiagnostic[] {
  const known = new Set(entries.map(({ tomlTable, tomlKey }) => `${tomlTable}.${tomlKey}`));
  return Object.entries(file)
    .filter(([table]) => table !== "meta" && table !== "healing")
    .flatMap(([table, value]) => {
      const isTable = typeof value === "object" && value !== null && !Array.isArray(value);
      return isTable ? Object.keys(value as object).map((key) => `${table}.${key}`) : [table];
    })
    .filter((entry) => !known.has(entry))
    .flatMap((entry): StrategyDiagnostic[] => {
      const unused = withoutEffect[entry];
      if (unused === undefined)
        return [{ code: "unknown_entry", entry, message: `There is no entry ${entry}.` }];
      const [table = "", key = ""] = entry.split(".");
      if (own(own(file, table), key) === unused.anyway) return [];
      const message = `${entry} has no effect: ${unused.reason}.`;
      return [{ code: "no_effect", entry, message }];
    });
}

function readRules(file: object, faults: string[], diagnostics: StrategyDiagnostic[]): HealingRule[] {
  const listed = own(file, "healing") ?? [];
  if (!Array.isArray(listed) || listed.length > maxRules) {
    faults.push(`healing must be a list of at most ${maxRules} tables`);
    return [];
  }
  return listed.flatMap((rule: unknown, index) => {
    const [pattern, replacement = "", comment = ""] = ["pattern", "replacement", "comment"].map((key) =>
      own(rule, key),
    );
    const place = `healing[${index}]`;
    if (typeof pattern !== "string" || typeof replacement !== "string" || typeof comment !== "string") {
      faults.push(`${place} must have a pattern, and a replacement and a comment that are text`);
      return [];
    }
    const reason = whyNotLinear(pattern);
    if (reason === undefined)
      return [createHealingRule({ pattern, replacement: fromPythonReplacement(replacement), comment })];
    const message = `The pattern of ${place} is left out: ${reason}, so that it might not take linear time.`;
    diagnostics.push({ code: "pattern_skipped", entry: `${place}.pattern`, message });
    return [];
  });
}
