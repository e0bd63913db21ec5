/** A JSON object, its values not yet looked at. */
export type JsonRecord = Readonly<Record<string, unknown>>;

export function isRecord(value: unknown): value is JsonRecord {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** @returns `undefined` if the text is not JSON. */
export function tryParseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** A JSON object or array inside a text; `start` and `end` are offsets, `end` exclusive. */
export interface FoundJson {
  readonly start: number;
  readonly end: number;
  readonly value: JsonRecord | readonly unknown[];
}

/** The outermost JSON objects and arrays of a text, in order. What looks like one and does not parse is prose. */
export function findJson(text: string): FoundJson[] {
  const found: FoundJson[] = [];
  let position = 0;
  while (position < text.length) {
    const start = nextOpening(text, position);
    if (start === undefined) break;
    const end = closingOf(text, start);
    const value = end === undefined ? undefined : tryParseJson(text.slice(start, end));
    if (end !== undefined && value !== undefined)
      found.push({ start, end, value: value as FoundJson["value"] });
    position = end !== undefined && value !== undefined ? end : start + 1;
  }
  return found;
}

function nextOpening(text: string, from: number): number | undefined {
  const offset = text.slice(from).search(/[[{]/);
  return offset === -1 ? undefined : from + offset;
}

/** Offset after the bracket that closes the one at `start`. Brackets inside strings do not count. */
function closingOf(text: string, start: number): number | undefined {
  const token = /"(?:[^"\\]|\\.)*"|[[\]{}]/gs;
  token.lastIndex = start;
  let depth = 0;
  for (let match = token.exec(text); match !== null; match = token.exec(text)) {
    if (match[0] === "{" || match[0] === "[") depth += 1;
    else if (match[0] === "}" || match[0] === "]") depth -= 1;
    if (depth === 0) return token.lastIndex;
  }
  return undefined;
}

/** The objects of a list; of what is no list, none. */
export function records(value: unknown): readonly JsonRecord[] {
  return Array.isArray(value) ? value.filter(isRecord) : [];
}

/** A text, else an empty one. */
export function textOr(value: unknown): string {
  return typeof value === "string" ? value : "";
}
