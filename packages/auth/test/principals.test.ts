import { memoryStore } from "@mcs/kit/store";
import { Secret } from "@mcs/secrets";
import { openSecret } from "@mcs/secrets/open";
import fc from "fast-check";
import { expect, test } from "vitest";
import { givenCredentials, tokenExchange, type OAuthProvider } from "../src/index.ts";

const login = "https://login.example";
const apis = ["https://a.example", "https://b.example"];
const names = ["ada", "ada ", "Ada", "", "null", "__proto__", 'x","y', "ada\u0000"];
const subjectOf = (principal: string): string => `subject ${names.indexOf(principal)}`;

/** Issues tokens that say for whom, for what and with which scopes they are. */
function exchange(): {
  readonly asked: URLSearchParams[];
  readonly fetch: (request: Request) => Promise<Response>;
} {
  const asked: URLSearchParams[] = [];
  return {
    asked,
    async fetch(request) {
      const body = new URLSearchParams(await request.text());
      asked.push(body);
      const token = ["subject_token", "audience", "scope"].map((name) => body.get(name) ?? "-").join("|");
      return Response.json({
        access_token: btoa(`${token}|${asked.length}`),
        issued_token_type: "urn:ietf:params:oauth:token-type:access_token",
        token_type: "Bearer",
        expires_in: 100,
      });
    },
  };
}

const subject = givenCredentials(
  names.map((principal) => ({
    origins: [login],
    credential: new Secret(subjectOf(principal)),
    principal,
  })),
);

const step = fc.record({
  principal: fc.constantFrom(...names),
  audience: fc.constantFrom(...apis),
  scopes: fc.subarray(["read", "write", "read write"]),
  provider: fc.nat(1),
  later: fc.constantFrom(0, 0, 0, 30, 90, 200),
  isRefused: fc.boolean(),
});

test("no principal ever gets what another's token was exchanged for, nor another audience or scope", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 40 }), async (steps) => {
      let now = 0;
      const ports = { fetch: exchange().fetch, store: memoryStore(), clock: { now: () => now } };
      const options = { server: { tokenUrl: `${login}/token` }, client: { id: "x" }, origins: apis, subject };
      const providers: OAuthProvider[] = [tokenExchange(options, ports), tokenExchange(options, ports)];
      await Promise.all(
        steps.map(async ({ principal, audience, scopes, provider, later, isRefused }) => {
          now += later * 1_000;
          const request = { principal, audience, scopes };
          const given = await providers[provider]?.get(request);
          const scope = scopes.length === 0 ? "-" : scopes.toSorted().join(" ");
          const token = atob(openSecret(given?.secret as Secret));
          expect(token.split("|").slice(0, 3)).toEqual([subjectOf(principal), audience, scope]);
          if (isRefused && given !== undefined) await providers[provider]?.invalidate(request, given);
        }),
      );
    }),
    { numRuns: 60 },
  );
});

test("exchanges nothing for a principal that has no token", async () => {
  const { asked, fetch } = exchange();
  const options = { server: { tokenUrl: `${login}/token` }, client: { id: "x" }, origins: apis, subject };
  await using provider = tokenExchange(options, { fetch });
  for (const principal of [undefined, "eve"]) {
    const request = { audience: "https://a.example", ...(principal !== undefined && { principal }) };
    await expect(provider.get(request)).rejects.toMatchObject({ code: "MCS_AUTH_REQUIRED" });
  }
  expect(asked).toEqual([]);
});

test("sends a subject token only to the origin that it is for", async () => {
  const { asked, fetch } = exchange();
  await using provider = tokenExchange(
    {
      server: { tokenUrl: `${login}/token` },
      client: { id: "x" },
      origins: apis,
      subject: { get: async () => ({ secret: new Secret("canary"), origins: ["https://a.example"] }) },
    },
    { fetch },
  );
  await expect(provider.get({ audience: "https://a.example" })).rejects.toMatchObject({
    code: "MCS_EGRESS_REFUSED",
  });
  expect(asked).toEqual([]);
});
