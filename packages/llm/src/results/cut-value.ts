/** What of a value is kept. */
export interface CutLimits {
  /** Characters of a string; shorter ones than {@link shortest} stay whole. */
  readonly text: number;
  /** Items of a list. Of an object twice as many members and eight more: they are its structure. */
  readonly items: number;
  /** Levels of lists and objects. */
  readonly depth: number;
  /** Characters altogether, about. */
  readonly room: number;
}

/** A value that JSON can carry, with notes where something is missing. */
export interface CutValue {
  readonly value: unknown;
  /** Nothing is missing. */
  readonly isWhole: boolean;
}

/** What stands in place of what is missing. A model reads it. */
const notes = {
  text: (count: number) => `… ${count} more characters`,
  items: (count: number, total: number) => `… ${count} more of ${total} items`,
  members: (count: number, total: number) => `${count} more of ${total} members`,
  list: (count: number) => `… list of ${count} items`,
  object: (count: number) => `… object of ${count} members`,
  bytes: (count: number) => `… ${count} bytes`,
};

/** Names of files and handles are shorter: cut, they would name nothing. */
const shortest = 64;

/**
 * Cuts a value to limits: its structure stays, and what is missing is counted where it is missing.
 *
 * @returns `undefined` if even that does not fit into the room.
 */
export function cutValue(value: unknown, limits: CutLimits): CutValue | undefined {
  let room = limits.room;
  let isWhole = true;
  const missing = (note: string): string => {
    isWhole = false;
    return spend(note);
  };
  const spend = (text: string): string => {
    room -= text.length + 3;
    return text;
  };

  const cut = (given: unknown, depth: number): unknown => {
    const item = toPlain(given);
    if (room < 0) return null;
    if (typeof item === "string") {
      if (item.length <= Math.max(limits.text, shortest)) return spend(item);
      const kept = spend(wholeCharacters(item, limits.text));
      return kept + missing(notes.text(item.length - kept.length));
    }
    if (typeof item !== "object" || item === null) {
      room -= 5;
      return item;
    }
    const count = byteLength(item);
    if (count !== undefined) return missing(notes.bytes(count));
    return Array.isArray(item) ? cutList(item, depth) : cutObject(item, depth);
  };

  const cutList = (list: readonly unknown[], depth: number): unknown => {
    if (depth >= limits.depth && list.length > 0) return missing(notes.list(list.length));
    const kept: unknown[] = [];
    room -= 2;
    for (const item of list) {
      if (kept.length >= limits.items || room < 0) break;
      kept.push(cut(item, depth + 1));
    }
    const { length } = list;
    return kept.length === length ? kept : [...kept, missing(notes.items(length - kept.length, length))];
  };

  const cutObject = (object: object, depth: number): unknown => {
    const keys = Object.keys(object);
    if (depth >= limits.depth && keys.length > 0) return missing(notes.object(keys.length));
    const most = limits.items * 2 + 8;
    const kept: [string, unknown][] = [];
    room -= 2;
    for (const key of keys.slice(0, most)) {
      if (room < 0) break;
      kept.push([spend(key), cut(Reflect.get(object, key), depth + 1)]);
    }
    if (kept.length < keys.length) {
      let rest = "…";
      while (Object.hasOwn(object, rest)) rest += "…";
      kept.push([rest, missing(notes.members(keys.length - kept.length, keys.length))]);
    }
    return Object.fromEntries(kept.filter(([, member]) => member !== undefined));
  };

  const kept = cut(value, 0);
  return room < 0 ? undefined : { value: kept, isWhole };
}

/** As `JSON.stringify` would see it; big integers as their digits. */
function toPlain(value: unknown): unknown {
  if (typeof value === "bigint") return String(value);
  if (typeof value !== "object" || value === null || byteLength(value) !== undefined) return value;
  return "toJSON" in value && typeof value.toJSON === "function" ? (value.toJSON() as unknown) : value;
}

function byteLength(value: object): number | undefined {
  return ArrayBuffer.isView(value) || value instanceof ArrayBuffer ? value.byteLength : undefined;
}

/** No half of a character that takes two code units. */
function wholeCharacters(text: string, length: number): string {
  const last = text.charCodeAt(length - 1);
  return text.slice(0, last >= 0xd800 && last < 0xdc00 ? length - 1 : length);
}
