import { isMCSError, MCSError, type StorePort } from "@mcs/core";
import { memoryStore } from "@mcs/kit/store";
import { Secret } from "@mcs/secrets";
import { openSecret } from "@mcs/secrets/open";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { clientCredentials, type ClientAuthentication, type OAuthOptions } from "../src/index.ts";
import { startLoginServer, type LoginServer } from "./login-server.ts";

const api = "https://tickets.example";
const secret = new Secret("a-secret-of-32-characters-or-more", "client secret");
let server: LoginServer;
beforeAll(async () => {
  server = await startLoginServer();
});
afterAll(() => server[Symbol.asyncDispose]());
beforeEach(() => {
  server.cut("none");
  server.granted.length = 0;
});

function optionsFor(id: string, authentication?: ClientAuthentication): OAuthOptions {
  return {
    server: { issuer: server.issuer },
    client: { id, ...(authentication !== undefined && { authentication }) },
    origins: [api],
  };
}

const post = (): OAuthOptions => optionsFor("machine-post", { kind: "client_secret_post", secret });

test.each([
  {
    name: "a secret in the body",
    options: post,
  },
  {
    name: "a secret in a header",
    options: () => optionsFor("machine-basic", { kind: "client_secret_basic", secret }),
  },
  {
    name: "a signed assertion",
    options: () =>
      optionsFor("machine-jwt", {
        kind: "private_key_jwt",
        algorithm: "ES256",
        key: new Secret(server.privateKey),
      }),
  },
])("gets a token with $name", async ({ options }) => {
  await using provider = clientCredentials(options());
  const given = await provider.get({ audience: api, scopes: ["tickets:read"] });
  expect(given.origins).toEqual([api]);
  expect(openSecret(given.secret as Secret)).toMatch(/^[\w-]{20,}$/);
  expect(given.expiresAt).toBeGreaterThan(Date.now());
});

test("asks the server once for all who ask at the same time, and not again", async () => {
  await using provider = clientCredentials(post());
  const request = { audience: api, scopes: ["tickets:read"] };
  const all = await Promise.all(Array.from({ length: 50 }, () => provider.get(request)));
  await provider.get({ ...request, scopes: ["tickets:read", "tickets:read"] });
  expect(new Set(all.map((given) => given.secret)).size).toBe(1);
  expect(server.granted).toHaveLength(1);
});

test("renews ahead of the end, however wrong this machine's clock is", async () => {
  let now = 0;
  await using provider = clientCredentials({ ...post(), aheadMs: 60_000 }, { clock: { now: () => now } });
  const first = await provider.get({ audience: api });
  now = 3_600_000 - 60_001;
  expect((await provider.get({ audience: api })).secret).toBe(first.secret);
  now = 3_600_000 - 59_000;
  expect((await provider.get({ audience: api })).secret).not.toBe(first.secret);
  expect(server.granted).toHaveLength(2);
});

test("uses a token that is still good while the server cannot be asked", async () => {
  let now = 0;
  await using provider = clientCredentials(post(), { clock: { now: () => now } });
  const first = await provider.get({ audience: api });
  server.cut("request");
  now = 3_600_000 - 30_000;
  expect((await provider.get({ audience: api })).secret).toBe(first.secret);
  now = 3_600_001;
  await expect(provider.get({ audience: api })).rejects.toMatchObject({
    code: "MCS_TRANSPORT",
    effect: "none",
  });
  server.cut("none");
  expect((await provider.get({ audience: api })).secret).not.toBe(first.secret);
});

test("renews a refused token once, however many were refused it", async () => {
  await using provider = clientCredentials(post());
  const request = { audience: api };
  const first = await provider.get(request);
  await Promise.all(Array.from({ length: 20 }, () => provider.invalidate(request, first)));
  const second = await provider.get(request);
  await provider.invalidate(request, first);
  expect((await provider.get(request)).secret).toBe(second.secret);
  expect(server.granted).toHaveLength(2);
});

test("hands out tokens to their origins only", async () => {
  await using provider = clientCredentials(post());
  await expect(provider.get({ audience: "https://elsewhere.example" })).rejects.toMatchObject({
    code: "MCS_EGRESS_REFUSED",
  });
  expect(server.granted).toEqual([]);
});

test("sends a client's secret to no origin that the server's metadata bring up", async () => {
  const stolen: string[] = [];
  await using provider = clientCredentials(
    { ...post(), server: { issuer: "https://login.example" } },
    {
      fetch: async (request) => {
        stolen.push(request.url);
        return Response.json({
          issuer: "https://login.example",
          token_endpoint: "https://evil.example/token",
        });
      },
    },
  );
  await expect(provider.get({ audience: api })).rejects.toMatchObject({ code: "MCS_EGRESS_REFUSED" });
  expect(stolen).toEqual(["https://login.example/.well-known/openid-configuration"]);
});

test("fails for a wrong secret, and does not quote it", async () => {
  const value = "canary-canary-canary-canary-canary";
  const authentication = { kind: "client_secret_post", secret: new Secret(value) } as const;
  await using provider = clientCredentials(optionsFor("machine-post", authentication));
  const error: unknown = await provider.get({ audience: api }).catch((thrown: unknown) => thrown);
  expect(error).toMatchObject({ code: "MCS_AUTH_REQUIRED", effect: "none" });
  expect(isMCSError(error) && error.cause).toBeUndefined();
  expect(JSON.stringify(error) + String(error)).not.toContain(value);
});

test.each([
  { error: "invalid_scope", code: "MCS_PERMISSION_DENIED" },
  { error: "unauthorized_client", code: "MCS_AUTH_REQUIRED" },
  { error: "temporarily_unavailable", code: "MCS_REMOTE" },
])("fails with $code for $error", async ({ error, code }) => {
  await using provider = clientCredentials(
    { ...post(), server: { tokenUrl: "https://login.example/token" } },
    { fetch: async () => Response.json({ error }, { status: 400 }) },
  );
  await expect(provider.get({ audience: api })).rejects.toMatchObject({ code, effect: "none" });
});

test.each([
  {
    name: "no JSON",
    answer: () => new Response("<p>canary-token", { headers: { "Content-Type": "text/html" } }),
  },
  { name: "no token", answer: () => Response.json({ access_token: 7, refresh_token: "canary-token" }) },
  {
    name: "no bearer token",
    answer: () => Response.json({ access_token: "canary-token", token_type: "mac" }),
  },
  { name: "a failure of its own", answer: () => new Response("canary-token", { status: 503 }) },
  {
    name: "an error with text",
    answer: () => Response.json({ error: "x", error_description: "canary-token" }, { status: 400 }),
  },
])("quotes nothing of an answer with $name", async ({ answer }) => {
  const lines: string[] = [];
  const log = (...line: unknown[]): void => void lines.push(JSON.stringify(line));
  await using provider = clientCredentials(
    { ...post(), server: { tokenUrl: "https://login.example/token" } },
    { fetch: async () => answer(), logger: { debug: log, info: log, warn: log, error: log } },
  );
  const error: unknown = await provider.get({ audience: api }).catch((thrown: unknown) => thrown);
  expect(isMCSError(error)).toBe(true);
  expect(error).toMatchObject({ effect: "none" });
  expect(String(error) + JSON.stringify(error) + lines.join("")).not.toContain("canary-token");
});

test("two providers with one store share a token, and those of other clients none", async () => {
  const store = memoryStore();
  await using one = clientCredentials(post(), { store });
  await using two = clientCredentials(post(), { store });
  await using other = clientCredentials(
    optionsFor("machine-basic", { kind: "client_secret_basic", secret }),
    { store },
  );
  const values = await Promise.all(
    [one, two, other].map(async (provider) =>
      openSecret((await provider.get({ audience: api })).secret as Secret),
    ),
  );
  expect(new Set(values).size).toBe(2);
  expect(server.granted).toHaveLength(2);
});

test("a caller who gives up does not end the request for the others", async () => {
  await using provider = clientCredentials(post());
  const giving = new AbortController();
  const given = provider.get({ audience: api, signal: giving.signal });
  const waiting = provider.get({ audience: api });
  giving.abort();
  await expect(given).rejects.toMatchObject({ code: "MCS_ABORTED", effect: "none" });
  expect((await waiting).origins).toEqual([api]);
});

test("a token that the store does not take is handed out to nobody until it does", async () => {
  const kept = memoryStore();
  let writes = 0;
  const store: StorePort = {
    ...kept,
    async put(...write) {
      writes += 1;
      // The first is the lease.
      if (writes === 2) throw new MCSError("MCS_TRANSPORT", "The disk is full.", { cause: "/a/path" });
      return kept.put(...write);
    },
  };
  await using provider = clientCredentials(post(), { store });
  const error: unknown = await provider.get({ audience: api }).catch((thrown: unknown) => thrown);
  expect(error).toMatchObject({ code: "MCS_TRANSPORT", effect: "none" });
  expect(isMCSError(error) && error.cause).toBeUndefined();
  await provider.get({ audience: api });
  expect(server.granted).toHaveLength(1);
});
