import type { IsWanted } from "./find-escapes.ts";
import { unescape, type Origin } from "./unescape.ts";

/**
 * Gets a text, and where each of its characters stood in the text that it was made from.
 *
 * @returns How many of its characters to go on with, where it is not all.
 */
export type OnLayer = (text: string, originOf: (position: number) => Origin) => number | undefined;

/** Escapes within escapes within escapes: JSON in a form field in JSON. */
const mostLayers = 3;
/** What escapes begin with; most texts are without. */
const mark = /[%\\&\n]/;

/**
 * Visits a text as it is, then every stretch of it that has escapes with one layer of them undone, then what still has any
 * in those.
 *
 * @param margin - Characters around an escape that are given with it.
 */
export function visitLayers(text: string, isWanted: IsWanted, margin: number, onLayer: OnLayer): void {
  visit(text, (position) => ({ start: position, end: position + 1 }), 0);

  function visit(layer: string, originOf: (position: number) => Origin, depth: number): void {
    const rest = layer.slice(0, onLayer(layer, originOf));
    if (depth === mostLayers || !mark.test(rest)) return;
    for (const unescaped of unescape(rest, isWanted, margin)) {
      const origin = (position: number): Origin => {
        const { start, end } = unescaped.originOf(position);
        return { start: originOf(start).start, end: originOf(end - 1).end };
      };
      visit(unescaped.text, origin, depth + 1);
    }
  }
}
