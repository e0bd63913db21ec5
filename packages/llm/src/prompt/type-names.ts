const definitions = "#/$defs/";

/** No word of the notation begins with a capital letter. */
const plainTypeName = /^[A-Z]\w*$/;

/** What a schema of `$defs` is called in a prompt. */
export function typeName(key: string): string {
  return plainTypeName.test(key) ? key : `$${JSON.stringify(key)}`;
}

/** The key of `$defs` that a `$ref` means; `undefined` if it points elsewhere. */
export function definitionKey(ref: unknown): string | undefined {
  if (typeof ref !== "string" || !ref.startsWith(definitions)) return undefined;
  return ref.slice(definitions.length).replaceAll("~1", "/").replaceAll("~0", "~");
}
