import type { LoggerPort } from "@mcs/core";
import { createFinder, type Finder, type KnownSecret } from "./find-secrets.ts";
import { replaceFindings } from "./merge-matches.ts";
import { shortest } from "./needles.ts";
import { openSealed } from "./open-sealed.ts";
import { scrubValue } from "./scrub-value.ts";
import type { Secret } from "./secret.ts";
import { createTextStream, type TextStream } from "./text-stream.ts";

/** Takes every secret out of what passes through it and writes `[secret label]` in its place. */
export interface Scrubber {
  /** @returns The same text if there is no secret in it. */
  text(text: string): string;
  /**
   * Scrubs strings, keys, numbers and bytes wherever they stand in data: objects, arrays, maps, sets, errors. Texts and
   * byte arrays that are the items of one array are also read as the chunks of one. An object of another class becomes
   * the data that JSON would write of it, an error its name, message, cause and fields without the stack, a function is
   * left out, and what is nested over 500 levels deep is replaced by a note.
   *
   * @returns The same value if it is data without a secret, else a deep copy.
   * @throws {MCSError} `MCS_DRIVER_FAULT` if the value cannot be read: a getter, a proxy or a `toJSON` that throws. What it
   *   threw is not passed on.
   */
  value<T>(value: T): T;
  /** For a text that comes in chunks, each of which may end within a secret. */
  stream(): TextStream;
}

/**
 * Makes a scrubber for a set of secrets that may change.
 *
 * @param secrets - Asked at each use, so that renewed credentials count at once. Empty secrets are passed over; one
 *   shorter than 8 characters is replaced only where it is a whole word.
 * @param logger - Is warned of each secret shorter than 8 characters, once: now, or when it becomes known.
 */
export function createScrubber(secrets: () => Iterable<Secret>, logger?: Pick<LoggerPort, "warn">): Scrubber {
  let sealed: readonly Secret[] = [];
  let known: readonly KnownSecret[] = [];
  let finder: Finder | undefined;
  const warned = new Set<string>();

  function currentFinder(): Finder | undefined {
    const list = [...secrets()];
    if (list.length === sealed.length && list.every((secret, index) => secret === sealed[index]))
      return finder;
    const opened = openAll(list);
    // To index the spellings takes much longer than to look for them.
    if (!isSame(opened, known)) finder = createFinder(opened);
    known = opened;
    sealed = list;
    for (const { value, replacement } of known) warnOf(value, replacement);
    return finder;
  }

  function warnOf(value: string, name: string): void {
    if (logger === undefined || value.length >= shortest || warned.has(name)) return;
    warned.add(name);
    logger.warn(`MCS secret is too short: ${name} is replaced only where it is a whole word.`, {
      secret: name,
      hint: `Use one of ${shortest} characters or more.`,
    });
  }

  if (logger !== undefined) currentFinder();
  return {
    text(text) {
      const current = currentFinder();
      return current === undefined ? text : replaceFindings(text, current.find(text));
    },
    value<T>(value: T): T {
      const current = currentFinder();
      return current === undefined ? value : (scrubValue(value, current) as T);
    },
    stream() {
      return createTextStream(currentFinder);
    },
  };
}

/** Many secrets may have one value: providers seal it anew for each call. */
function openAll(secrets: readonly Secret[]): KnownSecret[] {
  const known = new Map<string, KnownSecret>();
  for (const secret of secrets) {
    const { value, publicLength } = openSealed(secret);
    const least = Math.min(publicLength, known.get(value)?.publicLength ?? publicLength);
    known.set(value, { value, publicLength: least, replacement: String(secret) });
  }
  known.delete("");
  return [...known.values()];
}

function isSame(a: readonly KnownSecret[], b: readonly KnownSecret[]): boolean {
  const other = new Map(b.map((secret) => [secret.value, secret]));
  return (
    a.length === b.length &&
    a.every(({ value, publicLength, replacement }) => {
      const same = other.get(value);
      return same?.publicLength === publicLength && same.replacement === replacement;
    })
  );
}
