import { spawn } from "node:child_process";
import {
  chmod,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  rm,
  stat,
  symlink,
  utimes,
  writeFile,
} from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { folderStore } from "../src/node.ts";
import { memoryStore } from "../src/store.ts";

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const text = (value: Uint8Array | undefined): string => new TextDecoder().decode(value);

let folder = "";
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "mcs-store-"));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

async function keys(list: AsyncIterable<string>): Promise<string[]> {
  const found: string[] = [];
  for await (const key of list) found.push(key);
  return found;
}

async function files(): Promise<string[]> {
  const found = await readdir(folder, { recursive: true, withFileTypes: true });
  return found.filter((entry) => entry.isFile()).map(({ parentPath, name }) => join(parentPath, name));
}

/** As if all of it had happened two hours ago. */
async function age(): Promise<void> {
  const long = new Date(Date.now() - 7_200_000);
  for (const file of await files()) await utimes(file, long, long);
}

/** Those that hold something. */
async function filled(): Promise<string[]> {
  const found = await files();
  const sizes = await Promise.all(found.map(async (file) => (await stat(file)).size));
  return found.filter((_, index) => sizes[index] !== 0);
}

describe.each([
  { name: "folder", make: (now: () => number) => folderStore({ folder, clock: { now } }) },
  { name: "memory", make: (now: () => number) => memoryStore({ clock: { now } }) },
])("a store in $name", ({ make }) => {
  let now = 1_000;
  const store = () => make(() => now);

  test("gives back what it was given, byte by byte", async () => {
    const value = Uint8Array.from({ length: 10_000 }, (_, index) => index % 256);
    const kept = store();
    const version = await kept.put("a", value);
    expect(await kept.get("a")).toEqual({ value, version });
    await kept.put("empty", new Uint8Array());
    expect((await kept.get("empty"))?.value).toEqual(new Uint8Array());
    expect(await kept.get("b")).toBeUndefined();
  });

  test("compares and swaps", async () => {
    const kept = store();
    const first = await kept.put("a", bytes("1"), { ifVersion: null });
    await expect(kept.put("a", bytes("2"), { ifVersion: null })).rejects.toMatchObject({
      code: "MCS_CONFLICT",
    });
    const second = await kept.put("a", bytes("2"), { ifVersion: first });
    await expect(kept.delete("a", { ifVersion: first })).rejects.toMatchObject({ code: "MCS_CONFLICT" });
    expect(await kept.delete("a", { ifVersion: second })).toBe(true);
    expect(await kept.delete("a")).toBe(false);
    await expect(kept.put("a", bytes("3"), { ifVersion: second })).rejects.toMatchObject({
      code: "MCS_CONFLICT",
    });
    await kept.put("a", bytes("4"), { ifVersion: null });
    expect(text((await kept.get("a"))?.value)).toBe("4");
  });

  test("forgets what has expired", async () => {
    now = 1_000;
    const kept = store();
    await kept.put("a", bytes("1"), { expiresAt: 2_000 });
    expect(await kept.get("a")).toMatchObject({ expiresAt: 2_000 });
    now = 2_000;
    expect(await kept.get("a")).toBeUndefined();
    expect(await keys(kept.list(""))).toEqual([]);
    expect(await kept.delete("a")).toBe(false);
    await kept.put("a", bytes("2"), { ifVersion: null });
  });

  test("lists by prefix, in order, whatever the names", async () => {
    const kept = store();
    const names = ["b/2", "a/1", "b/1", "b/../../etc/passwd", "b/\0", "b/ü 👍"];
    for (const key of names) await kept.put(key, bytes(key));
    expect(await keys(kept.list("b/"))).toEqual(names.filter((key) => key.startsWith("b/")).toSorted());
    for (const key of names) expect(text((await kept.get(key))?.value)).toBe(key);
  });
});

test("keeps what it has for another process, readable by the owner only", async () => {
  await folderStore({ folder: join(folder, "deep/store") }).put("a", bytes("secret"));
  expect(text((await folderStore({ folder: join(folder, "deep/store") }).get("a"))?.value)).toBe("secret");
  if (process.platform === "win32") return;
  const [file = ""] = await files();
  expect((await stat(file)).mode & 0o777).toBe(0o600);
  expect((await stat(join(folder, "deep/store"))).mode & 0o777).toBe(0o700);
});

test("lets no key reach the file system", async () => {
  const inside = join(folder, "store");
  const store = folderStore({ folder: inside });
  for (const key of ["../outside", "/etc/passwd", "a\0b", "CON", ".", ""]) await store.put(key, bytes("x"));
  const names = (await files()).map((file) => file.slice(inside.length).replaceAll("\\", "/"));
  for (const name of names) expect(name).toMatch(/^\/entries\/[\da-f]{64}\/\d+$/);
  expect(await readdir(folder)).toEqual(["store"]);
});

test("reads nothing through a link that was put there", async () => {
  const store = folderStore({ folder });
  await store.put("a", bytes("1"));
  const [file = ""] = await files();
  const secret = join(folder, "other");
  await writeFile(secret, `${JSON.stringify({ key: "a", version: "1" })}\nsecret`);
  await rm(file);
  await symlink(secret, file);
  expect(await store.get("a")).toBeUndefined();
});

test("takes a file that is none of its own, or half of one, for absent", async () => {
  const store = folderStore({ folder });
  await store.put("a", bytes("1"));
  const [file = ""] = await files();
  for (const content of ["", "no line", "[]\n", "{}\nvalue", '{"key":"a","ver']) {
    await writeFile(file, content);
    expect(await store.get("a")).toBeUndefined();
  }
});

test("refuses a folder that others may write to", async () => {
  if (process.platform === "win32") return;
  await chmod(folder, 0o777);
  expect(() => folderStore({ folder })).toThrow(expect.objectContaining({ code: "MCS_INVALID_CONFIG" }));
  const blocked = join(folder, "file");
  await writeFile(blocked, "");
  expect(() => folderStore({ folder: blocked })).toThrow(
    expect.objectContaining({ code: "MCS_INVALID_CONFIG" }),
  );
});

test("refuses what is too large, and drops nothing for it", async () => {
  const store = folderStore({ folder, maxValueBytes: 10, maxBytes: 35 });
  await expect(store.put("a", new Uint8Array(11))).rejects.toMatchObject({ code: "MCS_TOO_LARGE" });
  await expect(store.put("k".repeat(1_001), bytes("1"))).rejects.toMatchObject({ code: "MCS_TOO_LARGE" });
  for (const key of ["a", "b", "c"]) await store.put(key, new Uint8Array(10));
  await expect(store.put("d", new Uint8Array(10))).rejects.toMatchObject({ code: "MCS_TOO_LARGE" });
  expect(await keys(store.list(""))).toEqual(["a", "b", "c"]);
  await store.delete("a");
  await store.put("d", new Uint8Array(10));
});

test("clears away what has expired, was deleted long ago, or was left by a process that died", async () => {
  let now = 1_000;
  const clock = { now: () => now };
  const store = folderStore({ folder, clock });
  await store.put("expired", bytes("1"), { expiresAt: 2_000 });
  await store.put("kept", bytes("1"));
  await writeFile(join(folder, "new-left"), "half");
  now = 3_000;
  await age();
  await folderStore({ folder, clock }).put("kept", bytes("2"));
  await age();
  await folderStore({ folder, clock }).put("kept", bytes("3"));
  expect(await filled()).toHaveLength(1);
  expect(await readdir(join(folder, "entries"))).toHaveLength(1);
  expect(text((await store.get("kept"))?.value)).toBe("3");
});

test("says which folder cannot be used, and nothing of the system's message", async () => {
  const store = folderStore({ folder });
  await mkdir(join(folder, "entries"), { recursive: true });
  await store.put("a", bytes("1"));
  await rm(join(folder, "entries"), { recursive: true });
  await writeFile(join(folder, "entries"), "");
  await expect(store.get("a")).rejects.toMatchObject({ code: "MCS_TRANSPORT" });
});

/** Adds one to a number in the store as often as it is told, by compare-and-swap; prints how often it had to try. */
const counter = fileURLToPath(new URL("count-in-store.ts", import.meta.url));

function runCounter(times: number): Promise<number> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [counter, folder, String(times)], {
      stdio: ["ignore", "pipe", "pipe"],
    });
    let error = "";
    child.stderr.on("data", (chunk) => (error += String(chunk)));
    child.once("error", reject);
    child.once("close", (code) => (code === 0 ? resolve(code) : reject(new Error(error))));
  });
}

test("loses no update of processes that write one key at once", { timeout: 60_000 }, async () => {
  const times = 60;
  await Promise.all([runCounter(times), runCounter(times), runCounter(times)]);
  const store = folderStore({ folder });
  expect(text((await store.get("count"))?.value)).toBe(String(times * 3));
  expect(await filled()).toHaveLength(1);
});

test("leaves nothing of a value that was deleted or written over", async () => {
  const store = folderStore({ folder });
  await store.put("a", bytes("first"));
  await store.put("a", bytes("second"));
  await store.delete("a");
  const contents = await Promise.all((await files()).map((file) => readFile(file, "utf8")));
  expect(contents.join("")).not.toMatch(/first|second/);
});

test("gives a new key to one of many who want it at once", async () => {
  const stores = Array.from({ length: 20 }, () => folderStore({ folder }));
  const outcomes = await Promise.allSettled(
    stores.map((store, index) => store.put("lock", bytes(String(index)), { ifVersion: null })),
  );
  const won = outcomes.flatMap(({ status }, index) => (status === "fulfilled" ? [index] : []));
  expect(won).toHaveLength(1);
  expect(text((await stores[0]?.get("lock"))?.value)).toBe(String(won[0]));
});
