import { MCSError, toFailure, type CallResult, type FileRef, type StorePort } from "@mcs/core";
import { describe, expect, test } from "vitest";
import { memoryStore, showFiles, storeFile } from "../src/store.ts";

const starts: Readonly<Record<string, readonly number[]>> = {
  "image/png": [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 1, 2],
  "image/jpeg": [0xff, 0xd8, 0xff, 0xe0, 1, 2],
  "image/gif": [0x47, 0x49, 0x46, 0x38, 0x39, 0x61],
  "image/webp": [0x52, 0x49, 0x46, 0x46, 9, 9, 9, 9, 0x57, 0x45, 0x42, 0x50],
  "application/pdf": [0x25, 0x50, 0x44, 0x46, 0x2d, 0x31],
};
const png = Uint8Array.from(starts["image/png"] ?? []);
const base64 = (bytes: Uint8Array): string => btoa(String.fromCharCode(...bytes));

const executed = (result: unknown): CallResult => ({ id: "a", name: "photo", outcome: "executed", result });
const store = memoryStore();
const keep = (bytes: Uint8Array, mediaType = "image/png"): Promise<FileRef> =>
  storeFile(store, bytes, { mediaType, source: "GET /photos/7" });

async function filesOf(
  result: unknown,
  ...rest: [options?: Parameters<typeof showFiles>[1]]
): Promise<unknown> {
  const [shown] = await showFiles(store, ...rest)([executed(result)]);
  return shown?.files;
}

describe("shows", () => {
  test.each(Object.entries(starts))(
    "%s, as its bytes say, whatever was said of it",
    async (mediaType, start) => {
      const bytes = Uint8Array.from(start);
      expect(await filesOf(await keep(bytes, "application/octet-stream"))).toEqual([
        { mediaType, data: base64(bytes) },
      ]);
    },
  );

  test("every file that a result refers to, once, in their order, and leaves the result as it is", async () => {
    const first = await keep(png);
    const second = await keep(Uint8Array.from(starts["application/pdf"] ?? []));
    const result = { photos: [{ file: first }, { file: first }], more: { deep: [second] } };
    const [shown] = await showFiles(store)([executed(result)]);
    expect(shown?.result).toBe(result);
    expect(shown?.files).toMatchObject([{ mediaType: "image/png" }, { mediaType: "application/pdf" }]);
  });

  test("files of a hundred thousand bytes whole", async () => {
    const bytes = new Uint8Array(100_000).fill(7);
    bytes.set(png);
    const [file] = (await filesOf(await keep(bytes))) as { data: string }[];
    expect(Uint8Array.from(atob(file?.data ?? ""), (byte) => byte.charCodeAt(0))).toEqual(bytes);
  });
});

describe("passes over", () => {
  test("what the store does not have, other types, and what is too large or one too many", async () => {
    const reference = await keep(png);
    expect(await filesOf({ ...reference, fileRef: "file-other" })).toBeUndefined();
    expect(await filesOf(await keep(Uint8Array.from([1, 2, 3])))).toBeUndefined();
    expect(await filesOf(reference, { maxBytes: png.length - 1 })).toBeUndefined();
    expect(await filesOf([reference, await keep(png)], { maxFiles: 1 })).toHaveLength(1);
  });

  test("a reference made up from outside to something else in the store", async () => {
    const secret = Uint8Array.from([...png, ...new TextEncoder().encode("token of another principal")]);
    await store.put("grants/ada", secret);
    const { sha256 } = await keep(png);
    for (const claim of [{}, { sha256 }, { sha256: "" }]) {
      const madeUp = {
        fileRef: "grants/ada",
        mediaType: "image/png",
        size: secret.length,
        source: "x",
        ...claim,
      };
      expect(await filesOf({ body: madeUp })).toBeUndefined();
    }
  });

  test("bytes that were exchanged since", async () => {
    const reference = await keep(png);
    await store.put(reference.fileRef, Uint8Array.from([...png.slice(0, -1), 9]));
    expect(await filesOf(reference)).toBeUndefined();
  });

  test("failures, whatever they carry", async () => {
    const failure = toFailure(new MCSError("MCS_REMOTE", "no"));
    const failed: CallResult = { id: "a", name: "x", outcome: "failed", failure, result: await keep(png) };
    expect(await showFiles(store)([failed])).toEqual([failed]);
  });

  test("a store that fails, cycles, and values that throw when they are looked at", async () => {
    const broken: Pick<StorePort, "get"> = { get: () => Promise.reject(new Error("down")) };
    const reference = await keep(png);
    const hostile = {
      get fileRef(): string {
        throw new Error("no");
      },
    };
    const cycle: Record<string, unknown> = { hostile, reference };
    cycle["self"] = cycle;
    expect(await showFiles(broken)([executed(reference)])).toEqual([executed(reference)]);
    expect(await filesOf(cycle)).toHaveLength(1);
  });
});
