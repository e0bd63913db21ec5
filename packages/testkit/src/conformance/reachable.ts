/** What an object leads to: every object and text on the way, hidden properties, symbols and prototypes included. */
export interface Reached {
  readonly objects: ReadonlySet<object>;
  readonly texts: readonly string[];
}

/** Objects that are looked at; more are no driver's. */
const most = 50_000;

/** The platform's own, which everything leads to. */
const platform: ReadonlySet<unknown> = new Set([
  Object.prototype,
  Function.prototype,
  Array.prototype,
  Error.prototype,
  Promise.prototype,
  globalThis,
]);

/** Walks all that anybody gets to who holds the value. Getters are read: whoever holds it may. */
export function reachableFrom(value: unknown): Reached {
  const objects = new Set<object>();
  const texts: string[] = [];
  const open: unknown[] = [value];
  while (open.length > 0 && objects.size < most) {
    const next = open.pop();
    if (typeof next === "string") texts.push(next);
    if ((typeof next !== "object" && typeof next !== "function") || next === null) continue;
    if (objects.has(next) || platform.has(next)) continue;
    objects.add(next);
    open.push(...membersOf(next));
  }
  return { objects, texts };
}

function membersOf(object: object): unknown[] {
  const members: unknown[] = [Reflect.getPrototypeOf(object)];
  if (object instanceof Map) members.push(...object.keys(), ...object.values());
  if (object instanceof Set) members.push(...object);
  for (const key of keysOf(object)) {
    if (typeof key === "string") members.push(key);
    // `caller` and `arguments` of functions throw, and so may any getter.
    try {
      members.push(Reflect.get(object, key));
    } catch (error) {
      members.push(error);
    }
  }
  return members;
}

/** Its own, and those that it inherits a getter for: on the prototype itself such a getter tells nothing. */
function keysOf(object: object): Set<PropertyKey> {
  const keys = new Set<PropertyKey>(Reflect.ownKeys(object));
  let owner = Reflect.getPrototypeOf(object);
  while (owner !== null && !platform.has(owner)) {
    for (const key of Reflect.ownKeys(owner)) {
      if (Reflect.getOwnPropertyDescriptor(owner, key)?.get !== undefined) keys.add(key);
    }
    owner = Reflect.getPrototypeOf(owner);
  }
  return keys;
}
