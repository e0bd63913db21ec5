import type { JsonSchemaObject } from "@mcs/core";
import { isObject, type Codec } from "../codec.ts";

/** A property as a model writes it. */
export interface Property extends Codec {
  readonly key: string;
  readonly wireKey: string;
  readonly isRequired: boolean;
  readonly schema: JsonSchemaObject;
  /** The model gives null for it when it is left out. */
  readonly nullMeansAbsent: boolean;
  readonly texts?: readonly string[];
}

/**
 * @param rest - The property that holds what has no property of its own; without it, that goes over as it is.
 * @param isClosed - Without `rest`, nothing else may stand.
 */
export function objectCodec(
  properties: readonly Property[],
  rest: Property | undefined,
  isClosed: boolean,
): Codec {
  const byKey = new Map(properties.map((property) => [property.key, property]));
  const byWireKey = new Map(properties.map((property) => [property.wireKey, property]));
  const same =
    rest === undefined &&
    properties.every(
      (property) => property.same && property.key === property.wireKey && !property.nullMeansAbsent,
    );

  // A key that looks like the new name of another gets a mark, and so does one that looks marked.
  const renamed = new Set(
    properties.filter(({ key, wireKey }) => key !== wireKey).map(({ wireKey }) => wireKey),
  );
  const isTaken = (key: string): boolean => renamed.size > 0 && renamed.has(key.replace(/^_+/, ""));

  function encode(value: unknown): unknown {
    if (!isObject(value)) return undefined;
    const wire: [string, unknown][] = [];
    const others: [string, unknown][] = [];
    for (const property of properties) {
      const isGiven = Object.hasOwn(value, property.key);
      if (!isGiven && property.isRequired) return undefined;
      if (!isGiven && property.nullMeansAbsent) wire.push([property.wireKey, null]);
      if (!isGiven) continue;
      const encoded = property.encode(value[property.key]);
      if (encoded === undefined) return undefined;
      wire.push([property.wireKey, encoded]);
    }
    for (const [key, member] of Object.entries(value)) if (!byKey.has(key)) others.push([key, member]);
    if (rest !== undefined) {
      const encoded = others.length === 0 ? undefined : rest.encode(Object.fromEntries(others));
      if (others.length > 0 && encoded === undefined) return undefined;
      if (encoded !== undefined) wire.push([rest.wireKey, encoded]);
      else if (rest.nullMeansAbsent) wire.push([rest.wireKey, null]);
    } else if (others.length > 0) {
      if (isClosed) return undefined;
      wire.push(
        ...others.map(([key, member]): [string, unknown] => [isTaken(key) ? `_${key}` : key, member]),
      );
    }
    return Object.fromEntries(wire);
  }

  function decode(wire: unknown): unknown {
    if (!isObject(wire)) return wire;
    const value: [string, unknown][] = [];
    for (const [wireKey, member] of Object.entries(wire)) {
      if (rest?.wireKey === wireKey) {
        const others = member === null && rest.nullMeansAbsent ? {} : rest.decode(member);
        if (isObject(others)) value.push(...Object.entries(others));
        else value.push([wireKey, others]);
        continue;
      }
      // A model may know the service well enough to use its names.
      const property = byWireKey.get(wireKey) ?? byKey.get(wireKey);
      if (property === undefined) value.push([isTaken(wireKey) ? wireKey.slice(1) : wireKey, member]);
      else if (member !== null || !property.nullMeansAbsent)
        value.push([property.key, property.decode(member)]);
    }
    return Object.fromEntries(value);
  }

  return same ? { same, encode, decode: (wire) => wire } : { same, encode, decode };
}
