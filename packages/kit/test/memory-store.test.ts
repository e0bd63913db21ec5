import { expect, test } from "vitest";
import { memoryStore, storeFile } from "../src/store.ts";

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const text = (value: Uint8Array | undefined): string => new TextDecoder().decode(value);

async function keys(list: AsyncIterable<string>): Promise<string[]> {
  const found: string[] = [];
  for await (const key of list) found.push(key);
  return found;
}

test("gives back what it was given, as a copy", async () => {
  const store = memoryStore();
  const value = bytes("one");
  await store.put("a", value);
  value[0] = 0;
  (await store.get("a"))?.value.fill(0);
  expect(text((await store.get("a"))?.value)).toBe("one");
});

test("compares and swaps", async () => {
  const store = memoryStore();
  const first = await store.put("a", bytes("1"), { ifVersion: null });
  await expect(store.put("a", bytes("2"), { ifVersion: null })).rejects.toMatchObject({
    code: "MCS_CONFLICT",
  });
  const second = await store.put("a", bytes("2"), { ifVersion: first });
  await expect(store.delete("a", { ifVersion: first })).rejects.toMatchObject({ code: "MCS_CONFLICT" });
  expect(await store.delete("a", { ifVersion: second })).toBe(true);
  expect(await store.delete("a")).toBe(false);
});

test("forgets what has expired", async () => {
  let now = 1000;
  const store = memoryStore({ clock: { now: () => now } });
  await store.put("a", bytes("1"), { expiresAt: 2000 });
  expect(await store.get("a")).toBeDefined();
  now = 2000;
  expect(await store.get("a")).toBeUndefined();
  expect(await keys(store.list(""))).toEqual([]);
});

test("lists by prefix, in order", async () => {
  const store = memoryStore();
  for (const key of ["b/2", "a/1", "b/1"]) await store.put(key, bytes(key));
  expect(await keys(store.list("b/"))).toEqual(["b/1", "b/2"]);
});

test("makes room by dropping the oldest, and refuses what can never fit", async () => {
  const store = memoryStore({ maxBytes: 10 });
  for (const key of ["a", "b", "c"]) await store.put(key, bytes("1234"));
  expect(await keys(store.list(""))).toEqual(["b", "c"]);
  await expect(store.put("d", bytes("12345678901"))).rejects.toMatchObject({ code: "MCS_TOO_LARGE" });
  expect(await keys(store.list(""))).toEqual(["b", "c"]);
});

test("stores a file under an opaque name with its size and digest", async () => {
  const store = memoryStore();
  const file = await storeFile(store, bytes("abc"), {
    mediaType: "text/plain",
    source: "GET /abc",
    name: "abc.txt",
  });
  expect(file).toMatchObject({
    mediaType: "text/plain",
    name: "abc.txt",
    source: "GET /abc",
    size: 3,
    sha256: "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
  });
  expect(text((await store.get(file.fileRef))?.value)).toBe("abc");
});
