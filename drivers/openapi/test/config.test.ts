import { MCSError } from "@mcs/core";
import { describe, expect, test } from "vitest";
import * as z from "zod";
import { OpenApiConfig, OpenApiDriver } from "../src/index.ts";
import { documentOf } from "./given.ts";

const spec = documentOf({});

function constructionFailure(config: unknown): unknown {
  try {
    return new OpenApiDriver(config as OpenApiConfig);
  } catch (error) {
    return error;
  }
}

describe("A configuration", () => {
  test.each<[unknown, string[]]>([
    [{}, ["spec"]],
    [{ spec: 7 }, ["spec"]],
    [{ spec: "" }, ["spec"]],
    [{ spec: "ftp://api.test/openapi.json" }, ["spec"]],
    [{ spec: "https://user:pass@api.test/openapi.json" }, ["spec"]],
    [{ spec, specUrl: "openapi.json" }, ["specUrl"]],
    [{ spec, server: "api.test" }, ["server"]],
    [{ spec, server: "https://user:pass@api.test" }, ["server"]],
    [{ spec, allowedOrigins: ["https://api.test/v1"] }, ["allowedOrigins[0]"]],
    [{ spec, allowedOrigins: ["*"] }, ["allowedOrigins[0]"]],
    [{ spec, credentials: { key: { token: "a", origin: "api.test" } } }, ["credentials.key.origin"]],
    [{ spec, include: [{}] }, ["include[0]"]],
    [{ spec, exclude: [{ tag: "a", tags: ["a"] }] }, ["exclude[0]"]],
    [{ spec, limits: { timeoutMs: 0 } }, ["limits.timeoutMs"]],
    [{ spec, credentials: { key: { secret: "a" } } }, ["credentials.key"]],
    [{ spec, credentials: { key: "env:MCS_TEST_ABSENT" } }, ["credentials.key"]],
    [
      {
        spec: 7,
        limits: { timeoutMs: "soon" },
        credentials: {
          key: { token: "file:/no/such/file" },
          login: { username: "env:MCS_TEST_ABSENT", password: "p" },
        },
      },
      ["spec", "limits.timeoutMs", "credentials.key.token", "credentials.login.username"],
    ],
  ])("%j is refused at construction", (config, keys) => {
    const error = constructionFailure(config);
    expect(error).toBeInstanceOf(MCSError);
    expect(error).toMatchObject({ code: "MCS_INVALID_CONFIG" });
    expect((error as MCSError).issues?.map(({ argument }) => argument)).toEqual(keys);
  });

  test("with an unknown key is refused, and its values are not quoted", () => {
    const error = constructionFailure({ spec, token: "s3cret-token-value" }) as MCSError;
    expect(error.code).toBe("MCS_INVALID_CONFIG");
    expect(error.message).toContain("token");
    expect(error.message).not.toContain("s3cret-token-value");
  });

  test("with a credential of an unknown shape is told the shapes there are", () => {
    const error = constructionFailure({ spec, credentials: { key: { secret: "s3cret-value" } } }) as MCSError;
    expect(error.issues).toEqual([
      { argument: "credentials.key", message: expect.stringMatching(/apiKey.*token.*username.*clientId/) },
    ]);
    expect(error.message).not.toContain("s3cret-value");
  });

  test("can be shown as a form: its schema has a JSON Schema", () => {
    expect(Object.keys(z.toJSONSchema(OpenApiConfig, { io: "input" }).properties ?? {})).toEqual([
      "spec",
      "specUrl",
      "server",
      "allowedOrigins",
      "credentials",
      "idempotencyHeader",
      "include",
      "exclude",
      "limits",
    ]);
  });
});

describe("A selection", () => {
  const paths = {
    "/pets": {
      get: { operationId: "listPets", tags: ["pets"] },
      post: { operationId: "addPet", tags: ["pets", "write"] },
    },
    "/pets/{id}": { get: { operationId: "getPet", tags: ["pets"] } },
    "/users": { get: { tags: ["users"] } },
  };

  test.each<[Partial<OpenApiConfig>, string[]]>([
    [{}, ["listPets", "addPet", "getPet", "get_users"]],
    [{ include: [{ tag: "pets" }] }, ["listPets", "addPet", "getPet"]],
    [{ include: [{ tag: "pets", method: "get" }] }, ["listPets", "getPet"]],
    [{ include: [{ operationId: "getPet" }, { operationId: "get_users" }] }, ["getPet", "get_users"]],
    [{ include: [{ path: "/pets/*" }] }, ["getPet"]],
    [{ include: [{ path: "/pets/{id}" }] }, ["getPet"]],
    [{ include: [{ operationId: "*Pet*" }] }, ["listPets", "addPet", "getPet"]],
    [{ include: [] }, []],
    [{ exclude: [{ method: "GET" }] }, ["addPet"]],
    [{ include: [{ tag: "pets" }], exclude: [{ tag: "write" }] }, ["listPets", "getPet"]],
    [{ exclude: [{ path: "/pet." }] }, ["listPets", "addPet", "getPet", "get_users"]],
  ])("%j offers %j", async (config, names) => {
    await using driver = new OpenApiDriver({ spec: documentOf(paths), ...config });
    expect((await driver.listTools()).map(({ name }) => name)).toEqual(names);
  });
});
