import { once } from "node:events";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { text } from "node:stream/consumers";
import { afterAll, beforeAll, expect, test } from "vitest";
import { runMcs, startMcs } from "./run-mcs.ts";

const seen: (string | undefined)[] = [];
let folder = "";
let origin = "";

/** An authorization server and an API, both on one origin. */
const server = createServer(async (request, response) => {
  const body = await bodyOf(request);
  const json = (value: unknown): void => {
    response.writeHead(200, { "Content-Type": "application/json" }).end(JSON.stringify(value));
  };
  if (request.url === "/.well-known/openid-configuration") {
    const endpoints = { authorization_endpoint: `${origin}/authorize`, token_endpoint: `${origin}/token` };
    return json({ issuer: origin, ...endpoints });
  }
  if (request.url === "/token") {
    seen.push(body.get("grant_type") ?? "");
    return json({ access_token: "t0ken-of-ada", token_type: "Bearer", expires_in: 3600, scope: "read" });
  }
  seen.push(request.headers.authorization);
  return json({ ok: true });
});

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "mcs-login-"));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const spec = {
    openapi: "3.1.1",
    info: { title: "Test", version: "1" },
    servers: [{ url: origin }],
    paths: { "/x": { get: { operationId: "look", security: [{ oauth: ["read"] }] } } },
    components: { securitySchemes: { oauth: { type: "oauth2", flows: {} } } },
  };
  await writeFile(join(folder, "openapi.json"), JSON.stringify(spec));
});
afterAll(async () => {
  server.closeAllConnections();
  server.close();
  await rm(folder, { recursive: true, force: true });
});

test("a call with --login says how to sign in first, and then has the token", async () => {
  const env = { XDG_STATE_HOME: folder };
  const call = ["call", join(folder, "openapi.json"), "look", "--login"];
  const before = await runMcs(call, { env });
  expect(before.exitCode).not.toBe(0);
  expect(before.stderr).toContain("mcs login");

  const login = startMcs(["login", origin, "--client-id", "mcs", "--for", origin, "--scope", "read"], env);
  const errors = text(login.stderr);
  for await (const line of createInterface({ input: login.stdout })) {
    const url = URL.parse(line.trim());
    if (url !== null) await comeBack(url);
  }
  const [exitCode] = (await once(login, "close")) as [number | null];
  expect({ exitCode, errors: await errors }).toMatchObject({ exitCode: 0 });

  expect(await runMcs(call, { env })).toMatchObject({ exitCode: 0, stdout: '{"ok":true}\n' });
  expect(seen).toEqual(["authorization_code", "Bearer t0ken-of-ada"]);
});

/** What a browser does when the person has signed in. */
async function comeBack(url: URL): Promise<void> {
  const back = new URL(url.searchParams.get("redirect_uri") ?? "");
  back.search = new URLSearchParams({ code: "c0de", state: url.searchParams.get("state") ?? "" }).toString();
  expect((await fetch(back)).status).toBe(200);
}

async function bodyOf(request: IncomingMessage): Promise<URLSearchParams> {
  return new URLSearchParams(await text(request));
}
