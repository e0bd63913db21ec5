/** The types that JSON tells apart; an integer is a number. */
export type JsonType = "array" | "boolean" | "null" | "number" | "object" | "string";

/** How values of a schema differ from what a model writes. */
export interface Codec {
  /** Nothing differs: `decode` gives back what it gets. */
  readonly same: boolean;
  /** @returns What a model writes for the value; `undefined` if it cannot be said, or is none that the schema knows. */
  readonly encode: (value: unknown) => unknown;
  /**
   * Gives back what is none of its own as it is: whoever checks it against the tool's schema sees what the model wrote.
   *
   * @throws {MCSError} `MCS_INVALID_ARGUMENTS` for text that should be JSON and is not.
   */
  readonly decode: (wire: unknown) => unknown;
}

export function typeOf(value: unknown): JsonType | undefined {
  if (value === null) return "null";
  if (Array.isArray(value)) return "array";
  const type = typeof value;
  return type === "object" || type === "string" || type === "number" || type === "boolean" ? type : undefined;
}

export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeOf(value) === "object";
}

/** Values that go over as they are, if they are of one of the types. */
export function sameCodec(fits: (value: unknown) => boolean): Codec {
  return { same: true, encode: (value) => (fits(value) ? value : undefined), decode: (wire) => wire };
}

/** Lets `null` through, too. */
export function withNull(codec: Codec): Codec {
  return {
    same: codec.same,
    encode: (value) => (value === null ? null : codec.encode(value)),
    decode: (wire) => (wire === null ? null : codec.decode(wire)),
  };
}
