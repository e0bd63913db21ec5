import { isMCSError, type AuthChallenge } from "@mcs/core";
import { memoryStore } from "@mcs/kit/store";
import { openSecret } from "@mcs/secrets/open";
import type { Secret } from "@mcs/secrets";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { signIn, type OAuthProvider, type SignInOptions } from "../src/index.ts";
import { loopbackRedirect } from "../src/node.ts";
import { startLoginServer, type LoginServer } from "./login-server.ts";
import { signInAs } from "./person.ts";

const api = "https://tickets.example";
const request = { audience: api, scopes: ["tickets:read"] };
let server: LoginServer;
beforeAll(async () => {
  server = await startLoginServer();
});
afterAll(() => server[Symbol.asyncDispose]());
beforeEach(() => {
  server.cut("none");
  server.granted.length = 0;
});

function options(method: SignInOptions["method"] = "browser"): SignInOptions {
  return {
    server: { issuer: server.issuer },
    client: { id: "app" },
    origins: [api],
    method,
    signInScopes: ["openid", "offline_access"],
    parameters: { prompt: "consent" },
  };
}

async function challengeOf(
  provider: OAuthProvider,
  asked: { principal?: string } = {},
): Promise<AuthChallenge> {
  const error: unknown = await provider.get({ ...request, ...asked }).catch((thrown: unknown) => thrown);
  if (!isMCSError(error) || error.challenge === undefined) throw error;
  expect(error.code).toBe("MCS_AUTH_REQUIRED");
  return error.challenge;
}

async function tokenOf(provider: OAuthProvider, asked: { principal?: string } = {}): Promise<string> {
  return openSecret((await provider.get({ ...request, ...asked })).secret as Secret);
}

test("a person signs in with a browser, and the token is renewed from then on", async () => {
  let now = Date.now();
  const ports = { redirect: loopbackRedirect(), clock: { now: () => now } };
  await using provider = signIn(options(), ports);
  const { url } = await challengeOf(provider);
  expect(new URL(url).searchParams.get("code_challenge_method")).toBe("S256");
  const waiting = provider.signedIn();
  expect(await signInAs("ada", url)).toContain("close this window");
  await waiting;
  const first = await tokenOf(provider);
  expect(await tokenOf(provider)).toBe(first);
  now += 3_600_000;
  expect(await tokenOf(provider)).not.toBe(first);
  now += 3_600_000;
  await tokenOf(provider);
  expect(server.granted).toEqual(["authorization_code", "refresh_token", "refresh_token"]);
  expect(server.revoked()).toBe(0);
});

test("a person signs in with a code on another device", async () => {
  await using provider = signIn(options("device"));
  const { url, code = "" } = await challengeOf(provider);
  const waiting = provider.signedIn();
  await signInAs("ada", url, code);
  await waiting;
  expect(await tokenOf(provider)).toMatch(/^[\w-]{20,}$/);
  expect(server.granted).toEqual(["urn:ietf:params:oauth:grant-type:device_code"]);
});

test("says the same as long as nobody has signed in", async () => {
  await using provider = signIn(options(), { redirect: loopbackRedirect() });
  const challenges = await Promise.all(Array.from({ length: 5 }, () => challengeOf(provider)));
  expect(new Set(challenges.map(({ url }) => url)).size).toBe(1);
});

test("takes no answer of a sign-in that it did not begin", async () => {
  await using provider = signIn(options(), { redirect: loopbackRedirect() });
  const { url } = await challengeOf(provider);
  const back = new URL(new URL(url).searchParams.get("redirect_uri") ?? "");
  back.search = "?code=stolen&state=guessed";
  expect((await fetch(back)).status).toBe(400);
  expect(server.granted).toEqual([]);
  expect(await signInAs("ada", url)).toContain("close this window");
});

test("a sign-in of one principal is none of another", async () => {
  const store = memoryStore();
  await using provider = signIn(options(), { redirect: loopbackRedirect(), store });
  const { url } = await challengeOf(provider, { principal: "ada" });
  const waiting = provider.signedIn({ principal: "ada" });
  await signInAs("ada", url);
  await waiting;
  await tokenOf(provider, { principal: "ada" });
  for (const principal of ["eve", "", "ada ", undefined]) {
    const asked = { ...request, ...(principal !== undefined && { principal }) };
    await expect(provider.get(asked)).rejects.toMatchObject({ code: "MCS_AUTH_REQUIRED" });
  }
});

test("a network that fails ends no grant", async () => {
  let now = Date.now();
  const store = memoryStore();
  const ports = { redirect: loopbackRedirect(), store, clock: { now: () => now } };
  await using provider = signIn(options(), ports);
  const waiting = challengeOf(provider).then(({ url }) => signInAs("ada", url));
  await waiting;
  await provider.signedIn();
  const before = await tokenOf(provider);
  now += 3_700_000;
  server.cut("request");
  await expect(provider.get(request)).rejects.toMatchObject({ code: "MCS_TRANSPORT", effect: "none" });
  server.cut("none");
  expect(await tokenOf(provider)).not.toBe(before);
  expect(server.granted).toEqual(["authorization_code", "refresh_token"]);
});

test("asks to sign in again when the server takes the refresh token no more", async () => {
  let now = Date.now();
  const ports = { redirect: loopbackRedirect(), clock: { now: () => now } };
  await using provider = signIn(options(), ports);
  await signInAs("ada", (await challengeOf(provider)).url);
  await provider.signedIn();
  await tokenOf(provider);
  now += 3_700_000;
  // The server has taken the token, and nobody ever gets to know the next one: no client can save that.
  server.cut("answer");
  await expect(provider.get(request)).rejects.toMatchObject({ code: "MCS_TRANSPORT" });
  server.cut("none");
  await signInAs("ada", (await challengeOf(provider)).url);
  await provider.signedIn();
  expect(await tokenOf(provider)).toMatch(/^[\w-]{20,}$/);
});

test("signing out forgets the grant", async () => {
  await using provider = signIn(options(), { redirect: loopbackRedirect() });
  await signInAs("ada", (await challengeOf(provider)).url);
  await provider.signedIn();
  await tokenOf(provider);
  await provider.signOut();
  await expect(provider.get(request)).rejects.toMatchObject({ code: "MCS_AUTH_REQUIRED" });
});
