import type { JsonSchema, JsonSchemaObject } from "@mcs/core";
import { isObject } from "../codec.ts";
import type { FlatSchema } from "./flat-schema.ts";
import { mergeSchemas } from "./merge-schemas.ts";

/** References that stand open around a place: one that comes back is a recursion. */
export type OpenReferences = ReadonlySet<string>;

export type Inlined =
  | { readonly kind: "schema"; readonly schema: FlatSchema; readonly open: OpenReferences }
  | { readonly kind: "recursion"; readonly reference: string; readonly schema: FlatSchema };

export interface Inliner {
  /** The schema with what it refers to, and all that it has to fit besides, on its own level. */
  flatten(schema: unknown, open: OpenReferences): Inlined;
}

/** @param onDangling - Told of every reference that leads nowhere. */
export function createInliner(root: JsonSchema, onDangling: (reference: string) => void): Inliner {
  const targets = new Map<string, unknown>();

  function targetOf(reference: string): unknown {
    if (!targets.has(reference)) targets.set(reference, findPointer(root, reference));
    const target = targets.get(reference);
    if (target === undefined) onDangling(reference);
    return target;
  }

  function flatten(given: unknown, open: OpenReferences): Inlined {
    if (!isObject(given)) return { kind: "schema", schema: {}, open };
    const { $ref: reference, allOf, ...own } = given as JsonSchemaObject;
    let merged: FlatSchema = {};
    let opened = open;
    const parts = [
      ...(typeof reference === "string" ? [reference] : []),
      ...(Array.isArray(allOf) ? (allOf as readonly unknown[]) : []),
    ];
    for (const part of parts) {
      const isReference = typeof part === "string";
      if (isReference && opened.has(part)) return { kind: "recursion", reference: part, schema: own };
      const flat = isReference ? flatten(targetOf(part), new Set([...opened, part])) : flatten(part, opened);
      if (flat.kind === "recursion") return { ...flat, schema: own };
      opened = new Set([...opened, ...flat.open]);
      merged = mergeSchemas(merged, flat.schema);
    }
    return { kind: "schema", schema: mergeSchemas(merged, own), open: opened };
  }

  return { flatten };
}

/** @see RFC 6901, JSON Pointer; in a fragment, so that it is percent-encoded, too. */
function findPointer(root: unknown, reference: string): unknown {
  if (reference === "#") return root;
  if (!reference.startsWith("#/")) return undefined;
  let found = root;
  for (const token of reference.slice(2).split("/")) {
    const key = decodeToken(token);
    if (typeof found !== "object" || found === null || !Object.hasOwn(found, key)) return undefined;
    found = Reflect.get(found, key);
  }
  return found;
}

function decodeToken(token: string): string {
  try {
    return decodeURIComponent(token).replaceAll("~1", "/").replaceAll("~0", "~");
  } catch {
    return token;
  }
}
