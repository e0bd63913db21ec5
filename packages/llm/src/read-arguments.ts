import type { ToolArguments } from "@mcs/core";
import type { CallProblem } from "./found-call.ts";
import { applyHealingRules } from "./apply-healing-rules.ts";
import { copyJson } from "./json/copy-json.ts";
import { healJson, type HealOptions } from "./json/heal-json.ts";
import { maxLength } from "./json/limits.ts";
import { scanJson, skipSpace } from "./json/scan-json.ts";
import type { HealingRule } from "./prompt-strategy.ts";

/** What arguments may be mended with. */
export interface ReadArgumentsOptions extends HealOptions {
  /** The strategy's own rules, applied first to text that is not JSON as it is. */
  readonly rules?: readonly HealingRule[];
}

export type ReadArguments =
  | { readonly arguments: ToolArguments; readonly repairs: readonly string[] }
  | { readonly problem: CallProblem };

/**
 * The arguments of a call, which are JSON text or an object already. Nothing at all means none: absent, `null`, and
 * text that is empty or `null`. Text that is not quite JSON is mended.
 */
export function readArguments(raw: unknown, options: ReadArgumentsOptions = {}): ReadArguments {
  if (raw === undefined || raw === null) return { arguments: {}, repairs: [] };
  if (typeof raw === "string") return readText(raw, options);
  const copy = copyJson(raw);
  if (copy.kind === "refused") return problem(`its arguments cannot be used: ${copy.reason}`);
  const { value } = copy;
  if (typeof value !== "object") return problem(`its arguments are a ${typeof value}, not an object`);
  if (Array.isArray(value)) return problem("its arguments are an array, not an object");
  return { arguments: value as ToolArguments, repairs: [] };
}

function readText(written: string, { rules = [], ...options }: ReadArgumentsOptions): ReadArguments {
  const asIs = { text: written, repairs: [] };
  const { text, repairs } = rules.length === 0 || isJson(written) ? asIs : applyHealingRules(written, rules);
  if (text.length > maxLength) return problem(`its arguments are longer than ${maxLength} characters`);
  if (/^\s*(?:null\s*)?$/.test(text)) return { arguments: {}, repairs: [] };
  const healed = healJson(text, options);
  if (healed.kind === "value") return { arguments: healed.value, repairs: [...repairs, ...healed.repairs] };
  const error = `its arguments are not valid JSON: ${healed.reason}, at character ${healed.at + 1} of them`;
  return healed.cut ? { problem: { prompt: "cutOff", error } } : problem(error);
}

function problem(error: string): ReadArguments {
  return { problem: { prompt: "unreadableCall", error } };
}

function isJson(text: string): boolean {
  const scan = scanJson(text);
  return scan.kind === "value" && skipSpace(text, scan.end) === text.length;
}
