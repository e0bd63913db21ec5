/** Objects after which the walk gives up: a driver that leads to so many hands out its insides. */
const mostObjects = 100_000;

/** What belongs to the language or the platform, and is the same whatever a driver does. */
const intrinsics = new Set<unknown>([
  globalThis,
  ...Object.values(Object.getOwnPropertyDescriptors(globalThis)).flatMap(({ value }: PropertyDescriptor) =>
    typeof value === "function" || (typeof value === "object" && value !== null)
      ? [value, Reflect.get(value, "prototype")]
      : [],
  ),
  ...[async () => undefined, function* empty() {}, async function* none() {}].flatMap((example) => [
    Object.getPrototypeOf(example),
    Object.getPrototypeOf(Object.getPrototypeOf(example)),
  ]),
  Object.getPrototypeOf(Uint8Array),
  Object.getPrototypeOf(Uint8Array.prototype),
  Buffer,
  Buffer.prototype,
]);

/**
 * Every text to which a property leads: keys and values, own, inherited, hidden, computed by getters, named by symbols;
 * bytes as one character each.
 *
 * @throws {Error} If there are more than 100,000 objects.
 */
export function everyTextIn(root: unknown): string[] {
  const texts: string[] = [];
  const seen = new Set<unknown>();
  const queue: unknown[] = [root];
  for (let next = 0; next < queue.length; next += 1) {
    const value = queue[next];
    if (isObject(value)) {
      if (seen.has(value) || intrinsics.has(value)) continue;
      seen.add(value);
      if (seen.size > mostObjects) throw new Error(`It leads to more than ${mostObjects} objects.`);
      texts.push(...keysOf(value));
      queue.push(...partsOf(value));
    } else {
      texts.push(typeof value === "symbol" ? value.toString() : "".concat(value as string));
    }
  }
  return texts;
}

function keysOf(value: object): string[] {
  return ArrayBuffer.isView(value) ? [] : Reflect.ownKeys(value).map(String);
}

function partsOf(value: object): unknown[] {
  const bytes = toBytes(value);
  if (bytes !== undefined) return [Buffer.from(bytes).toString("latin1")];
  return [
    ...(typeof value === "function" ? [Function.prototype.toString.call(value)] : []),
    ...(value instanceof Map ? [...value].flat() : []),
    ...(value instanceof Set || value instanceof Headers || value instanceof URLSearchParams
      ? [...(value as Iterable<unknown>)].flat()
      : []),
    ...propertiesOf(value),
  ];
}

function propertiesOf(value: object): unknown[] {
  const parts: unknown[] = [];
  for (let owner: unknown = value; isObject(owner); owner = Object.getPrototypeOf(owner)) {
    if (owner !== value && !intrinsics.has(owner)) parts.push(owner);
    for (const key of Reflect.ownKeys(owner)) {
      const property = Reflect.getOwnPropertyDescriptor(owner, key);
      if (property?.get !== undefined) parts.push(property.set, readGetter(property.get, value));
      else if (owner === value) parts.push(property?.value);
    }
  }
  return parts;
}

function readGetter(getter: () => unknown, receiver: object): unknown {
  try {
    return Reflect.apply(getter, receiver, []);
  } catch (error) {
    // Many are not meant for this receiver; what they say of it is a way out, too.
    return error instanceof Error ? error.message : error;
  }
}

function toBytes(value: object): Uint8Array | undefined {
  if (ArrayBuffer.isView(value)) return new Uint8Array(value.buffer, value.byteOffset, value.byteLength);
  return value instanceof ArrayBuffer ? new Uint8Array(value) : undefined;
}

function isObject(value: unknown): value is object {
  return (typeof value === "object" && value !== null) || typeof value === "function";
}
