import type { StorePort } from "@mcs/core";
import { memoryStore } from "@mcs/kit/store";
import { describe, expect, test } from "vitest";
import { OpenApiDriver, type OpenApiConfig } from "../src/index.ts";
import { startServer, type EchoServer } from "./echo-server.ts";
import { documentOf, failureOf, operationOf, toolOf } from "./given.ts";

const context = { idempotencyKey: "turn 7", principal: "alice" };
const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
const unknown = { code: "MCS_EFFECT_UNKNOWN", effect: "unknown" };

function driverOf(
  server: EchoServer,
  method: string,
  more: Partial<OpenApiConfig> = {},
  store: StorePort = memoryStore(),
): OpenApiDriver {
  return new OpenApiDriver(
    { spec: operationOf({}, "/x", method), server: server.origin, ...more },
    { store },
  );
}

/** Loses as many answers, and gives those after. */
function losing(answers: number): Promise<EchoServer> {
  let left = answers;
  return startServer(() => (left-- > 0 ? "drop" : { body: '{"ok":true}' }));
}

describe("A write whose answer is lost", () => {
  test.each(["post", "put", "patch", "delete"])("by %s is unknown, and not sent again", async (method) => {
    const server = await losing(1);
    await using driver = driverOf(server, method);
    expect(await failureOf(driver.executeTool("call", {}))).toMatchObject(unknown);
    expect(server.seen).toHaveLength(1);
  });

  test("to a caller who cancels is unknown, too", async () => {
    const controller = new AbortController();
    const server = await startServer(() => {
      controller.abort();
      return "hang";
    });
    await using driver = driverOf(server, "post");
    expect(await failureOf(driver.executeTool("call", {}, { signal: controller.signal }))).toMatchObject(
      unknown,
    );
    expect(server.seen).toHaveLength(1);
  });

  test("stays unknown when it is repeated with its idempotency key, also by another instance", async () => {
    const server = await losing(1);
    const store = memoryStore();
    for (const _ of [1, 2]) {
      await using driver = driverOf(server, "post", {}, store);
      expect(await failureOf(driver.executeTool("call", {}, context))).toMatchObject(unknown);
    }
    expect(server.seen).toHaveLength(1);
  });

  test.each<{ name: string; method: string; config: Partial<OpenApiConfig> }>([
    { name: "of an API that knows the key", method: "post", config: { idempotencyHeader: "Request-Token" } },
    { name: "that changes nothing more when it is repeated", method: "put", config: {} },
  ])("$name is sent again when the caller repeats it, and only then", async ({ method, config }) => {
    const server = await losing(1);
    await using driver = driverOf(server, method, config);
    expect(await failureOf(driver.executeTool("call", {}, context))).toMatchObject(unknown);
    expect(server.seen).toHaveLength(1);
    expect(await driver.executeTool("call", {}, context)).toEqual({ ok: true });
    expect(new Set(server.seen.map(({ headers }) => headers["request-token"])).size).toBe(1);
  });
});

describe("A write with an idempotency key", () => {
  test("is sent once, and gives a repeated call its result", async () => {
    const server = await losing(0);
    await using driver = driverOf(server, "post");
    expect(await driver.executeTool("call", {}, context)).toEqual({ ok: true });
    expect(await driver.executeTool("call", {}, context)).toEqual({ ok: true });
    expect(server.seen).toHaveLength(1);
  });

  test("is sent again where the API refused it", async () => {
    const server = await startServer(() => ({ status: 409 }));
    await using driver = driverOf(server, "post");
    for (const _ of [1, 2]) await failureOf(driver.executeTool("call", {}, context));
    expect(server.seen).toHaveLength(2);
  });

  test("is another's with another principal, which the API is told apart by its key", async () => {
    const server = await losing(0);
    await using driver = driverOf(server, "post", { idempotencyHeader: "Idempotency-Key" });
    for (const principal of ["alice", "bob"]) await driver.executeTool("call", {}, { ...context, principal });
    const keys = server.seen.map(({ headers }) => headers["idempotency-key"]);
    expect(new Set(keys).size).toBe(2);
    expect(keys.every((key) => uuid.test(key ?? ""))).toBe(true);
  });
});

describe("The header for the key", () => {
  const declared = {
    parameters: [{ name: "X-Idempotency-Key", in: "header", required: true, schema: { type: "string" } }],
  };

  test("that the document declares is the driver's to fill in, not the model's", async () => {
    const server = await losing(0);
    const spec = operationOf(declared, "/x", "post");
    expect((await toolOf(spec)).parameters).toEqual([]);
    await using driver = new OpenApiDriver({ spec, server: server.origin });
    await driver.executeTool("call", {});
    await driver.executeTool("call", {});
    const keys = server.seen.map(({ headers }) => headers["x-idempotency-key"] ?? "");
    expect(keys.every((key) => uuid.test(key))).toBe(true);
    expect(new Set(keys).size).toBe(2);
  });

  test("is no matter of operations that read", async () => {
    const server = await losing(0);
    const store = memoryStore();
    const paths = { "/x": { get: { operationId: "call", ...declared } } };
    await using driver = new OpenApiDriver(
      { spec: documentOf(paths), server: server.origin, idempotencyHeader: "Idempotency-Key" },
      { store },
    );
    await driver.executeTool("call", { "X-Idempotency-Key": "the model's" }, context);
    expect(server.seen[0]?.headers).toMatchObject({ "x-idempotency-key": "the model's" });
    expect(server.seen[0]?.headers).not.toHaveProperty("idempotency-key");
    expect((await store.list("")[Symbol.asyncIterator]().next()).done).toBe(true);
  });

  test.each(["Authorization", "a b", "Host"])("cannot be %s", (idempotencyHeader) => {
    const create = (): unknown => new OpenApiDriver({ spec: operationOf({}), idempotencyHeader });
    expect(create).toThrow(expect.objectContaining({ code: "MCS_INVALID_CONFIG" }) as Error);
  });
});
