import { level, type HealingLevel } from "./cursor.ts";
import { scanJson } from "./scan-json.ts";

export type JsonObject = Readonly<Record<string, unknown>>;

export type HealedJson =
  | { readonly kind: "value"; readonly value: JsonObject; readonly repairs: readonly string[] }
  | { readonly kind: "broken"; readonly reason: string; readonly at: number; readonly cut: boolean };

/** What a text may be mended with. */
export interface HealOptions {
  /** Whether arguments fit their tool. */
  readonly accepts?: ((value: JsonObject) => boolean) | undefined;
  /**
   * Whether brackets that are missing may be added. Only a check can tell whether what they cut off was needed, so it
   * takes `accepts` too.
   */
  readonly mayClose?: boolean;
}

/** Levels that are tried in turn. */
const levels: readonly HealingLevel[] = [
  level.plain,
  level.syntax,
  level.quotes,
  level.braces,
  level.surplus,
];

/**
 * Reads a text that is meant to be one JSON object, and mends its syntax where it is not, with as little as possible:
 * the first reading that is accepted counts, else the first one. Values are never made up: a text that ends inside of a
 * string, a number, a literal or a key, or behind `:` or `,`, stays broken.
 */
export function healJson(text: string, { accepts, mayClose = false }: HealOptions = {}): HealedJson {
  const asIs = scanWhole(text, level.plain);
  if (asIs.kind === "value") return asIs;
  let first: Extract<HealedJson, { kind: "value" }> | undefined;
  const { body, wrapping } = unwrap(text);
  const isClosable = mayClose && accepts !== undefined;
  for (const healing of isClosable ? [...levels, level.closers] : levels) {
    // As it is, it was read already.
    if (healing === level.plain && wrapping.length === 0) continue;
    // What can be read stays as it is read, but for where strings end.
    if (first !== undefined && healing !== level.quotes) continue;
    const healed = wrapped(scanWhole(body, healing), wrapping);
    // Without a further repair it is the reading that was not accepted before.
    if (healed.kind === "broken" || String(healed.repairs) === String(first?.repairs)) continue;
    if (accepts?.(healed.value) ?? true) return healed;
    // Brackets are added only where the result fits.
    if (healing !== level.closers) first ??= healed;
  }
  return first ?? asIs;
}

function wrapped(healed: HealedJson, wrapping: readonly string[]): HealedJson {
  return healed.kind === "broken" ? healed : { ...healed, repairs: [...wrapping, ...healed.repairs] };
}

function scanWhole(text: string, healing: HealingLevel): HealedJson {
  const scan = scanJson(text, 0, { level: healing, whole: true });
  if (scan.kind === "broken") return scan;
  const { value, repairs } = scan;
  if (typeof value === "object" && value !== null && !Array.isArray(value))
    return { kind: "value", value: value as JsonObject, repairs };
  return { kind: "broken", reason: `an object was expected, not ${typeOf(value)}`, at: 0, cut: false };
}

function typeOf(value: unknown): string {
  if (value === null) return "null";
  return Array.isArray(value) ? "an array" : `a ${typeof value}`;
}

interface Unwrapped {
  readonly body: string;
  readonly wrapping: readonly string[];
}

/** What stands in a code fence, in quotation marks, or in both; these say nothing about the object within. */
function unwrap(text: string): Unwrapped {
  const trimmed = text.trim();
  const fenced = unfence(trimmed);
  const body = unquote(fenced);
  const wrapping = [
    ...(fenced === trimmed ? [] : ["a code fence around the arguments"]),
    ...(body === fenced ? [] : ["quotes around the arguments"]),
  ];
  return { body: wrapping.length === 0 ? text : body, wrapping };
}

function unfence(text: string): string {
  const ticks = /^(?:`+|~{3,})/.exec(text)?.[0] ?? "";
  if (ticks === "" || !text.endsWith(ticks) || text.length < ticks.length * 2) return text;
  return text
    .slice(ticks.length, -ticks.length)
    .replace(/^\w{1,16}(?=\s)/, "")
    .trim();
}

function unquote(text: string): string {
  const mark = text[0] ?? "";
  if ((mark !== '"' && mark !== "'") || text.length < 2 || !text.endsWith(mark)) return text;
  const scan = scanJson(text, 0, { level: level.syntax, whole: true });
  // Quotes that were put around an object without escaping those in it are not a string.
  return scan.kind === "value" && typeof scan.value === "string" ? scan.value : text.slice(1, -1);
}
