import type { HostAddress } from "@mcs/adapter-http";
import { describe, expect, test } from "vitest";
import { OpenApiDriver, type OpenApiConfig } from "../src/index.ts";
import { startServer } from "./echo-server.ts";
import { documentOf, failureOf } from "./given.ts";

const call = { "/x": { get: { operationId: "call" } } };
const metadata: HostAddress = { address: "169.254.169.254", family: 4 };
const loopback: HostAddress = { address: "127.0.0.1", family: 4 };
const external: HostAddress = { address: "8.8.8.8", family: 4 };

/** @returns The code of the failure of a call, and how many names were resolved. */
async function codeOf(config: OpenApiConfig, address: HostAddress): Promise<[string, number]> {
  let lookups = 0;
  const resolve = (): Promise<HostAddress[]> => ((lookups += 1), Promise.resolve([address]));
  await using driver = new OpenApiDriver(config, { resolve });
  return [(await failureOf(driver.executeTool("call", {}))).code, lookups];
}

describe("An address of a cloud's metadata service is refused", () => {
  test.each<[string, OpenApiConfig]>([
    ["to the document's own URL", { spec: "http://api.test/openapi.json" }],
    [
      "to a server of a document that was given",
      { spec: documentOf(call, { servers: [{ url: "http://api.test" }] }) },
    ],
    [
      "to the URL that servers are relative to",
      { spec: documentOf(call), specUrl: "http://api.test/x.json" },
    ],
  ])("%s", async (_, config) => {
    expect(await codeOf(config, metadata)).toEqual(["MCS_EGRESS_REFUSED", 1]);
  });
});

test("A private server is reached under a name that a given document has", async () => {
  const server = await startServer();
  const origin = server.origin.replace("127.0.0.1", "api.test");
  await using driver = new OpenApiDriver(
    { spec: documentOf(call, { servers: [{ url: origin }] }) },
    { resolve: () => Promise.resolve([loopback]) },
  );
  await driver.executeTool("call", {});
  expect(server.seen).toHaveLength(1);
});

test("A host that is private when its document is loaded, and then another thing, is refused", async () => {
  const server = await startServer(() => ({
    headers: { "Content-Type": "application/json", Connection: "close" },
    body: JSON.stringify(documentOf(call)),
  }));
  const origin = server.origin.replace("127.0.0.1", "api.test");
  const answers = [[loopback], [loopback, external]];
  const resolve = (): Promise<HostAddress[]> => Promise.resolve(answers.shift() ?? [metadata]);
  await using driver = new OpenApiDriver({ spec: `${origin}/openapi.json` }, { resolve });
  await driver.listTools();
  expect((await failureOf(driver.executeTool("call", {}))).code).toBe("MCS_EGRESS_REFUSED");
  expect((await failureOf(driver.executeTool("call", {}))).code).toBe("MCS_EGRESS_REFUSED");
  expect(server.seen).toHaveLength(1);
});

test("A credential goes in clear to this machine only, unless the operator names the origin", async () => {
  const document = documentOf(call, {
    servers: [{ url: "http://api.test" }],
    components: { securitySchemes: { key: { type: "http", scheme: "bearer" } } },
    security: [{ key: [] }],
  });
  const credentials = { key: "canary-7f3a9c51d2" };
  expect(await codeOf({ spec: document, credentials }, loopback)).toEqual(["MCS_EGRESS_REFUSED", 0]);
  const server = await startServer();
  const origin = server.origin.replace("127.0.0.1", "api.test");
  await using driver = new OpenApiDriver(
    { spec: document, credentials, server: origin },
    { resolve: () => Promise.resolve([loopback]) },
  );
  await driver.executeTool("call", {});
  expect(server.seen[0]?.headers["authorization"]).toBe("Bearer canary-7f3a9c51d2");
});

test("Disposing of a driver ends the calls that are under way", async () => {
  const server = await startServer(() => "hang");
  const driver = new OpenApiDriver({ spec: documentOf(call), server: server.origin });
  const failure = failureOf(driver.executeTool("call", {}));
  await expect.poll(() => server.seen.length).toBe(1);
  await driver[Symbol.asyncDispose]();
  expect((await failure).code).toBe("MCS_ABORTED");
});
