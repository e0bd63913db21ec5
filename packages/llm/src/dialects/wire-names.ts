import { shortHash } from "./short-hash.ts";

/** What a provider takes for a name. */
export interface NameRule {
  /** Matches a whole name. */
  readonly pattern: RegExp;
  /** Characters. */
  readonly longest: number;
}

export function isLegalName(name: string, { pattern, longest }: NameRule): boolean {
  return name.length <= longest && pattern.test(name);
}

/**
 * What names are called with a provider: legal ones as they are, others as near as they can be (`page[limit]` is
 * `page_limit`). Where a name is cut, or two meet, a hash of the name is put behind it. No two share one.
 */
export function toWireNames(names: readonly string[], rule: NameRule): ReadonlyMap<string, string> {
  const wire = new Map(names.filter((name) => isLegalName(name, rule)).map((name) => [name, name]));
  const taken = new Set(wire.values());
  for (const name of names) {
    if (wire.has(name)) continue;
    const made = freeName(name, rule, taken);
    taken.add(made);
    wire.set(name, made);
  }
  return new Map(names.map((name) => [name, wire.get(name) ?? name]));
}

function freeName(name: string, rule: NameRule, taken: ReadonlySet<string>): string {
  const near = nearestLegal(name, rule.pattern);
  if (near.length <= rule.longest && !taken.has(near)) return near;
  for (let attempt = 0; ; attempt += 1) {
    const suffix = `_${shortHash(attempt === 0 ? name : `${name}#${attempt}`)}`;
    const made = near.slice(0, rule.longest - suffix.length) + suffix;
    if (!taken.has(made)) return made;
  }
}

function nearestLegal(name: string, pattern: RegExp): string {
  const plain = name.replaceAll(/\W+/g, "_").replaceAll(/^_+|_+$/g, "");
  if (pattern.test(plain)) return plain;
  return [`n_${plain}`, "n"].find((made) => pattern.test(made)) ?? "n";
}
