import { cutValue, type CutLimits, type CutValue } from "./cut-value.ts";
import { estimateResultTokens } from "./estimate-result-tokens.ts";

/** What a result may cost in a conversation. */
export interface ShapeOptions {
  /** Default `10_000`. Fewer than 50 count as 50. */
  readonly tokens?: number | undefined;
  /** The model's own tokenizer. Default: an estimate that is usually 10 to 50 % too high. */
  readonly countTokens?: ((text: string) => number) | undefined;
}

/** A result as a conversation gets it. */
export interface ShapedResult {
  /** A value that JSON can carry; the result itself if that fits. */
  readonly view: unknown;
  /** Whether it is all there is. */
  readonly isWhole: boolean;
}

/** What a result may cost where nobody says. */
export const defaultTokens = 10_000;
const fewestTokens = 50;

/** No tokenizer gets more out of a token, other than for runs of one character. */
export const charactersPerToken = 12;
const deepest = 100;

/**
 * A view of a result within a budget (contract rule 11): its structure stays, long strings and lists are cut, and what is
 * missing is counted where it is missing. Written as JSON it is valid; a text stays a text.
 */
export function shapeResult(
  result: unknown,
  { tokens = defaultTokens, countTokens = estimateResultTokens }: ShapeOptions = {},
): ShapedResult {
  const most = Math.max(tokens, fewestTokens);
  const room = most * charactersPerToken;
  const fits = (cut: CutValue | undefined): cut is CutValue =>
    cut !== undefined && countTokens(textOf(cut.value)) <= most;
  try {
    const whole = cutValue(result, { text: room, items: room, depth: deepest, room });
    if (fits(whole)) return whole.isWhole ? { view: result, isWhole: true } : toShaped(whole);
    return toShaped(
      searchLimits(room, most, (limits) => {
        const cut = cutValue(result, limits);
        return fits(cut) ? cut : undefined;
      }),
    );
  } catch {
    // A getter threw: it cannot be written at all, and is said to be so where it is written.
    return { view: result, isWhole: true };
  }
}

/**
 * The most generous cut that fits: items and texts grow together, for one of them must not starve the other, and then each
 * by itself, for a result may have but one of them.
 */
function searchLimits(
  room: number,
  most: number,
  cut: (limits: CutLimits) => CutValue | undefined,
): CutValue | undefined {
  const start: CutLimits = { text: 0, items: 0, depth: 0, room };
  const growths: readonly ((limits: CutLimits, size: number) => CutLimits)[] = [
    (limits, size) => ({
      ...limits,
      items: size,
      text: size * 16,
      depth: 2 + 2 * Math.ceil(Math.log2(size)),
    }),
    (limits, size) => ({ ...limits, text: Math.max(limits.text, size * charactersPerToken) }),
    (limits, size) => ({ ...limits, items: Math.max(limits.items, size) }),
  ];
  let limits = start;
  let best = cut(start);
  for (const grow of growths) {
    let [low, high] = [0, most];
    while (low < high) {
      const size = Math.ceil((low + high) / 2);
      const next = grow(limits, size);
      const found = cut(next);
      if (found === undefined) {
        high = size - 1;
        continue;
      }
      low = size;
      best = found;
    }
    if (low > 0) limits = grow(limits, low);
  }
  return best;
}

function toShaped(cut: CutValue | undefined): ShapedResult {
  return { view: cut === undefined ? "…" : cut.value, isWhole: false };
}

/** What the model reads: a text as it is, anything else as JSON. */
function textOf(value: unknown): string {
  return typeof value === "string" ? value : (JSON.stringify(value) ?? "null");
}
