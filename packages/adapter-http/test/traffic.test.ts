import type { ServerResponse } from "node:http";
import { createHttpClient, type HttpClient, type HttpClientOptions } from "@mcs/adapter-http";
import type { CallContext } from "@mcs/core";
import { Secret } from "@mcs/secrets";
import { describe, expect, test } from "vitest";
import { startServer, type FaultServer } from "./fault-server.ts";
import { failureOf } from "./given.ts";

interface Held {
  readonly server: FaultServer;
  readonly client: HttpClient;
  /** Answers that wait for their turn to be sent. */
  readonly open: ServerResponse[];
  readonly call: (context?: CallContext, label?: string) => Promise<number>;
  /** Until the server has seen as many requests. */
  readonly seen: (count: number) => Promise<void>;
}

/** A server that answers when it is told to. */
async function hold(options: Partial<HttpClientOptions> = {}): Promise<Held> {
  const open: ServerResponse[] = [];
  const server = await startServer((_, response) => void open.push(response));
  const client = createHttpClient({ allowedOrigins: [server.origin], ...options });
  return {
    server,
    client,
    open,
    async call(context, label) {
      const { origin } = server;
      const token = new Secret(`token of ${label}`.padEnd(20, "x").replaceAll(" ", "-"), label ?? "");
      const credentials = label === undefined ? [] : [{ kind: "bearer" as const, origin, token }];
      const { status } = await client.request({ method: "GET", url: `${origin}/`, credentials }, context);
      return status;
    },
    seen: async (count) => expect.poll(() => server.seen.length, { interval: 1 }).toBe(count),
  };
}

const times = <T>(count: number, make: () => T): T[] => Array.from({ length: count }, make);

describe("Of calls to one origin", () => {
  test("32 are under way at once, and the 33rd waits for one of them", async () => {
    const { server, open, call, seen } = await hold();
    const calls = times(33, () => call());
    await seen(32);
    expect(server.seen).toHaveLength(32);
    open[5]?.end();
    await seen(33);
    for (const response of open) response.end();
    expect(new Set(await Promise.all(calls))).toEqual(new Set([200]));
  });

  test("no more may wait than the queue holds: the next is refused at once, with the wait", async () => {
    const { server, open, call, seen } = await hold({ traffic: { concurrent: 1, queued: 2 } });
    const calls = times(3, () => call());
    await seen(1);
    const failure = await failureOf(call());
    expect(failure).toMatchObject({ code: "MCS_RATE_LIMITED", effect: "none", fault: "permission" });
    expect(failure.retryAfterMs).toBeGreaterThan(0);
    expect(server.seen).toHaveLength(1);
    for (const count of [2, 3]) {
      open[count - 2]?.end();
      await seen(count);
    }
    open[2]?.end();
    expect(await Promise.all(calls)).toEqual([200, 200, 200]);
  });

  test("no more begin at once than the bucket has, and those that cannot wait so long are refused", async () => {
    const { open, call, seen } = await hold({ traffic: { burst: 2, perSecond: 1 } });
    const calls = times(2, () => call());
    await seen(2);
    const failure = await failureOf(call({ deadline: 500 }));
    expect(failure.code).toBe("MCS_RATE_LIMITED");
    expect(failure.retryAfterMs).toBeGreaterThan(500);
    for (const response of open) response.end();
    await Promise.all(calls);
  });

  test("one whose bucket is empty begins when it has filled up", async () => {
    const { open, call, seen } = await hold({ traffic: { burst: 1, perSecond: 100 } });
    const calls = times(4, () => call());
    await seen(4);
    for (const response of open) response.end();
    expect(await Promise.all(calls)).toEqual([200, 200, 200, 200]);
  });

  test.each([
    { name: "principals", contexts: [{ principal: "ada" }, { principal: "bob" }, {}], labels: [] },
    { name: "credentials", contexts: [{}, {}, {}], labels: ["one", "two", undefined] },
  ])("those of other $name do not wait for each other", async ({ contexts, labels }) => {
    const { open, call, seen } = await hold({ traffic: { concurrent: 1, queued: 0 } });
    const calls = contexts.map((context, index) => call(context, labels[index]));
    await seen(3);
    for (const response of open) response.end();
    expect(await Promise.all(calls)).toEqual([200, 200, 200]);
  });

  test("one that is cancelled while it waits is never sent, and its place is free", async () => {
    const { server, open, call, seen } = await hold({ traffic: { concurrent: 1, queued: 1 } });
    const caller = new AbortController();
    const first = call();
    await seen(1);
    const waiting = call({ signal: caller.signal });
    caller.abort();
    expect(await failureOf(waiting)).toMatchObject({ code: "MCS_ABORTED", effect: "none" });
    const next = call();
    open[0]?.end();
    await seen(2);
    open[1]?.end();
    expect(await Promise.all([first, next])).toEqual([200, 200]);
    expect(server.seen).toHaveLength(2);
  });

  test("one that waits longer than it has time is over, and was never sent", async () => {
    const { server, open, call, seen } = await hold({ traffic: { concurrent: 1 } });
    const first = call();
    await seen(1);
    expect(await failureOf(call({ deadline: 50 }))).toMatchObject({ code: "MCS_TIMEOUT", effect: "none" });
    open[0]?.end();
    await first;
    expect(server.seen).toHaveLength(1);
  });

  test("one that failed, and one whose answer nobody reads, make room", async () => {
    const { server, client, open, call, seen } = await hold({ traffic: { concurrent: 1, queued: 1 } });
    expect((await failureOf(call({ deadline: 50 }))).code).toBe("MCS_TIMEOUT");
    const streamed = client.stream({ method: "GET", url: `${server.origin}/` }, { deadline: 100 });
    await seen(2);
    open[1]?.write("begun");
    expect((await streamed).status).toBe(200);
    const next = call();
    await seen(3);
    open[2]?.end();
    expect(await next).toBe(200);
  });
});

describe("When the client is disposed of", () => {
  test("calls under way and calls that wait are cancelled, and every socket is gone", async () => {
    const { server, client, call, seen } = await hold({ traffic: { concurrent: 2 } });
    const calls = times(4, () => failureOf(call()));
    await seen(2);
    await client[Symbol.asyncDispose]();
    expect((await Promise.all(calls)).map(({ code }) => code)).toEqual(times(4, () => "MCS_ABORTED"));
    await server.idle();
    expect(await failureOf(call())).toMatchObject({ code: "MCS_ABORTED", effect: "none" });
    expect(server.seen).toHaveLength(2);
  });

  test("a body on its way is cancelled", async () => {
    const { server, client, open, seen } = await hold();
    const streamed = client.stream({ method: "POST", url: `${server.origin}/` });
    await seen(1);
    open[0]?.write("begun");
    const { body } = await streamed;
    const reading = failureOf(
      (async () => {
        for await (const _ of body) void client[Symbol.asyncDispose]();
      })(),
    );
    expect(await reading).toMatchObject({ code: "MCS_ABORTED", effect: "unknown" });
    await server.idle();
  });

  test("twice, nothing happens", async () => {
    const { client } = await hold();
    await client[Symbol.asyncDispose]();
    await expect(client[Symbol.asyncDispose]()).resolves.toBeUndefined();
  });
});

test("Principals never share a connection", async () => {
  const ports = new Map<number, string>();
  const mixed: unknown[] = [];
  const server = await startServer((request, response) => {
    const principal = String(request.headers["x-principal"]);
    const port = request.socket.remotePort ?? 0;
    if ((ports.get(port) ?? principal) !== principal) mixed.push(principal);
    ports.set(port, principal);
    response.end(principal);
  });
  await using client = createHttpClient({ allowedOrigins: [server.origin], traffic: { burst: 1000 } });
  let state = 7;
  const draw = (): number => (state = (state * 48_271) % 2_147_483_647) % 5;
  const calls = times(300, async () => {
    const principal = `principal-${draw()}`;
    const headers = { "X-Principal": principal };
    const request = { method: "GET", url: `${server.origin}/`, headers };
    return [principal, Buffer.from((await client.request(request, { principal })).body).toString()];
  });
  for (const [principal, answer] of await Promise.all(calls)) expect(answer).toBe(principal);
  expect([mixed, new Set(ports.values()).size]).toEqual([[], 5]);
});
