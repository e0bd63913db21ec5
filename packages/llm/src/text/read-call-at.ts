import { endsWithin } from "./find-mark.ts";
import { isMentioned } from "./quoting.ts";
import { undecided } from "./region.ts";
import type { Region, TextGrammar, TextSource } from "./text-source.ts";

const openers = new WeakMap<readonly TextGrammar[], readonly string[]>();

/** Everything that a call may begin with, the longest first. */
export function openersOf(grammars: readonly TextGrammar[]): readonly string[] {
  const known = openers.get(grammars);
  if (known !== undefined) return known;
  const all = new Set(grammars.flatMap((grammar) => grammar.openers));
  const sorted = [...all].toSorted((one, other) => other.length - one.length);
  openers.set(grammars, sorted);
  return sorted;
}

const readers = new WeakMap<readonly TextGrammar[], Map<string, readonly TextGrammar[]>>();

/** The grammars that begin with an opener, or with the beginning of it. */
function grammarsFor(grammars: readonly TextGrammar[], opener: string): readonly TextGrammar[] {
  let known = readers.get(grammars);
  if (known === undefined) {
    known = new Map();
    readers.set(grammars, known);
  }
  let found = known.get(opener);
  if (found === undefined) {
    found = grammars.filter(({ openers: marks }) => marks.some((mark) => opener.startsWith(mark)));
    known.set(opener, found);
  }
  return found;
}

/**
 * Reads what begins exactly at an offset with the first grammar that finds a call there.
 *
 * @param opener - The longest opener that stands there, if it is known.
 * @returns `undefined` if no grammar begins so.
 */
export function readCallAt(
  source: TextSource,
  at: number,
  opener: string | undefined = openersOf(source.grammars).find((mark) => source.text.startsWith(mark, at)),
): Region | undefined {
  let region: Region | undefined;
  for (const grammar of opener === undefined ? [] : grammarsFor(source.grammars, opener)) {
    const found = grammar.read(source, at);
    if (found.calls.length > 0 && grammar.bare !== true && isMentioned(source.text, at))
      return { ...found, calls: [], mayGrow: false };
    // What one grammar knows to be hidden, another must not look into.
    if (found.calls.length > 0 || found.mayGrow || found.hidden === true) return found;
    region = found;
  }
  // The longer opener of another grammar may be on its way.
  const rest = source.text.length - at;
  const marks = openersOf(source.grammars);
  const mayGrow =
    rest > 0 && rest < (marks[0]?.length ?? 0) && marks.some((mark) => endsWithin(source.text, at, mark));
  return mayGrow ? undecided(source) : region;
}
