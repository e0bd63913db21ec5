import { isObject } from "../codec.ts";
import { formsOf, type FlatSchema } from "./flat-schema.ts";
import type { Inliner, OpenReferences } from "./inline-references.ts";
import { typesIn } from "./merge-schemas.ts";

/** Characters; what is longer is cut. */
const longest = 400;

/** A form in few words, for a description: `{id: integer, tags?: string[], owner: {…}}`. */
export function sketch(schema: unknown, inliner: Inliner, open: OpenReferences): string {
  const text = write(schema, inliner, open, 2);
  return text.length > longest ? `${text.slice(0, longest)}…` : text;
}

function write(given: unknown, inliner: Inliner, open: OpenReferences, levels: number): string {
  const flat = inliner.flatten(given, open);
  if (flat.kind === "recursion") return flat.reference.split("/").at(-1) ?? "…";
  const { schema } = flat;
  const inside = (member: unknown): string => write(member, inliner, flat.open, levels - 1);
  const values = "const" in schema ? [schema.const] : schema.enum;
  if (Array.isArray(values))
    return values
      .slice(0, 10)
      .map((value) => JSON.stringify(value))
      .join(" | ");
  const forms = formsOf(schema);
  if (forms !== undefined) return levels === 0 ? "…" : forms.slice(0, 10).map(inside).join(" | ");
  if (schema.items !== undefined) return levels === 0 ? "[…]" : `(${inside(schema.items)})[]`;
  if (isObject(schema.properties))
    return levels === 0 ? "{…}" : writeObject(schema, schema.properties, inside);
  if (isObject(schema.additionalProperties))
    return `{[key]: ${levels === 0 ? "…" : inside(schema.additionalProperties)}}`;
  const types = typesIn(schema.type).filter((type) => typeof type === "string");
  return types.length === 0 ? "any" : types.join(" | ");
}

function writeObject(
  { required }: FlatSchema,
  properties: Readonly<Record<string, unknown>>,
  inside: (member: unknown) => string,
): string {
  const needed: readonly unknown[] = Array.isArray(required) ? required : [];
  const members = Object.entries(properties)
    .slice(0, 40)
    .map(([key, member]) => `${key}${needed.includes(key) ? "" : "?"}: ${inside(member)}`);
  return `{${members.join(", ")}}`;
}
