import fc from "fast-check";
import { expect, test } from "vitest";
import { HeldWords } from "../src/chat/held-words.ts";

/** What was shown of a text that came in pieces: while it came, and at its end. */
function show(pieces: readonly string[]): readonly string[] {
  const shown: string[] = [];
  const words = new HeldWords((piece) => shown.push(piece));
  for (const piece of pieces) words.add(piece);
  words.showRest();
  expect(words.shown).toBe(shown.join(""));
  return shown;
}

const cutUp = (text: string): fc.Arbitrary<string[]> =>
  fc.array(fc.nat(text.length), { maxLength: 12 }).map((cuts) => {
    const places = [0, ...cuts.toSorted((a, b) => a - b), text.length];
    return places.slice(1).map((place, index) => text.slice(places[index], place));
  });

const pieces = fc.string({ unit: "binary", maxLength: 60 }).chain(cutUp);

test("A text is shown whole, however it was cut up", () => {
  fc.assert(
    fc.property(pieces, (text) => {
      expect(show(text).join("")).toBe(text.join(""));
    }),
  );
});

test("A word is never shown in two parts while it comes", () => {
  fc.assert(
    fc.property(cutUp("The key is sk-5b1f0c9a7e3d4f28, and 日本語 is no ASCII.\n"), (text) => {
      for (const piece of show(text)) expect(piece).not.toMatch(/^(?!sk-5b1f0c9a7e3d4f28)[!-~]*4f28/);
    }),
  );
});

test("A word without an end costs no more than its length", () => {
  const shown = show(Array.from({ length: 200_000 }, () => "word"));
  expect(shown.map(({ length }) => length)).toEqual([800_000]);
});
