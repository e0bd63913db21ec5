/** The description, and what of it is too long for the provider: cut behind a sentence or a word. */
export function cutDescription(
  text: string,
  longest: number,
): { readonly head: string; readonly rest: string } {
  if (text.length <= longest) return { head: text, rest: "" };
  const room = text.slice(0, longest - 1);
  const sentence = Math.max(room.lastIndexOf(". "), room.lastIndexOf("\n"));
  const end = sentence > longest / 2 ? sentence + 1 : Math.max(room.lastIndexOf(" "), 0) || safeEnd(room);
  return { head: `${text.slice(0, end).trimEnd()}…`, rest: text.slice(end).trimStart() };
}

/** Between two characters, never within one. */
function safeEnd(text: string): number {
  return /[\uD800-\uDBFF]$/.test(text) ? text.length - 1 : text.length;
}
