/** A fence, the marks that end a sentence with closing quotes or brackets, a full stop of Chinese or Japanese, blanks. */
const marks = /```|[.!?…](?:["')\]*_]|`(?!``))*(?=\s)|[。！？]|\s+/gu;

/** `e.g.`, `i.e.`, `U.S.`: before the full stop stands a single letter. */
const abbreviated = /(?:^|[^\p{L}\p{N}])\p{L}$/u;
const blankLine = /\n[^\S\n]*\n/;
const listItem = /(?:[-*+]|\d{1,9}[.)])\s/y;

/**
 * Where the sentences of a description end, in UTF-16 code units, ascending; the last one is the end of the text without
 * blanks. A sentence ends with its mark, unless a small letter follows, and before a blank line or an item of a list. What
 * stands in a fence is part of one sentence, so that no fence is left open.
 */
export function sentenceEnds(text: string): readonly number[] {
  const found = new Set<number>();
  let isFenced = false;
  let markEnd = -1;
  for (const { 0: mark, index } of text.matchAll(marks)) {
    const end = index + mark.length;
    if (mark === "```") isFenced = !isFenced;
    else if (isFenced) continue;
    else if (mark.trim() === "") {
      if ((markEnd === index && !/^\p{Ll}/u.test(text.slice(end, end + 2))) || startsPart(mark, text, end))
        found.add(index);
    } else if (/[。！？]/u.test(mark)) found.add(end);
    else if (!(mark.startsWith(".") && abbreviated.test(text.slice(Math.max(0, index - 3), index))))
      markEnd = end;
  }
  found.add(text.trimEnd().length);
  found.delete(0);
  return [...found];
}

function startsPart(blanks: string, text: string, end: number): boolean {
  if (blankLine.test(blanks)) return true;
  listItem.lastIndex = end;
  return blanks.includes("\n") && listItem.test(text);
}
