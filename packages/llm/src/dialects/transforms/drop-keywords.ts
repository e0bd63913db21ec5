import type { JsonSchemaObject } from "@mcs/core";
import { fillTemplate } from "../../prompt-strategy.ts";
import { assertions } from "../rules/schema-rules.ts";
import { keywordTexts, omittedText, otherKeywordText } from "../texts.ts";
import { leftOver, type FlatSchema } from "./flat-schema.ts";
import { isAnnotation } from "./merge-schemas.ts";
import { schemaVocabulary } from "./schema-vocabulary.ts";
import type { Compilation, Place } from "./compiled-schema.ts";

export interface KeptKeywords {
  readonly kept: JsonSchemaObject;
  /** The others, as sentences. */
  readonly notes: readonly string[];
}

/** Characters of a keyword's value in a description. */
const longestValue = 300;

/** Annotations that a model should know. */
const told = new Set(["default", "deprecated"]);

/** Keywords of 64-bit integers in Protocol Buffers, which their JSON has as text. */
const wideIntegers = new Set([
  "maxItems",
  "maxLength",
  "maxProperties",
  "minItems",
  "minLength",
  "minProperties",
]);

/** Keywords that apply to one type only. */
const keywordsOfType: Readonly<Record<string, readonly string[]>> = {
  array: [
    "maxItems",
    "minItems",
    "uniqueItems",
    "contains",
    "maxContains",
    "minContains",
    "unevaluatedItems",
  ],
  number: ["exclusiveMaximum", "exclusiveMinimum", "maximum", "minimum", "multipleOf"],
  object: [
    "dependentRequired",
    "dependentSchemas",
    "maxProperties",
    "minProperties",
    "propertyNames",
    "unevaluatedProperties",
  ],
  string: ["maxLength", "minLength", "pattern"],
};
const typeOfKeyword = new Map(
  Object.entries(keywordsOfType).flatMap(([type, keywords]) =>
    keywords.map((keyword) => [keyword, type] as const),
  ),
);

/**
 * What a provider takes of the keywords that restrict a value; the rest in words.
 *
 * @param handled - Keywords that are dealt with elsewhere.
 */
export function dropKeywords(
  schema: FlatSchema,
  type: string,
  handled: readonly string[],
  { rules, losses }: Compilation,
  place: Place,
): KeptKeywords {
  const kept: Record<string, unknown> = {};
  const notes: string[] = [];
  const note = (keyword: string, value: unknown, isLoss: boolean): void => {
    if (isLoss) losses.add("dropped_keyword", place.path, keyword);
    notes.push(toSentence(keyword, value));
  };
  const scalar = type === "integer" ? "number" : type;
  for (const [keyword, value] of Object.entries(schema)) {
    if (handled.includes(keyword) || (typeOfKeyword.get(keyword) ?? scalar) !== scalar) continue;
    if (isVacuous(keyword, value)) continue;
    if (schemaVocabulary.get(keyword)?.fits?.(value) === false)
      losses.add("invalid_keyword", place.path, keyword);
    else if (isAnnotation(keyword) || keyword.startsWith("x-") || keyword.startsWith("$")) {
      if (rules.keywords.has(keyword) && keyword !== "description") kept[keyword] = value;
      else if (told.has(keyword) && value !== false) note(keyword, value, false);
    } else if (isTaken(keyword, value, type, rules)) {
      kept[keyword] = rules.protobuf && wideIntegers.has(keyword) ? String(value) : value;
    } else note(keyword, value, true);
  }
  for (const left of schema[leftOver] ?? []) {
    for (const [keyword, value] of Object.entries(left))
      if (!isAnnotation(keyword)) note(keyword, value, true);
  }
  return { kept, notes };
}

/** It says no more than its absence would. */
function isVacuous(keyword: string, value: unknown): boolean {
  return (
    value === undefined ||
    (keyword === "uniqueItems" && value === false) ||
    (keyword.startsWith("min") && keyword !== "minimum" && value === 0)
  );
}

function isTaken(keyword: string, value: unknown, type: string, rules: Compilation["rules"]): boolean {
  if (!rules.keywords.has(keyword) || !assertions.includes(keyword)) return false;
  if (keyword === "format")
    return rules.formats === undefined || rules.formats[type]?.has(String(value)) === true;
  return keyword !== "pattern" || isTakenPattern(String(value), rules);
}

/** Patterns of other dialects, or that look around where this is refused, are not taken. */
export function isTakenPattern(source: string, { lookaround }: Compilation["rules"]): boolean {
  try {
    // Compiled only to see whether it can be.
    RegExp(source, "u");
  } catch {
    return false;
  }
  return lookaround || !/\(\?<?[=!]/.test(source);
}

function toSentence(keyword: string, value: unknown): string {
  const json = typeof value === "string" ? value : JSON.stringify(value);
  const shown = json.length > longestValue ? omittedText : json;
  const text = Object.hasOwn(keywordTexts, keyword) ? keywordTexts[keyword] : undefined;
  return fillTemplate(text ?? otherKeywordText, { keyword, value: shown });
}
