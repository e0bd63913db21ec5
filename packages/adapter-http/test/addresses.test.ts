import { setImmediate as nextTurn } from "node:timers/promises";
import { createHttpClient, type HostAddress, type HttpCredential, type Network } from "@mcs/adapter-http";
import { Secret } from "@mcs/secrets";
import { describe, expect, test } from "vitest";
import { literals, resolved, tricks, type Group } from "./address-spellings.ts";
import { stopDials } from "./dials.ts";
import { answerWith, startServer } from "./fault-server.ts";
import { canary, failureOf, good, refused } from "./given.ts";

const admitted: Readonly<Record<Network, readonly Group[]>> = {
  public: ["public"],
  private: ["public", "private"],
  any: ["public", "private", "metadata", "reserved"],
};
const networks = Object.keys(admitted) as Network[];

const groups = ["private", "metadata", "reserved", "public"] as const;
const spelled = groups.flatMap((group) =>
  Object.entries(literals[group]).flatMap(([address, spellings]) =>
    spellings.map((spelling) => ({ group, address, spelling })),
  ),
);
const answered = groups.flatMap((group) => resolved[group].map((address) => ({ group, address })));

const neverResolve = (): Promise<never> => {
  throw new Error("nothing may be resolved");
};

/** @param address - As a URL writes it. */
function asDialled(address: string): string {
  const { hostname } = new URL(`http://${address.includes(":") ? `[${address}]` : address}/`);
  return hostname.replace(/^\[|\]$/g, "");
}

const addressesOf = (...addresses: string[]): HostAddress[] =>
  addresses.map((address) => ({ address, family: address.includes(":") ? 6 : 4 }));

const resolveOwn = (): Promise<HostAddress[]> => Promise.resolve(addressesOf("::1", "127.0.0.1"));

/** A name that is public once, and then this machine, as an attacker's server answers. */
function changing(): () => Promise<HostAddress[]> {
  const answers = ["8.8.8.8", "127.0.0.1"];
  return () => Promise.resolve(addressesOf(answers.shift() ?? "127.0.0.1"));
}

const credentials = (origin: string): HttpCredential[] => [
  { kind: "bearer", origin, token: new Secret(canary, "token") },
];

test("The tables have 200 spellings and more", () => {
  expect(spelled.length + answered.length + tricks.length).toBeGreaterThan(280);
  expect(new Set(spelled.map(({ spelling }) => spelling)).size).toBe(spelled.length);
});

describe("A literal address is dialled as it is, or not at all:", () => {
  test.each(spelled)("$spelling is $address, which is $group", async ({ group, address, spelling }) => {
    const dialled = stopDials();
    const origin = `http://${spelling}:8080`;
    for (const network of networks) {
      dialled.length = 0;
      await using client = createHttpClient(
        { allowedOrigins: [{ origin: new URL(origin).origin, network }], retries: 0, proxy: "none" },
        { resolve: neverResolve },
      );
      const failure = await failureOf(client.request({ method: "POST", url: `${origin}/` }));
      const isAdmitted = admitted[network].includes(group);
      expect([network, failure.code, failure.effect, dialled]).toEqual([
        network,
        isAdmitted ? "MCS_TRANSPORT" : "MCS_EGRESS_REFUSED",
        "none",
        isAdmitted ? [asDialled(address)] : [],
      ]);
    }
  });
});

describe("A name whose address", () => {
  test.each(answered)("is $address, which is $group, is dialled there or not at all", async (given) => {
    const dialled = stopDials();
    for (const network of networks) {
      dialled.length = 0;
      let lookups = 0;
      await using client = createHttpClient(
        { allowedOrigins: [{ origin: "http://api.example", network }], retries: 0, proxy: "none" },
        { resolve: () => ((lookups += 1), Promise.resolve(addressesOf(given.address))) },
      );
      const failure = await failureOf(client.request({ method: "GET", url: "http://api.example/" }));
      const isAdmitted = admitted[network].includes(given.group);
      expect([network, failure.code, lookups, dialled]).toEqual([
        network,
        isAdmitted ? "MCS_TRANSPORT" : "MCS_EGRESS_REFUSED",
        1,
        isAdmitted ? [given.address] : [],
      ]);
      expect(failure.message).not.toContain(given.address || "api.example:80");
    }
  });

  test.each([
    { name: "a public and a private one", answer: ["8.8.8.8", "127.0.0.1"] },
    { name: "a public and a metadata one", answer: ["8.8.8.8", "169.254.169.254"] },
    { name: "a public one in IPv4 and a private one in IPv6", answer: ["8.8.8.8", "fd00::1"] },
    { name: "many public ones and a mapped private one", answer: ["8.8.8.8", "1.1.1.1", "::ffff:10.0.0.1"] },
  ])("is mixed, $name, is refused whoever named it", async ({ answer }) => {
    const dialled = stopDials();
    for (const network of networks) {
      const client = createHttpClient(
        { allowedOrigins: [{ origin: "http://api.example", network }], proxy: "none" },
        { resolve: () => Promise.resolve(addressesOf(...answer)) },
      );
      await expect(client.request({ method: "GET", url: "http://api.example/" })).rejects.toThrow(refused);
    }
    expect(dialled).toEqual([]);
  });

  test("is one of several is resolved once, and only those are dialled", async () => {
    const dialled = stopDials();
    let lookups = 0;
    const client = createHttpClient(
      { allowedOrigins: [{ origin: "https://api.example", network: "public" }], retries: 0, proxy: "none" },
      { resolve: () => ((lookups += 1), Promise.resolve(addressesOf("8.8.8.8", "2606:4700::1111"))) },
    );
    expect((await failureOf(client.request({ method: "GET", url: "https://api.example/" }))).code).toBe(
      "MCS_TRANSPORT",
    );
    expect([lookups, dialled]).toEqual([1, ["8.8.8.8", "2606:4700::1111"]]);
  });

  test("does not exist fails without effect", async () => {
    const dialled = stopDials();
    const client = createHttpClient(
      { allowedOrigins: ["http://api.example"], retries: 0, proxy: "none" },
      { resolve: () => Promise.resolve([]) },
    );
    expect(await failureOf(client.request({ method: "POST", url: "http://api.example/" }))).toMatchObject({
      code: "MCS_TRANSPORT",
      effect: "none",
    });
    expect(dialled).toEqual([]);
  });
});

describe("A trick is refused before anything is resolved or dialled:", () => {
  test.each(tricks.map((url) => ({ url })))("$url", async ({ url }) => {
    const dialled = stopDials();
    const client = createHttpClient(
      { allowedOrigins: ["http://good.example", "http://127.0.0.1:8080"], proxy: "none" },
      { resolve: neverResolve },
    );
    await expect(client.request({ method: "GET", url })).rejects.toThrow(refused);
    expect(dialled).toEqual([]);
  });
});

describe("A name that is bound again to another address is refused", () => {
  test("on the next socket, whoever named it", async () => {
    const dialled = stopDials();
    for (const network of ["private", "any"] as const) {
      dialled.length = 0;
      const client = createHttpClient(
        { allowedOrigins: [{ origin: "http://api.example", network }], retries: 0, proxy: "none" },
        { resolve: changing() },
      );
      const call = (principal: string): Promise<unknown> =>
        client.request({ method: "GET", url: "http://api.example/" }, { principal });
      expect((await failureOf(call("ada"))).code).toBe("MCS_TRANSPORT");
      expect((await failureOf(call("ada"))).code).toBe("MCS_EGRESS_REFUSED");
      expect((await failureOf(call("bob"))).code).toBe("MCS_EGRESS_REFUSED");
      expect(dialled).toEqual(["8.8.8.8"]);
    }
  });

  test("in the wait before a call is repeated", async () => {
    const dialled = stopDials();
    const client = createHttpClient(
      { allowedOrigins: [{ origin: "http://api.example", network: "private" }], retries: 2, proxy: "none" },
      { resolve: changing() },
    );
    const failure = await failureOf(client.request({ method: "GET", url: "http://api.example/" }));
    expect([failure.code, dialled]).toEqual(["MCS_EGRESS_REFUSED", ["8.8.8.8"]]);
  });

  test("once the connection that was kept alive is closed, and not before", async () => {
    const server = await startServer(good, answerWith(200, "last", { Connection: "close" }), good);
    const origin = server.origin.replace("127.0.0.1", "api.example");
    let address = "127.0.0.1";
    let lookups = 0;
    const client = createHttpClient(
      { allowedOrigins: [{ origin, network: "private" }], retries: 0, proxy: "none" },
      { resolve: () => ((lookups += 1), Promise.resolve(addressesOf(address))) },
    );
    const call = (): Promise<{ status: number }> => client.request({ method: "GET", url: `${origin}/` });
    await call();
    // undici uses a socket again in the next turn of the event loop, when a server would have closed it.
    await nextTurn();
    address = "169.254.169.254";
    expect((await call()).status).toBe(200);
    expect(lookups).toBe(1);
    await server.idle();
    expect((await failureOf(call())).code).toBe("MCS_EGRESS_REFUSED");
    expect([lookups, server.seen.length]).toEqual([2, 2]);
  });

  test("at a redirect to a name that is private", async () => {
    const server = await startServer(answerWith(302, "", { Location: "http://other.example/" }));
    const client = createHttpClient(
      {
        allowedOrigins: [server.origin, { origin: "http://other.example", network: "public" }],
        proxy: "none",
      },
      { resolve: () => Promise.resolve(addressesOf("127.0.0.1")) },
    );
    await expect(client.request({ method: "GET", url: `${server.origin}/` })).rejects.toThrow(refused);
    expect(server.seen).toHaveLength(1);
  });
});

describe("Over real sockets,", () => {
  test.each([
    "127.0.0.1",
    "127.1",
    "0x7f000001",
    "2130706433",
    "0177.1",
    "１２７.0.0.1",
    "[::ffff:127.0.0.1]",
  ])("a server at %s is reached if it may be private, and never if it may not", async (spelling) => {
    const server = await startServer(good);
    const url = server.origin.replace("127.0.0.1", spelling);
    const { origin } = new URL(url);
    const call = (network: Network): Promise<{ status: number }> =>
      createHttpClient({ allowedOrigins: [{ origin, network }] }).request({ method: "GET", url: `${url}/` });
    await expect(call("public")).rejects.toThrow(refused);
    expect(server.seen).toHaveLength(0);
    expect((await call("private")).status).toBe(200);
  });

  test.each(["localhost", "LOCALHOST", "localhost."])("so is one that is called %s", async (name) => {
    const server = await startServer(good);
    const url = server.origin.replace("127.0.0.1", name);
    const { origin } = new URL(url);
    const call = (network: Network): Promise<{ status: number }> =>
      createHttpClient(
        { allowedOrigins: [{ origin, network }], retries: 0 },
        { resolve: resolveOwn },
      ).request({
        method: "GET",
        url: `${url}/`,
      });
    await expect(call("public")).rejects.toThrow(refused);
    expect((await call("private")).status).toBe(200);
  });
});

describe("Plain HTTP", () => {
  test.each([
    { allowed: { network: "public" as const }, code: "MCS_EGRESS_REFUSED", dials: 0 },
    { allowed: { network: "private" as const }, code: "MCS_EGRESS_REFUSED", dials: 0 },
    { allowed: { network: "private" as const, plainHttp: true }, code: "MCS_TRANSPORT", dials: 1 },
    { allowed: { network: "any" as const, plainHttp: false }, code: "MCS_EGRESS_REFUSED", dials: 0 },
    { allowed: {}, code: "MCS_TRANSPORT", dials: 1 },
  ])("with a credential, $allowed: $code", async ({ allowed, code, dials }) => {
    const dialled = stopDials();
    const origin = "http://api.example";
    const client = createHttpClient(
      { allowedOrigins: [{ origin, ...allowed }], retries: 0, proxy: "none" },
      { resolve: () => Promise.resolve(addressesOf("8.8.8.8")) },
    );
    const failure = await failureOf(
      client.request({ method: "GET", url: `${origin}/`, credentials: credentials(origin) }),
    );
    expect([failure.code, dialled.length]).toEqual([code, dials]);
  });

  test("with a credential reaches this machine", async () => {
    const server = await startServer(good);
    const client = createHttpClient({ allowedOrigins: [{ origin: server.origin, network: "private" }] });
    const { status } = await client.request({
      method: "GET",
      url: `${server.origin}/`,
      credentials: credentials(server.origin),
    });
    expect(status).toBe(200);
  });
});
