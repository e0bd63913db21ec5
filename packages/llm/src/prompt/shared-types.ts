import type { JsonSchema, Tool } from "@mcs/core";
import { definitionKey } from "./type-names.ts";

/**
 * The schemas of `$defs` that mean the same in every tool that has one of that name, so that a prompt says each only once;
 * in the order in which they first appear.
 */
export function sharedTypes(tools: readonly Tool[]): ReadonlyMap<string, JsonSchema> {
  const all = tools.flatMap(({ $defs = {} }) => Object.entries($defs));
  const texts = new Map<string, string>();
  const differing = new Set<string>();
  for (const [key, schema] of all) {
    const text = JSON.stringify(schema);
    if ((texts.get(key) ?? text) !== text) differing.add(key);
    texts.set(key, text);
  }
  const references = [...texts].map(([key, text]) => [key, referencesIn(text)] as const);
  // What refers to a schema that differs from tool to tool differs as well. The set grows while it is gone through.
  for (const key of differing)
    for (const [other, keys] of references) if (keys.has(key)) differing.add(other);
  return new Map(all.filter(([key]) => !differing.has(key)));
}

function referencesIn(json: string): ReadonlySet<string | undefined> {
  return new Set(
    Array.from(json.matchAll(/"\$ref":("(?:[^"\\]|\\.)*")/g), ([, ref = ""]) =>
      definitionKey(JSON.parse(ref)),
    ),
  );
}
