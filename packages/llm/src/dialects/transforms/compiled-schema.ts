import type { JsonSchemaObject } from "@mcs/core";
import type { Codec, JsonType } from "../codec.ts";
import type { Losses } from "../losses.ts";
import type { SchemaLimits, SchemaRules } from "../rules/schema-rules.ts";
import type { Inliner, OpenReferences } from "./inline-references.ts";

/** A schema as a provider takes it, and how values of the original come to fit it, and back. */
export interface CompiledSchema extends Codec {
  /** Without null; see {@link nullable}. */
  readonly schema: JsonSchemaObject;
  readonly nullable: boolean;
  /** What values of `schema` may be, as the model writes them. */
  readonly types: ReadonlySet<JsonType>;
  /** All that a value may be, if it is one of some texts. */
  readonly texts?: readonly string[];
  /** The same for an object's required properties, which may tell it from others. */
  readonly tags?: ReadonlyMap<string, readonly string[]>;
  /** An object with this one key; no other form has it. */
  readonly onlyKey?: string;
  /** The forms that it is one of. */
  readonly parts?: readonly CompiledSchema[];
  /** What this form is called among others. */
  readonly label?: string;
}

/** Where a schema stands. */
export interface Place {
  /** JSON Pointer into the schema of the arguments, as they were given. */
  readonly path: string;
  /** Objects and arrays around it. */
  readonly depth: number;
  readonly open: OpenReferences;
}

/** What every transform needs. */
export interface Compilation {
  readonly rules: SchemaRules;
  readonly limits: SchemaLimits;
  /** Enumerations with more values than that are only described. */
  readonly longestEnum: number;
  readonly losses: Losses;
  readonly inliner: Inliner;
  /** Compiles a schema within this one. */
  compile(schema: unknown, place: Place): CompiledSchema;
}

/** A place within a place. */
export function within(place: Place, tokens: readonly (string | number)[], levels = 0): Place {
  const escaped = tokens.map((token) => `/${String(token).replaceAll("~", "~0").replaceAll("/", "~1")}`);
  return { ...place, path: place.path + escaped.join(""), depth: place.depth + levels };
}

/** Adds sentences to the description of a schema. */
export function describe(description: unknown, notes: readonly string[]): { readonly description?: string } {
  const sentences = [typeof description === "string" ? description.trim() : "", ...notes];
  const text = sentences
    .filter((sentence) => sentence !== "")
    .reduce((before, next) => (before === "" ? next : `${endSentence(before)} ${next}`), "");
  return text === "" ? {} : { description: text };
}

function endSentence(text: string): string {
  return /[\p{L}\p{N})\]}"'`]$/u.test(text) ? `${text}.` : text;
}
