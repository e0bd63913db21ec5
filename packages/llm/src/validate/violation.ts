import type { OutputUnit, Schema } from "@cfworker/json-schema";

/** What is checked, against what. */
export interface Checked {
  readonly schema: Schema | boolean;
  readonly value: unknown;
  /** Stands before every path. */
  readonly rootName: string | undefined;
}

/** One fault that the validator reported, with the parts of schema and value that it is about. */
export interface Violation {
  readonly keyword: string;
  /** Where in the value. */
  readonly path: readonly (string | number)[];
  readonly given: unknown;
  /** The schema that has the keyword; `{}` if it could not be found again. */
  readonly schema: Schema;
  /** The validator's own words. */
  readonly text: string;
}

export function toViolation(unit: OutputUnit, checked: Checked): Violation {
  const { path, given } = follow(checked.value, segmentsOf(unit.instanceLocation));
  const schema = schemaAt(checked.schema, segmentsOf(unit.keywordLocation).slice(0, -1));
  return { keyword: unit.keyword, path, given, schema, text: unit.error };
}

/** Steps of a location like `#/properties/a~1b`. */
function segmentsOf(location: string): string[] {
  const [, ...segments] = location.split("/");
  return /[%~]/.test(location)
    ? segments.map((segment) => decodeURIComponent(segment).replaceAll("~1", "/").replaceAll("~0", "~"))
    : segments;
}

function follow(value: unknown, segments: readonly string[]): Pick<Violation, "path" | "given"> {
  const path: (string | number)[] = [];
  let given = value;
  for (const segment of segments) {
    path.push(Array.isArray(given) ? Number(segment) : segment);
    given = memberOf(given, segment);
  }
  return { path, given };
}

function schemaAt(root: Schema | boolean, segments: readonly string[]): Schema {
  let node: unknown = root;
  for (const segment of segments) {
    node = memberOf(node, segment);
    // A location goes through a reference as through any other keyword.
    if (segment === "$ref" && typeof node === "string")
      node = node.startsWith("#") ? schemaAt(root, segmentsOf(node)) : undefined;
  }
  return typeof node === "object" && node !== null ? node : {};
}

function memberOf(value: unknown, key: string): unknown {
  if (typeof value !== "object" || value === null || !Object.hasOwn(value, key)) return undefined;
  return Reflect.get(value, key);
}
