/** What an argument may name in place of a value. */
export type Naming =
  | { readonly resultHandle: string; readonly select?: string }
  | { readonly fileRef: string };

/** Where in the arguments something is named. */
export interface NamedPlace {
  readonly path: readonly string[];
  readonly naming: Naming;
}

const deepest = 20;
const fileMembers = new Set(["fileRef", "name", "mediaType", "size", "sha256", "source"]);
const resultMembers = new Set(["resultHandle", "select"]);

/**
 * The places of arguments that hold `{ "resultHandle": …, "select"?: … }` or a `FileRef`, and nothing else. A text that
 * is such an object counts, too: where a schema wants a text, some providers let a model write nothing but one.
 */
export function namedPlaces(value: unknown, path: readonly string[] = []): readonly NamedPlace[] {
  if (typeof value === "string") {
    const naming = readText(value);
    return naming === undefined ? [] : [{ path, naming }];
  }
  if (typeof value !== "object" || value === null || path.length > deepest) return [];
  const naming = readNaming(value);
  if (naming !== undefined) return [{ path, naming }];
  return Object.entries(value).flatMap(([key, part]) => namedPlaces(part, [...path, key]));
}

function readText(text: string): Naming | undefined {
  if (text.length > 2_000 || !/^\s*\{\s*"(?:resultHandle|fileRef)"/.test(text)) return undefined;
  try {
    return readNaming(JSON.parse(text) as object);
  } catch {
    return undefined;
  }
}

function readNaming(value: object): Naming | undefined {
  const { resultHandle, select, fileRef } = value as Readonly<Record<string, unknown>>;
  const hasOnly = (members: ReadonlySet<string>): boolean =>
    Object.keys(value).every((key) => members.has(key));
  if (typeof fileRef === "string" && hasOnly(fileMembers)) return { fileRef };
  if (typeof resultHandle !== "string" || !hasOnly(resultMembers)) return undefined;
  if (select === undefined) return { resultHandle };
  return typeof select === "string" ? { resultHandle, select } : undefined;
}
