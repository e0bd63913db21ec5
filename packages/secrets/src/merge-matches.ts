/** Where something of a secret stands, and what to write in its place. */
export interface Finding {
  readonly start: number;
  readonly end: number;
  readonly replacement: string;
}

/** A finding that others may overlap. */
export interface Match extends Finding {
  /** All of a secret, not only a part. */
  readonly isWhole: boolean;
}

/** Makes one of those that overlap, so that nothing of either is left. Its name is that of the longest whole one. */
export function mergeMatches(matches: readonly Match[]): Finding[] {
  const merged: Finding[] = [];
  let named: Match | undefined;
  for (const match of matches.toSorted((a, b) => a.start - b.start)) {
    const last = merged.at(-1);
    if (last === undefined || named === undefined || match.start >= last.end) {
      named = match;
      merged.push(match);
      continue;
    }
    if (isBetterName(match, named)) named = match;
    merged[merged.length - 1] = {
      start: last.start,
      end: Math.max(last.end, match.end),
      replacement: named.replacement,
    };
  }
  return merged;
}

function isBetterName(a: Match, b: Match): boolean {
  return a.isWhole === b.isWhole ? a.end - a.start > b.end - b.start : a.isWhole;
}

/** @returns The same string if nothing was found. */
export function replaceFindings(text: string, findings: readonly Finding[]): string {
  if (findings.length === 0) return text;
  let replaced = "";
  let done = 0;
  for (const { start, end, replacement } of findings) {
    replaced += text.slice(done, start) + replacement;
    done = end;
  }
  return replaced + text.slice(done);
}
