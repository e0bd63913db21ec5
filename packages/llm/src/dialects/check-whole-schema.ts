import { isObject } from "./codec.ts";
import type { SchemaRules } from "./rules/schema-rules.ts";
import { isTakenPattern } from "./transforms/drop-keywords.ts";
import { createInliner } from "./transforms/inline-references.ts";
import { schemaVocabulary } from "./transforms/schema-vocabulary.ts";
import { isLegalName } from "./wire-names.ts";

/** Told of what is refused, and where. */
export type Refuse = (message: string, path: string) => void;

/** A schema of arguments that may use all of JSON Schema 2020-12. */
export function checkWholeSchema(
  root: Readonly<Record<string, unknown>>,
  rules: SchemaRules,
  refuse: Refuse,
): void {
  if (root["type"] !== "object") refuse("The root is no object.", "");
  for (const keyword of ["allOf", "anyOf", "oneOf"])
    if (keyword in root) refuse(`There is ${keyword} at the root.`, "");
  const { keys } = rules;
  if (keys !== undefined && isObject(root["properties"])) {
    for (const key of Object.keys(root["properties"])) {
      if (!isLegalName(key, keys))
        refuse(`The name "${key}" does not match ${keys.pattern.source}, or is too long.`, "/properties");
    }
  }
  const dangling = new Set<string>();
  const inliner = createInliner(root, (reference) => dangling.add(reference));
  const isDangling = (reference: string): boolean => {
    inliner.flatten({ $ref: reference }, new Set());
    return dangling.has(reference);
  };
  checkKeywords(root, "");

  function checkKeywords(schema: unknown, path: string): void {
    if (!isObject(schema)) return;
    for (const [keyword, value] of Object.entries(schema)) {
      const { kind, fits } = schemaVocabulary.get(keyword) ?? {};
      const at = `${path}/${keyword}`;
      if (fits?.(value) === false) refuse(`${keyword} is not valid JSON Schema 2020-12.`, at);
      else if (keyword === "$ref" && isDangling(String(value))) refuse(`${String(value)} leads nowhere.`, at);
      else if (keyword === "pattern" && !isTakenPattern(String(value), rules))
        refuse("The pattern is not taken.", at);
      else if (kind === "schema") checkKeywords(value, at);
      else if (kind === "list")
        (value as unknown[]).forEach((item, index) => checkKeywords(item, `${at}/${index}`));
      else if (kind === "map") {
        for (const [key, member] of Object.entries(value as object)) checkKeywords(member, `${at}/${key}`);
      }
    }
  }
}
