import type { Finder } from "./find-secrets.ts";
import { replaceFindings, type Finding } from "./merge-matches.ts";

/** Scrubs a text that comes in chunks. What may turn out to be of a secret is held back until that is clear. */
export interface TextStream {
  /** @returns What can be shown by now: mostly all but the last characters of the chunk. */
  push(chunk: string): string;
  /** @returns What was held back. */
  end(): string;
}

/** @param currentFinder - Asked at each chunk. */
export function createTextStream(currentFinder: () => Finder | undefined): TextStream {
  let held = "";
  /** The last character that was let go: it decides whether a word begins behind it. */
  let before = "";

  function letGo(text: string, findings: readonly Finding[], open: number): string {
    const shown = findings
      .map((finding) => ({ ...finding, start: Math.max(finding.start, before.length) }))
      .filter(({ start }) => start < open);
    const scrubbed = replaceFindings(text.slice(0, open), shown).slice(before.length);
    held = text.slice(open);
    if (open > 0) before = text.charAt(open - 1);
    return scrubbed;
  }

  return {
    push(chunk) {
      const finder = currentFinder();
      const text = before + held + chunk;
      const findings = finder?.find(text) ?? [];
      let open = finder?.openEnd(text) ?? text.length;
      // A finding at the very end may be only the beginning of one.
      for (const { start, end } of findings.toReversed()) {
        if (end > open || end === text.length) open = Math.min(open, start);
      }
      return letGo(text, findings, Math.max(open, before.length));
    },
    end() {
      const text = before + held;
      return letGo(text, currentFinder()?.find(text) ?? [], text.length);
    },
  };
}
