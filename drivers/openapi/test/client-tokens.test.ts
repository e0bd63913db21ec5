import type { CredentialProvider } from "@mcs/core";
import { Secret } from "@mcs/secrets";
import { expect, test } from "vitest";
import { OpenApiDriver, type OpenApiConfig } from "../src/index.ts";
import { startServer, type EchoServer } from "./echo-server.ts";
import { documentOf, failureOf } from "./given.ts";

const canary = "c4nary-client-5ecret-77";

/** An API and the token endpoint beside it. Tokens are numbered; those that are revoked get a 401. */
async function startApi(): Promise<
  EchoServer & { readonly revoked: Set<string>; tokenRequests(): URLSearchParams[] }
> {
  const revoked = new Set<string>();
  let count = 0;
  const server = await startServer(({ target, headers }) => {
    if (target === "/token") {
      count += 1;
      const token = { access_token: `t0ken-number-${count}`, token_type: "Bearer", expires_in: 3600 };
      return { body: JSON.stringify(token) };
    }
    return { status: revoked.has(headers["authorization"] ?? "") ? 401 : 200 };
  });
  return {
    ...server,
    revoked,
    tokenRequests: () =>
      server.seen
        .filter(({ target }) => target === "/token")
        .map(({ body }) => new URLSearchParams(body.toString())),
  };
}

function specFor(tokenUrl: string | undefined): Record<string, unknown> {
  const flows = tokenUrl === undefined ? {} : { clientCredentials: { tokenUrl, scopes: {} } };
  return documentOf(
    {
      "/read": { get: { operationId: "read", security: [{ oauth: ["things:read"] }] } },
      "/write": { post: { operationId: "write", security: [{ oauth: ["things:write"] }] } },
      "/any": { get: { operationId: "any", security: [{ oauth: [] }] } },
    },
    { components: { securitySchemes: { oauth: { type: "oauth2", flows } } } },
  );
}

const oauth = { clientId: "mcs", clientSecret: canary };
const bearers = ({ seen }: EchoServer): (string | undefined)[] =>
  seen.filter(({ target }) => target !== "/token").map(({ headers }) => headers["authorization"]);

test("exchanges client credentials for a token with the operation's scopes only, once for each", async () => {
  const api = await startApi();
  const credentials = { oauth: { ...oauth, scopes: ["general"] } };
  const config = { spec: specFor(`${api.origin}/token`), server: api.origin, credentials };
  await using driver = new OpenApiDriver(config);
  await Promise.all(Array.from({ length: 5 }, () => driver.executeTool("read", {})));
  await driver.executeTool("write", {});
  await driver.executeTool("any", {});
  expect(api.tokenRequests().map((body) => body.get("scope"))).toEqual([
    "things:read",
    "things:write",
    "general",
  ]);
  expect(api.tokenRequests()[0]?.get("client_secret")).toBe(canary);
  expect(new Set(bearers(api)).size).toBe(3);
});

test("sends the secret as a login where the operator says so", async () => {
  const api = await startApi();
  const credentials = { oauth: { ...oauth, authentication: "client_secret_basic" as const } };
  const config = { spec: specFor(`${api.origin}/token`), server: api.origin, credentials };
  await using driver = new OpenApiDriver(config);
  await driver.executeTool("read", {});
  const login = api.seen.find(({ target }) => target === "/token")?.headers["authorization"] ?? "";
  expect(decodeURIComponent(atob(login.slice("Basic ".length)))).toBe(`mcs:${canary}`);
});

test("renews a token that the API refuses, and repeats a call that only reads", async () => {
  const api = await startApi();
  const config = { spec: specFor(`${api.origin}/token`), server: api.origin, credentials: { oauth } };
  await using driver = new OpenApiDriver(config);
  api.revoked.add("Bearer t0ken-number-1");
  await driver.executeTool("read", {});
  expect(bearers(api)).toEqual(["Bearer t0ken-number-1", "Bearer t0ken-number-2"]);
});

test("repeats no call that writes, but the next one has a token that is renewed", async () => {
  const api = await startApi();
  const config = { spec: specFor(`${api.origin}/token`), server: api.origin, credentials: { oauth } };
  await using driver = new OpenApiDriver(config);
  api.revoked.add("Bearer t0ken-number-1");
  expect((await failureOf(driver.executeTool("write", {}))).code).toBe("MCS_AUTH_REQUIRED");
  await driver.executeTool("write", {});
  expect(bearers(api)).toEqual(["Bearer t0ken-number-1", "Bearer t0ken-number-2"]);
});

test("renews no more than once for one call", async () => {
  const api = await startApi();
  const config = { spec: specFor(`${api.origin}/token`), server: api.origin, credentials: { oauth } };
  await using driver = new OpenApiDriver(config);
  for (let number = 1; number < 9; number += 1) api.revoked.add(`Bearer t0ken-number-${number}`);
  expect((await failureOf(driver.executeTool("read", {}))).code).toBe("MCS_AUTH_REQUIRED");
  expect(bearers(api)).toHaveLength(2);
});

test("asks a provider in the ports for another token, too", async () => {
  const api = await startApi();
  const given: string[] = [];
  const refused: unknown[] = [];
  const credentials: CredentialProvider = {
    get: async ({ audience }) => {
      given.push(`provided-t0ken-${given.length}`);
      return { secret: new Secret(given.at(-1) ?? ""), origins: [audience] };
    },
    invalidate: async ({ audience, scopes }, { origins }) => {
      refused.push([audience, scopes, origins]);
    },
  };
  const config = { spec: specFor(undefined), server: api.origin };
  await using driver = new OpenApiDriver(config, { credentials });
  api.revoked.add("Bearer provided-t0ken-0");
  await driver.executeTool("read", {});
  expect(bearers(api)).toEqual(["Bearer provided-t0ken-0", "Bearer provided-t0ken-1"]);
  expect(refused).toEqual([[api.origin, ["things:read"], [api.origin]]]);
});

test.each<[string, (evil: string) => Partial<OpenApiConfig>, string, number]>([
  ["is not given to a host that only the document names", () => ({}), "MCS_EGRESS_REFUSED", 0],
  ["goes there if the operator allows it", (evil) => ({ allowedOrigins: [evil] }), "resolved", 1],
  [
    "goes where the operator says, whatever the document says",
    (evil) => ({ credentials: { oauth: { ...oauth, tokenUrl: `${evil}/token` } } }),
    "resolved",
    1,
  ],
])("a client's secret %s", async (_, config, code, requests) => {
  const [api, other] = [await startApi(), await startApi()];
  const spec = specFor(`${other.origin}/token`);
  const all = { spec, server: api.origin, credentials: { oauth }, ...config(other.origin) };
  await using driver = new OpenApiDriver(all);
  const outcome = await driver.executeTool("read", {}).then(
    () => "resolved",
    (error: unknown) => String(Reflect.get(Object(error), "code")),
  );
  expect([outcome, other.tokenRequests().length]).toEqual([code, requests]);
});
