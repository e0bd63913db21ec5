import type { NameRule } from "../wire-names.ts";

/** How much of a tool's schema a provider takes. */
export interface SchemaLimits {
  /** Properties of all objects together. */
  readonly properties?: number;
  /** Levels of objects and arrays; the arguments themselves are the first. */
  readonly nesting?: number;
  /** Values of all enumerations together. */
  readonly enumValues?: number;
  /** Characters of property names and enumerated values together. */
  readonly characters?: number;
  /** Characters of the values of one enumeration, where it has more than that many values. */
  readonly longEnum?: { readonly values: number; readonly characters: number };
}

/** The part of JSON Schema that a provider accepts. */
export interface SchemaRules {
  /**
   * `whole`: all of JSON Schema 2020-12, so that a schema stays as it is. `rebuilt`: some of it, so that references are
   * put in place, compositions merged, and whatever is not accepted said in the description.
   */
  readonly kind: "whole" | "rebuilt";
  /** Keywords that are accepted besides `type`, `description`, `properties`, `required`, `items`, `enum`, `anyOf`. */
  readonly keywords: ReadonlySet<string>;
  /** Keywords beside the root's `type`; default: those of any other object. */
  readonly rootKeywords?: ReadonlySet<string>;
  /** Names of properties, `everywhere` or only of the arguments themselves. */
  readonly keys?: NameRule & { readonly everywhere: boolean };
  /** Values of `format` by type; absent: any. */
  readonly formats?: Readonly<Record<string, ReadonlySet<string>>>;
  /** Patterns may look ahead or behind. */
  readonly lookaround: boolean;
  /**
   * Every value is held to the schema: what a schema does not describe cannot be said. So maps become lists of pairs, and
   * what has no form becomes JSON text.
   */
  readonly enforced: boolean;
  /** How an optional property is left out: it is `absent`, or required and `null`. */
  readonly optional: "absent" | "null";
  /** How null is admitted: `type: [T, "null"]`, or `nullable: true`. */
  readonly nulls: "type" | "nullable";
  /** Enumerations hold any values, or scalars, or strings only. */
  readonly enums: "any" | "scalars" | "strings";
  /** Nothing else may stand beside `anyOf`. */
  readonly anyOfAlone: boolean;
  /** An object without properties is refused. */
  readonly emptyObjects: boolean;
  /** Names of types are in capitals, and 64-bit integers are text (`minItems: "1"`), as in Protocol Buffers' JSON. */
  readonly protobuf: boolean;
  readonly limits: SchemaLimits;
}

const annotations = ["title", "default", "examples", "deprecated", "readOnly", "writeOnly", "$comment"];

/** Keywords that restrict a value without having schemas in them. */
export const assertions: readonly string[] = [
  "const",
  "exclusiveMaximum",
  "exclusiveMinimum",
  "format",
  "maxItems",
  "maxLength",
  "maxProperties",
  "maximum",
  "minItems",
  "minLength",
  "minProperties",
  "minimum",
  "multipleOf",
  "pattern",
  "uniqueItems",
];

/** Rules of a provider that takes any JSON Schema. */
export const wholeSchema: SchemaRules = {
  kind: "whole",
  keywords: new Set(),
  lookaround: true,
  enforced: false,
  optional: "absent",
  nulls: "type",
  enums: "any",
  anyOfAlone: false,
  emptyObjects: true,
  protobuf: false,
  limits: {},
};

/** Rules of a provider that takes JSON Schema without references and without compositions other than `anyOf`. */
export const plainSchema: SchemaRules = {
  ...wholeSchema,
  kind: "rebuilt",
  keywords: new Set([...annotations, ...assertions, "additionalProperties"]),
};
