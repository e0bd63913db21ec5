import { afterAll, beforeAll, expect, test } from "vitest";
import { authDecorator, signIn, type SignInProvider, type SignInRequired } from "../src/index.ts";
import { loopbackRedirect } from "../src/node.ts";
import { startLoginServer, type LoginServer } from "./login-server.ts";
import { signInAs } from "./person.ts";
import { api, ticketDriver } from "./tickets.ts";

let server: LoginServer;
beforeAll(async () => {
  server = await startLoginServer();
});
afterAll(() => server[Symbol.asyncDispose]());

function provider(): SignInProvider {
  return signIn(
    {
      server: { issuer: server.issuer },
      client: { id: "app" },
      origins: [api],
      method: "browser",
      signInScopes: ["openid", "offline_access"],
      parameters: { prompt: "consent" },
    },
    { redirect: loopbackRedirect() },
  );
}

test("a sign-in that is needed is a result, and the same call goes on when it is done", async () => {
  await using credentials = provider();
  await using driver = authDecorator(ticketDriver(credentials));
  const answer = '{"tool": "tickets_list", "arguments": {}}';
  const response = await driver.processLlmResponse(answer);
  const required = response.toolCallResult as SignInRequired;
  expect([response.callExecuted, response.callFailed]).toEqual([true, false]);
  expect(required).toMatchObject({
    status: "sign_in_required",
    scope: expect.stringContaining("tickets:read"),
  });
  expect(JSON.stringify(response.messages)).toContain("code_challenge");
  await signInAs("ada", required.url);
  await credentials.signedIn();
  expect(await driver.executeTool("tickets_list", {})).toEqual({ length: 43 });
});

test("a call that may wait goes on by itself", async () => {
  await using credentials = provider();
  const shown: string[] = [];
  await using driver = authDecorator(ticketDriver(credentials), {
    signIn: credentials,
    waitMs: 20_000,
    onChallenge({ url }, { principal }) {
      shown.push(String(principal));
      void signInAs("ada", url);
    },
  });
  expect(await driver.executeTool("tickets_list", {}, { principal: "ada" })).toEqual({ length: 43 });
  expect(shown).toEqual(["ada"]);
});

test("a call waits no longer than it may, nor when it was cancelled", async () => {
  await using credentials = provider();
  const cancelling = new AbortController();
  const options = { signIn: credentials, waitMs: 20_000 };
  await using driver = authDecorator(ticketDriver(credentials), options);
  await using cancelled = authDecorator(ticketDriver(credentials), {
    ...options,
    onChallenge: () => cancelling.abort(),
  });
  const late = await driver.executeTool("tickets_list", {}, { deadline: 500 });
  expect(late).toMatchObject({ status: "sign_in_required" });
  await expect(
    cancelled.executeTool("tickets_list", {}, { signal: cancelling.signal }),
  ).rejects.toMatchObject({ code: "MCS_ABORTED" });
});

test("a failure that no sign-in mends stays one", async () => {
  await using driver = authDecorator(ticketDriver({ get: () => Promise.reject(new Error("canary")) }));
  await expect(driver.executeTool("tickets_list", {})).rejects.toMatchObject({ code: "MCS_DRIVER_FAULT" });
});
