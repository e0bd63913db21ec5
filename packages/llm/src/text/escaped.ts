/** Words as alternatives of a regular expression. */
export const escaped = (words: readonly string[]): string =>
  words.map((word) => word.replaceAll(/[\\^$.*+?()[\]{}|/]/g, String.raw`\$&`)).join("|");
