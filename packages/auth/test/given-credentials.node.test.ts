import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Secret } from "@mcs/secrets";
import { openSecret } from "@mcs/secrets/open";
import { afterEach, expect, test, vi } from "vitest";
import { givenCredentials } from "../src/index.ts";

const origin = "https://api.example";
afterEach(() => vi.unstubAllEnvs());

async function valueOf(provider: ReturnType<typeof givenCredentials>, principal?: string): Promise<string> {
  const request = { audience: origin, ...(principal !== undefined && { principal }) };
  return openSecret((await provider.get(request)).secret as Secret);
}

test("gives each principal its own, and everybody else the common one", async () => {
  const provider = givenCredentials([
    { origins: [origin], credential: new Secret("common") },
    { origins: [origin], credential: new Secret("ada's"), principal: "ada" },
  ]);
  expect([await valueOf(provider), await valueOf(provider, "ada"), await valueOf(provider, "eve")]).toEqual([
    "common",
    "ada's",
    "common",
  ]);
});

test("reads variables and files at each call", async () => {
  const folder = await mkdtemp(join(tmpdir(), "mcs-auth-"));
  const file = join(folder, "token");
  const inFile = givenCredentials([{ origins: [origin], credential: `file:${file}` }]);
  const inVariable = givenCredentials([{ origins: [origin], credential: "env:MCS_TEST_TOKEN" }]);
  for (const value of ["first", "second"]) {
    await writeFile(file, `${value}\n`);
    vi.stubEnv("MCS_TEST_TOKEN", value);
    expect([await valueOf(inFile), await valueOf(inVariable)]).toEqual([value, value]);
  }
  await rm(folder, { recursive: true });
  await expect(inFile.get({ audience: origin })).rejects.toMatchObject({ code: "MCS_INVALID_CONFIG" });
});

test("gives nothing for an origin that has none", async () => {
  const provider = givenCredentials([{ origins: [origin], credential: new Secret("x") }]);
  await expect(provider.get({ audience: "https://api.example:8443" })).rejects.toMatchObject({
    code: "MCS_AUTH_REQUIRED",
  });
});

test.each([
  { name: "a text that is no reference", entry: { origins: [origin], credential: "canary" } },
  { name: "what is no origin", entry: { origins: ["https://a:canary@api.example/"], credential: "env:X" } },
])("refuses $name without quoting it", ({ entry }) => {
  expect(() => givenCredentials([entry])).toThrow(
    expect.objectContaining({ code: "MCS_INVALID_CONFIG", message: expect.not.stringContaining("canary") }),
  );
});
