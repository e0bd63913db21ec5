/** Items of a list that its shape is taken from. */
const mostItems = 20;
/** Members of an object that are named. */
const mostMembers = 40;
const deepest = 6;

/**
 * What a JSON value consists of, in the words of types: `{total: number, items: [1000 × {id: number, tags: [3 × string]}]}`.
 * The counts are those of the first value in their place.
 *
 * @param length - Characters that it may have.
 */
export function describeShape(value: unknown, length: number): string {
  const text = shapeOf([value], 0);
  return text.length <= length ? text : `${text.slice(0, Math.max(0, length - 1))}…`;
}

/** Of values that stand in one place: their types, each once. */
function shapeOf(values: readonly unknown[], depth: number): string {
  const lists = values.filter((value) => Array.isArray(value));
  const objects = values.filter(isObject);
  const others = values
    .filter((value) => typeof value !== "object" || value === null)
    .map((value) => (value === null ? "null" : typeof value));
  return [
    ...(lists.length > 0 ? [listShape(lists, depth)] : []),
    ...(objects.length > 0 ? [objectShape(objects, depth)] : []),
    ...new Set(others),
  ].join(" | ");
}

function listShape(lists: readonly (readonly unknown[])[], depth: number): string {
  const items = lists.flatMap((list) => list.slice(0, mostItems)).slice(0, mostItems);
  const count = lists[0]?.length ?? 0;
  if (items.length === 0 || depth >= deepest) return `[${count} ×]`;
  return `[${count} × ${shapeOf(items, depth + 1)}]`;
}

function objectShape(objects: readonly Readonly<Record<string, unknown>>[], depth: number): string {
  if (depth >= deepest) return "{…}";
  const keys = [...new Set(objects.flatMap((object) => Object.keys(object).slice(0, mostMembers)))];
  const members = keys.slice(0, mostMembers).map((key) => {
    const owners = objects.filter((object) => Object.hasOwn(object, key));
    const isOptional = owners.length < objects.length;
    const shape = shapeOf(
      owners.map((object) => object[key]),
      depth + 1,
    );
    return `${key}${isOptional ? "?" : ""}: ${shape}`;
  });
  const more = Object.keys(objects[0] ?? {}).length - mostMembers;
  return `{${[...members, ...(more > 0 ? [`${more} more`] : [])].join(", ")}}`;
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
