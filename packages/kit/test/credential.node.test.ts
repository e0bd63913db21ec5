import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openSecret } from "@mcs/secrets/open";
import { afterEach, expect, test, vi } from "vitest";
import { environmentCredential, sealCredential } from "../src/config.ts";

const folders: string[] = [];
afterEach(async () => {
  vi.unstubAllEnvs();
  await Promise.all(folders.splice(0).map((folder) => rm(folder, { recursive: true })));
});

async function fileWith(text: string): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "mcs-"));
  folders.push(folder);
  const path = join(folder, "token");
  await writeFile(path, text);
  return path;
}

test("resolves a reference to the environment", () => {
  vi.stubEnv("PET_KEY", "from-env");
  expect(openSecret(sealCredential("env:PET_KEY", "petKey"))).toBe("from-env");
});

test("resolves a reference to a file and drops its last line break", async () => {
  expect(openSecret(sealCredential(`file:${await fileWith("from-file\n")}`, "petKey"))).toBe("from-file");
});

test("refuses a file that is too long for a credential", async () => {
  const path = await fileWith("x".repeat(100_000));
  expect(() => sealCredential(`file:${path}`, "k")).toThrow(
    expect.objectContaining({ code: "MCS_INVALID_CONFIG" }),
  );
});

test("takes the default from the environment only if it is not empty", () => {
  vi.stubEnv("MCS_TEST_KEY", "value");
  vi.stubEnv("MCS_TEST_EMPTY", "");
  expect(environmentCredential("MCS_TEST_KEY")).toBeDefined();
  expect(environmentCredential("MCS_TEST_EMPTY")).toBeUndefined();
});
