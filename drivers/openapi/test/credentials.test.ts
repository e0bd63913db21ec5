import { createServer } from "node:http";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { inspect } from "node:util";
import type { CredentialProvider } from "@mcs/core";
import { memoryStore } from "@mcs/kit/store";
import { Secret } from "@mcs/secrets";
import { describe, expect, onTestFinished, test, vi } from "vitest";
import { OpenApiDriver, type OpenApiConfig, type OpenApiPorts } from "../src/index.ts";
import { startServer } from "./echo-server.ts";
import { deferred, documentOf, failureOf, send } from "./given.ts";

const canary = "c4nary-5ecret-Value-91";

const securitySchemes = {
  key: { type: "apiKey", in: "header", name: "X-Api-Key" },
  queryKey: { type: "apiKey", in: "query", name: "api key" },
  cookieKey: { type: "apiKey", in: "cookie", name: "sid" },
  bearer: { type: "http", scheme: "Bearer" },
  basic: { type: "http", scheme: "basic" },
  oauth: { type: "oauth2", flows: {} },
  oidc: { type: "openIdConnect", openIdConnectUrl: "https://id.test" },
  digest: { type: "http", scheme: "digest" },
  tls: { type: "mutualTLS" },
};

/** A document whose one operation needs this. */
const needing = (security: unknown, more: object = {}): Record<string, unknown> =>
  documentOf(
    { "/x": { post: { operationId: "call", security, ...more } } },
    { components: { securitySchemes } },
  );

type Credentials = NonNullable<OpenApiConfig["credentials"]>;

describe("A credential", () => {
  test.each<[string, Credentials[string], Record<string, string>, string]>([
    ["key", canary, { "x-api-key": canary }, "/x"],
    ["key", { apiKey: canary }, { "x-api-key": canary }, "/x"],
    ["queryKey", { apiKey: canary }, {}, `/x?api%20key=${canary}`],
    ["cookieKey", canary, { cookie: `sid=${canary}` }, "/x"],
    ["bearer", { token: canary }, { authorization: `Bearer ${canary}` }, "/x"],
    ["bearer", canary, { authorization: `Bearer ${canary}` }, "/x"],
    [
      "basic",
      { username: "ada", password: canary },
      { authorization: `Basic ${btoa(`ada:${canary}`)}` },
      "/x",
    ],
    ["basic", `ada:${canary}`, { authorization: `Basic ${btoa(`ada:${canary}`)}` }, "/x"],
    ["basic", { username: canary, password: "" }, { authorization: `Basic ${btoa(`${canary}:`)}` }, "/x"],
    ["oauth", { token: canary }, { authorization: `Bearer ${canary}` }, "/x"],
    ["oidc", canary, { authorization: `Bearer ${canary}` }, "/x"],
  ])("for %s given as %j is sent as its scheme says", async (scheme, credential, headers, target) => {
    const { request } = await send(
      needing([{ [scheme]: [] }]),
      {},
      { config: { credentials: { [scheme]: credential } } },
    );
    expect(request.headers).toMatchObject(headers);
    expect(request.target).toBe(target);
  });

  test("may be a reference to the environment or to a file", async () => {
    const folder = await mkdtemp(join(tmpdir(), "mcs-openapi-"));
    onTestFinished(() => rm(folder, { recursive: true }));
    await writeFile(join(folder, "token"), `${canary}\n`);
    vi.stubEnv("TEST_API_TOKEN", canary);
    onTestFinished(() => void vi.unstubAllEnvs());
    for (const token of ["env:TEST_API_TOKEN", `file:${join(folder, "token")}`]) {
      const { request } = await send(
        needing([{ bearer: [] }]),
        {},
        { config: { credentials: { bearer: { token } } } },
      );
      expect(request.headers["authorization"]).toBe(`Bearer ${canary}`);
    }
  });

  test("is refused at construction if its reference leads nowhere", () => {
    const config = { spec: needing([]), credentials: { bearer: "env:MCS_NO_SUCH_VARIABLE" } };
    expect(() => new OpenApiDriver(config)).toThrow(expect.objectContaining({ code: "MCS_INVALID_CONFIG" }));
  });

  test("comes from the environment by default", async () => {
    vi.stubEnv("MCS_OPENAPI_BEARER", canary);
    vi.stubEnv("MCS_OPENAPI_BASIC", `ada:${canary}`);
    onTestFinished(() => void vi.unstubAllEnvs());
    expect((await send(needing([{ bearer: [] }]), {})).request.headers["authorization"]).toBe(
      `Bearer ${canary}`,
    );
    const basic = await send(needing([{ basic: [] }]), {});
    expect(basic.request.headers["authorization"]).toBe(`Basic ${btoa(`ada:${canary}`)}`);
  });

  test("comes from the provider in ports if the configuration has none", async () => {
    vi.stubEnv("MCS_OPENAPI_OAUTH", "not-this-one");
    onTestFinished(() => void vi.unstubAllEnvs());
    const asked: object[] = [];
    const server = await startServer();
    const credentials = {
      get: async (request: object) => {
        asked.push(request);
        return { secret: new Secret(canary), origins: [server.origin] };
      },
    };
    const spec = needing([{ oauth: ["write"] }]);
    await using driver = new OpenApiDriver({ spec, server: server.origin }, { credentials });
    await driver.executeTool("call", {}, { principal: "ada" });
    expect(server.seen[0]?.headers["authorization"]).toBe(`Bearer ${canary}`);
    expect(asked).toMatchObject([{ audience: server.origin, principal: "ada", scopes: ["write"] }]);
  });

  test.each([
    [
      "a challenge",
      { url: "https://id.test/device", code: "AB-12", message: "Sign in" },
      "MCS_AUTH_REQUIRED",
    ],
    ["a credential for another origin", undefined, "MCS_EGRESS_REFUSED"],
  ])("that the provider answers with %s fails the call", async (_, challenge, code) => {
    const get = async (): Promise<{ secret: Secret; origins: string[] }> => {
      // oxlint-disable-next-line typescript/only-throw-error -- a challenge is no error, by the contract
      if (challenge !== undefined) throw challenge;
      return { secret: new Secret(canary), origins: ["https://other.test"] };
    };
    const server = await startServer();
    const spec = needing([{ bearer: [] }]);
    await using driver = new OpenApiDriver({ spec, server: server.origin }, { credentials: { get } });
    expect((await failureOf(driver.executeTool("call", {}))).code).toBe(code);
    expect(server.seen).toEqual([]);
  });
});

describe("Security requirements", () => {
  const both = { key: canary, bearer: `${canary}-b` };

  test.each<[string, unknown, Credentials, Record<string, string>]>([
    ["none: nothing is sent", [], both, {}],
    [
      "together: both are sent",
      [{ key: [], bearer: [] }],
      both,
      { "x-api-key": canary, authorization: `Bearer ${canary}-b` },
    ],
    [
      "alternatives: the first is sent, alone",
      [{ bearer: [] }, { key: [] }],
      both,
      { authorization: `Bearer ${canary}-b` },
    ],
    [
      "alternatives: the first that is satisfied is sent",
      [{ bearer: [] }, { key: [] }],
      { key: canary },
      { "x-api-key": canary },
    ],
    [
      "an alternative that is satisfied in part is not sent",
      [{ bearer: [], key: [] }, { key: [] }],
      { key: canary },
      { "x-api-key": canary },
    ],
    ["optional: nothing is sent without a credential", [{ bearer: [] }, {}], {}, {}],
    [
      "optional: a credential that is there is sent",
      [{}, { key: [] }],
      { key: canary },
      { "x-api-key": canary },
    ],
    [
      "schemes that go to one place take one credential, as Google's documents mean it",
      [{ oauth: [], oidc: [] }],
      { oidc: canary },
      { authorization: `Bearer ${canary}` },
    ],
    [
      "schemes that go to one place take the first of two credentials",
      [{ oauth: [], oidc: [], key: [] }],
      { oidc: "not-this-one", oauth: canary, key: canary },
      { "x-api-key": canary, authorization: `Bearer ${canary}` },
    ],
    [
      "an alternative that cannot be sent is passed over",
      [{ digest: [] }, { tls: [] }, { key: [] }],
      { key: canary },
      { "x-api-key": canary },
    ],
  ])("%s", async (_, security, credentials, headers) => {
    const { request } = await send(needing(security), {}, { config: { credentials } });
    const { authorization, "x-api-key": key } = request.headers;
    expect({ ...(authorization && { authorization }), ...(key && { "x-api-key": key }) }).toEqual(headers);
  });

  test("of the document count where the operation has none, and an empty list takes them away", async () => {
    const post = { operationId: "call" };
    const open = { operationId: "open", security: [] };
    const spec = documentOf(
      { "/x": { post }, "/open": { get: open } },
      { components: { securitySchemes }, security: [{ key: [] }] },
    );
    const config = { credentials: { key: canary } };
    expect((await send(spec, {}, { config })).request.headers["x-api-key"]).toBe(canary);
    expect((await send(spec, {}, { config, tool: "open" })).request.headers).not.toHaveProperty("x-api-key");
  });

  test("of which each is demanded as a parameter, too, are all sent", async () => {
    const parameters = [
      { name: "api key", in: "query", required: true, schema: { type: "string" } },
      { name: "x-api-key", in: "header", required: true, schema: { type: "string" } },
    ];
    const { request } = await send(
      needing([{ queryKey: [] }, { key: [] }], { parameters }),
      {},
      { config: { credentials: { queryKey: `${canary}-q`, key: canary } } },
    );
    expect(request.target).toBe(`/x?api%20key=${canary}-q`);
    expect(request.headers["x-api-key"]).toBe(canary);
  });

  test.each<[string, unknown, Credentials, string]>([
    [
      "a bearer and a login at once",
      [{ bearer: [], basic: [] }],
      { bearer: canary, basic: `a:${canary}` },
      "MCS_INVALID_CONFIG",
    ],
    ["a missing credential", [{ bearer: [] }], {}, "MCS_AUTH_REQUIRED"],
    ["one of two missing", [{ bearer: [], key: [] }], { key: canary }, "MCS_AUTH_REQUIRED"],
    ["a scheme that cannot be sent", [{ digest: [] }], {}, "MCS_UNSUPPORTED"],
    [
      "client credentials that nobody says where to exchange",
      [{ oauth: [] }],
      { oauth: { clientId: "a", clientSecret: canary } },
      "MCS_UNSUPPORTED",
    ],
    ["a scheme that the document does not declare", [{ gone: [] }], {}, "MCS_INVALID_SPEC"],
    ["a credential for a scheme that is not there", [], { keey: canary }, "MCS_INVALID_CONFIG"],
    ["a credential of another kind", [{ key: [] }], { key: { token: canary } }, "MCS_INVALID_CONFIG"],
    ["a login without a password", [{ basic: [] }], { basic: canary }, "MCS_INVALID_CONFIG"],
  ])(
    "with %s fail the call before anything is sent, and do not hinder listing",
    async (_, security, credentials, code) => {
      const server = await startServer();
      await using driver = new OpenApiDriver({ spec: needing(security), server: server.origin, credentials });
      expect(await driver.listTools()).toHaveLength(1);
      const error = await failureOf(driver.executeTool("call", {}));
      expect(error).toMatchObject({ code, effect: "none" });
      expect(server.seen).toEqual([]);
    },
  );

  test("tell the operator which key and which variable are missing", async () => {
    const schemes = { "my-auth v2": { type: "http", scheme: "bearer" } };
    const spec = documentOf(
      { "/x": { get: { operationId: "call", security: [{ "my-auth v2": [] }] } } },
      { components: { securitySchemes: schemes } },
    );
    await using driver = new OpenApiDriver({ spec, server: "https://api.test" });
    const { message } = await failureOf(driver.executeTool("call", {}));
    expect(message).toContain('credentials: { "my-auth v2": … }');
    expect(message).toContain("MCS_OPENAPI_MY_AUTH_V2");
  });

  test("take the parameter of a key out of the arguments", async () => {
    const spec = needing([{ key: [] }], {
      parameters: [{ name: "x-api-key", in: "header", required: true }],
    });
    const { request } = await send(spec, {}, { config: { credentials: { key: canary } } });
    expect(request.headers["x-api-key"]).toBe(canary);
  });
});

/** A document whose operation has a server of its own. */
const two = (api: string, uploads: string): Record<string, unknown> => ({
  ...documentOf(
    { "/x": { post: { operationId: "call", security: [{ bearer: [] }], servers: [{ url: uploads }] } } },
    { components: { securitySchemes }, servers: [{ url: api }] },
  ),
});

describe("A credential is bound to its origin:", () => {
  test("it is not sent to another server of the document", async () => {
    const [api, uploads] = [await startServer(), await startServer()];
    await using driver = new OpenApiDriver({
      spec: two(api.origin, uploads.origin),
      credentials: { bearer: canary },
    });
    const error = await failureOf(driver.executeTool("call", {}));
    expect(error.code).toBe("MCS_EGRESS_REFUSED");
    expect(error.message).toContain(`origin: "${uploads.origin}"`);
    expect([...api.seen, ...uploads.seen]).toEqual([]);
  });

  test("the operator may bind it to another one", async () => {
    const [api, uploads] = [await startServer(), await startServer()];
    const credentials = { bearer: { token: canary, origin: uploads.origin } };
    await using driver = new OpenApiDriver({ spec: two(api.origin, uploads.origin), credentials });
    await driver.executeTool("call", {});
    expect(uploads.seen[0]?.headers["authorization"]).toBe(`Bearer ${canary}`);
    expect(api.seen).toEqual([]);
  });
});

describe("No secret comes out", () => {
  const spec = needing([{ basic: [], key: [], queryKey: [] }], {
    description: `Never show ${canary}`,
    parameters: [{ name: "q", in: "query", schema: { type: "string" } }],
  });
  const credentials = {
    basic: `ada:${canary}-basic`,
    key: { apiKey: `${canary}-key` },
    queryKey: `${canary}-query`,
  };

  test.each([
    ["a JSON answer", { status: 200, json: true }],
    ["a text answer", { status: 200, json: false }],
    ["a failure", { status: 500, json: true }],
    ["a refusal", { status: 400, json: false }],
  ])("of %s that reflects the request", async (_, { status, json }) => {
    const server = await startServer(({ target, headers }) => {
      const said = {
        message: `${target} ${JSON.stringify(headers)} ${atob(headers["authorization"]?.slice(6) ?? "")}`,
      };
      return {
        status,
        headers: { "Content-Type": json ? "application/json" : "text/plain" },
        body: json ? JSON.stringify(said) : said.message,
      };
    });
    const logged: unknown[] = [];
    const log = (...parts: unknown[]): number => logged.push(...parts);
    const logger = { debug: log, info: log, warn: log, error: log };
    await using driver = new OpenApiDriver({ spec, server: server.origin, credentials }, { logger });
    const out = await driver.executeTool("call", { q: "x" }).catch((error: unknown) => error);
    const everything = [
      out,
      out instanceof Error ? [out.message, out.stack, Reflect.get(out, "hint")] : JSON.stringify(out),
      await driver.listTools(),
      await driver.diagnostics(),
      await driver.operationOf("call"),
      await driver.getDriverSystemMessage(),
      driver,
      logged,
    ];
    const text = everything.map((item) => inspect(item, { depth: 20, showHidden: true })).join("\n");
    expect(server.seen).toHaveLength(1);
    for (const secret of ["basic", "key", "query"]) expect(text).not.toContain(`${canary}-${secret}`);
    expect(text).not.toContain(btoa(`ada:${canary}-basic`));
  });
});

describe("A secret that the API repeats stays in", () => {
  const driverFor = (origin: string, credentials: Credentials, ports: OpenApiPorts = {}): OpenApiDriver =>
    new OpenApiDriver(
      { spec: needing([{ [Object.keys(credentials)[0] ?? ""]: [] }]), server: origin, credentials },
      ports,
    );

  test("also in a file, which stays in the store", async () => {
    const store = memoryStore();
    const server = await startServer(({ headers }) => ({
      headers: { "Content-Type": "application/octet-stream" },
      body: `\0${headers["x-api-key"]}\0`,
    }));
    await using driver = driverFor(server.origin, { key: canary }, { store });
    const { fileRef } = (await driver.executeTool("call", {})) as { fileRef: string };
    const stored = Buffer.from((await store.get(fileRef))?.value ?? []).toString();
    expect(stored).toBe("\0[secret key]\0");
  });

  test.each([480, 490, 499])("also where it is cut off at the end of a long message, from %i", async (at) => {
    const server = await startServer(({ headers }) => ({
      status: 400,
      body: JSON.stringify({ message: `${"x".repeat(at)}${headers["x-api-key"]}` }),
    }));
    await using driver = driverFor(server.origin, { key: canary });
    expect((await failureOf(driver.executeTool("call", {}))).message).not.toContain(canary.slice(0, 3));
  });

  test.each<[string, Credentials[string]]>([
    ["as an object", { username: "ada", password: "h4nt3r" }],
    ["as text", "ada:h4nt3r"],
  ])("also a short password within the header that carried it, given %s", async (_, basic) => {
    const server = await startServer(({ headers }) => ({
      body: JSON.stringify({ seen: headers["authorization"], form: "ada%3Ah4nt3r" }),
    }));
    await using driver = driverFor(server.origin, { basic });
    expect(await driver.executeTool("call", {})).toEqual({
      seen: "Basic [secret basic]",
      form: "[secret basic]",
    });
  });

  test("also when many callers have a secret of their own at the same time", async () => {
    const callers = 30;
    const all = deferred<void>();
    const server = createServer((request, response) => {
      waiting.push(request);
      if (waiting.length === callers) all.resolve();
      void all.promise.then(() => response.end(request.headers.authorization));
    });
    const waiting: unknown[] = [];
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    onTestFinished(() => {
      server.closeAllConnections();
      server.close();
    });
    const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const provider: CredentialProvider = {
      get: async ({ principal = "", audience }) => ({
        secret: new Secret(`${canary}-${principal}`, "own"),
        origins: [audience],
      }),
    };
    await using driver = new OpenApiDriver(
      { spec: needing([{ bearer: [] }]), server: origin },
      { credentials: provider },
    );
    const calls = Array.from({ length: callers }, (_, index) =>
      driver.executeTool("call", {}, { principal: `p${index}` }),
    );
    expect(new Set(await Promise.all(calls))).toEqual(new Set(["Bearer [secret own]"]));
  });
});

test.each<[string, Credentials[string]]>([
  ["as an object", { username: canary, password: "" }],
  ["as text", `${canary}:`],
])("a key in the place of a user name, given %s, does not come out", async (_, credential) => {
  const server = await startServer(({ headers }) => ({
    status: 400,
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ message: `no such key: ${canary}`, seen: headers["authorization"] }),
  }));
  const driver = new OpenApiDriver({
    spec: needing([{ basic: [] }]),
    server: server.origin,
    credentials: { basic: credential },
  });
  const failure = await failureOf(driver.executeTool("call", {}));
  expect(failure).toMatchObject({ code: "MCS_REMOTE", status: 400 });
  expect(inspect(failure, { showHidden: true })).not.toContain(canary);
});
