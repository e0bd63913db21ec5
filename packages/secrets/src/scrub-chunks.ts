import type { Finder } from "./find-secrets.ts";
import { mergeMatches, replaceFindings, type Finding, type Match } from "./merge-matches.ts";

/**
 * Scrubs texts that may be the chunks of one: what is spread over several is replaced in the first of them, and taken out
 * of the others.
 *
 * @returns The same texts if there is no secret in them.
 */
export function scrubChunks(chunks: readonly string[], finder: Finder): readonly string[] {
  const all = chunks.join("");
  if (all.length < finder.shortest) return chunks;
  const together = finder.find(all);
  // A word stands alone where its chunk begins or ends, which does not show in all of them together.
  const alone = chunks.map((chunk) => finder.find(chunk));
  if (together.length === 0 && alone.every((findings) => findings.length === 0)) return chunks;
  let start = 0;
  return chunks.map((chunk, index) => {
    const within = together.flatMap((finding) => clip(finding, start, chunk.length));
    start += chunk.length;
    const own = (alone[index] ?? [])
      .filter(({ start: from, end }) => !within.some((part) => part.start <= from && part.end >= end))
      .map((finding): Match => ({ ...finding, isWhole: true }));
    return replaceFindings(chunk, mergeMatches([...own, ...within]));
  });
}

/** The part of a finding in the joined chunks that lies in one of them. */
function clip({ start, end, replacement }: Finding, chunkStart: number, length: number): Match[] {
  const from = Math.max(0, start - chunkStart);
  const to = Math.min(length, end - chunkStart);
  const isFirst = start >= chunkStart;
  return from < to
    ? [{ start: from, end: to, isWhole: isFirst, replacement: isFirst ? replacement : "" }]
    : [];
}
