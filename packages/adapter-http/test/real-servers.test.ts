import {
  createHttpClient,
  type HttpClient,
  type HttpClientOptions,
  type TlsIdentity,
} from "@mcs/adapter-http";
import { Secret } from "@mcs/secrets";
import { describe, expect, test, vi } from "vitest";
import { startServer, type FaultServer } from "./fault-server.ts";
import { canary, failureOf, good } from "./given.ts";
import { host, missing, startGateway, startProxy, type Gateway } from "./real-servers.ts";

const reason = missing.length === 0 ? "" : ` (skipped: not installed: ${missing.join(", ")})`;
const isMissing = missing.length > 0;

interface World extends Gateway {
  readonly api: FaultServer;
  readonly client: (options?: Partial<HttpClientOptions>) => HttpClient;
}

async function open(): Promise<World> {
  const api = await startServer(good);
  const gateway = await startGateway(api.origin);
  const allowedOrigins = [gateway.plain, gateway.secure, gateway.open];
  const client = (options: Partial<HttpClientOptions> = {}): HttpClient =>
    createHttpClient({ allowedOrigins, retries: 0, proxy: "none", ...options });
  return { ...gateway, api, client };
}

const get = (client: HttpClient, origin: string, path = "/") =>
  client.request({ method: "GET", url: `${origin}${path}` });

function identity({ read }: Gateway, origin: string): TlsIdentity {
  const key = new Secret(read("client.key"), "client key");
  return { origin, ca: read("ca.pem"), certificate: read("client.pem"), key };
}

describe.skipIf(isMissing)(`Over TLS of nginx${reason}`, () => {
  test("a certificate is believed because of the authority that was given for its origin, and not otherwise", async () => {
    const world = await open();
    const { open: origin, secure, read, client, api } = world;
    expect(await failureOf(get(client(), origin))).toMatchObject({ code: "MCS_TRANSPORT", effect: "none" });
    const elsewhere = client({ tls: [{ origin: secure, ca: read("ca.pem") }] });
    expect((await failureOf(get(elsewhere, origin))).code).toBe("MCS_TRANSPORT");
    vi.stubEnv("NODE_TLS_REJECT_UNAUTHORIZED", "0");
    expect((await failureOf(get(client(), origin))).code).toBe("MCS_TRANSPORT");
    vi.unstubAllEnvs();
    expect(api.seen).toHaveLength(0);
    const known = client({ tls: [{ origin, ca: [read("ca.pem")] }] });
    expect((await get(known, origin)).status).toBe(200);
  });

  test("a certificate for another host is refused", async () => {
    const { open: origin, read } = await open();
    const other = origin.replace(host, "other.example");
    const client = createHttpClient(
      { allowedOrigins: [other], tls: [{ origin: other, ca: read("ca.pem") }], retries: 0, proxy: "none" },
      { resolve: () => Promise.resolve([{ address: host, family: 4 }]) },
    );
    const call = client.request({ method: "POST", url: `${other}/` });
    expect(await failureOf(call)).toMatchObject({ code: "MCS_TRANSPORT", effect: "none" });
  });

  test("a client shows its certificate to the origin that it is for, and to no other", async () => {
    const world = await open();
    const { secure, open: other, read, client } = world;
    const known = client({ tls: [identity(world, secure), { origin: other, ca: read("ca.pem") }] });
    const shown = await get(known, secure);
    expect([shown.status, shown.headers.get("X-Client")]).toEqual([200, "SUCCESSCN=client"]);
    expect((await get(known, other)).headers.get("X-Client")).toBe("NONE");
    const unknown = client({ tls: [{ origin: secure, ca: read("ca.pem") }] });
    expect((await get(unknown, secure)).status).toBe(400);
  });

  test("a key that does not fit fails before anything is sent, and is not quoted", async () => {
    const world = await open();
    const { secure, client, read } = world;
    const broken = { ...identity(world, secure), key: new Secret(read("ca.key"), "client key") };
    const failure = await failureOf(client({ tls: [broken] }).request({ method: "POST", url: `${secure}/` }));
    expect(failure).toMatchObject({ code: "MCS_TRANSPORT", effect: "none" });
    expect(failure.message).not.toContain("PRIVATE KEY");
  });
});

describe.skipIf(isMissing)(`A gateway that limits calls${reason}`, () => {
  test("is asked again after the wait that it names", async () => {
    const { plain, client, api } = await open();
    const patient = client({ retries: 2 });
    expect((await get(patient, plain, "/limited")).status).toBe(200);
    expect((await get(patient, plain, "/limited")).status).toBe(200);
    expect(api.seen).toHaveLength(2);
    const impatient = client();
    const { status, headers } = await get(impatient, plain, "/limited");
    expect([status, headers.get("Retry-After")]).toEqual([429, "1"]);
  });
});

describe.skipIf(isMissing)(`Over tinyproxy${reason}`, () => {
  test("a TLS server is reached through a tunnel, with the client's certificate", async () => {
    const world = await open();
    const { secure, client } = world;
    const proxy = await startProxy();
    const proxied = client({
      tls: [identity(world, secure)],
      proxy: { https: `http://${host}:${proxy.port}` },
    });
    expect((await get(proxied, secure)).headers.get("X-Client")).toBe("SUCCESSCN=client");
    expect(proxy.log()).toContain(`CONNECT ${new URL(secure).host}`);
    await proxied[Symbol.asyncDispose]();
    const distrustful = client({ proxy: { https: `http://${host}:${proxy.port}` } });
    expect((await failureOf(get(distrustful, secure))).code).toBe("MCS_TRANSPORT");
  });

  test("a plain server is asked for as HTTP_PROXY and NO_PROXY say", async () => {
    const { plain, client, api } = await open();
    const proxy = await startProxy();
    vi.stubEnv("HTTP_PROXY", `http://${host}:${proxy.port}`);
    vi.stubEnv("NO_PROXY", "");
    await get(client({ proxy: "environment" }), plain);
    vi.stubEnv("NO_PROXY", `other.example,${host}`);
    await get(client({ proxy: "environment" }), plain);
    await get(client({ proxy: "none" }), plain);
    vi.unstubAllEnvs();
    expect(api.seen.map(({ headers }) => headers["via"] !== undefined)).toEqual([true, false, false]);
  });

  test("this machine is never asked for", async () => {
    const proxy = await startProxy();
    const server = await startServer(good);
    const client = createHttpClient({
      allowedOrigins: [server.origin],
      proxy: { http: `http://${host}:${proxy.port}` },
    });
    await get(client, server.origin);
    expect(proxy.log()).not.toContain("Request");
  });

  test("a login is sent, and a wrong one fails without being quoted", async () => {
    const { open: origin, client, read, api } = await open();
    const proxy = await startProxy("BasicAuth ada right-password");
    const tls = [{ origin, ca: read("ca.pem") }];
    const through = (login: string): HttpClient =>
      client({ tls, proxy: { https: `http://${login}@${host}:${proxy.port}` } });
    expect((await get(through("ada:right-password"), origin)).status).toBe(200);
    const failure = await failureOf(get(through(`ada:${canary}`), origin));
    expect([failure.code, failure.message.includes(canary)]).toEqual(["MCS_TRANSPORT", false]);
    expect(api.seen).toHaveLength(1);
  });

  test("an address of a metadata service is refused before the proxy is asked", async () => {
    const proxy = await startProxy();
    const origin = "http://169.254.169.254";
    const client = createHttpClient({
      allowedOrigins: [{ origin, network: "private" }],
      proxy: { http: `http://${host}:${proxy.port}` },
    });
    expect((await failureOf(get(client, origin))).code).toBe("MCS_EGRESS_REFUSED");
    expect(proxy.log()).not.toContain("Request");
  });
});
