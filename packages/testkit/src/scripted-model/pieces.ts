/** Long enough to be quick, short enough to cut calls and words in the middle. */
const pieceLength = 12;

/** A text as it streams. */
export function* pieces(text: string): Generator<string> {
  const characters = Array.from(text);
  for (let start = 0; start < characters.length; start += pieceLength) {
    yield characters.slice(start, start + pieceLength).join("");
  }
}
