import { once } from "node:events";
import { createServer, type AddressInfo, type Socket } from "node:net";
import { brotliCompressSync, deflateSync, gzipSync } from "node:zlib";
import { createHttpClient, type HttpClient } from "@mcs/adapter-http";
import { Secret } from "@mcs/secrets";
import { describe, expect, onTestFinished, test } from "vitest";
import { answerAndHang, answerRaw, answerWith, startServer } from "./fault-server.ts";
import { canary, decode, failureOf, good, refused } from "./given.ts";

const head = "HTTP/1.1 200 OK\r\n";
const text = "text ".repeat(2000);

const clientOf = (origin: string): HttpClient => createHttpClient({ allowedOrigins: [origin], retries: 0 });

const cut = (bytes: Buffer, encoding: string) => ({ bytes: bytes.subarray(0, -6), encoding });

async function* pieces(): AsyncGenerator<Uint8Array> {
  for (const piece of ["one ", "two ", "three"]) yield Buffer.from(piece);
}

async function* broken(): AsyncGenerator<Uint8Array> {
  yield Buffer.from("one");
  throw new Error(canary);
}

/** A server that takes connections, and says nothing. */
async function startSilence(onData: () => unknown): Promise<{ origin: string; sockets: Set<Socket> }> {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on("data", onData).on("error", () => undefined);
    socket.on("close", () => sockets.delete(socket));
  });
  await once(server.listen(0, "127.0.0.1"), "listening");
  onTestFinished(() => void server.close());
  return { origin: `https://127.0.0.1:${(server.address() as AddressInfo).port}`, sockets };
}

describe("What fetch cannot express is sent:", () => {
  test("TRACE, without credentials only", async () => {
    const server = await startServer(good);
    const client = clientOf(server.origin);
    const url = `${server.origin}/`;
    expect((await client.request({ method: "TRACE", url })).status).toBe(200);
    const token = new Secret(canary, "token");
    await expect(
      client.request({
        method: "TRACE",
        url,
        credentials: [{ kind: "bearer", origin: server.origin, token }],
      }),
    ).rejects.toThrow(refused);
    expect(server.seen.map(({ method }) => method)).toEqual(["TRACE"]);
  });

  test.each(["GET", "HEAD", "OPTIONS", "DELETE", "QUERY"])("a body with %s", async (method) => {
    const server = await startServer(good);
    await clientOf(server.origin).request({ method, url: `${server.origin}/`, body: '{"q":1}' });
    expect(server.seen.map(({ method: sent, body }) => [sent, decode(body)])).toEqual([[method, '{"q":1}']]);
  });

  test("no header that nobody asked for", async () => {
    const server = await startServer(good);
    await clientOf(server.origin).request({ method: "GET", url: `${server.origin}/` });
    expect(Object.keys(server.seen[0]?.headers ?? {}).toSorted()).toEqual([
      "accept",
      "accept-encoding",
      "connection",
      "host",
      "user-agent",
    ]);
  });

  test("a path and query byte for byte", async () => {
    const server = await startServer(good);
    const path = "/a%2Fb;v=1/%7e/'()*!$&,:=@|/?q='%20+&&a[]=1";
    await clientOf(server.origin).request({ method: "GET", url: `${server.origin}${path}` });
    expect(server.seen[0]?.url).toBe(path.replaceAll(/(?<=\?.*)'/g, "%27"));
  });
});

describe("A body that is compressed", () => {
  test.each([
    { name: "by gzip", bytes: gzipSync(text), encoding: "gzip", want: text },
    { name: "by x-gzip", bytes: gzipSync(text), encoding: "X-GZIP", want: text },
    { name: "by deflate", bytes: deflateSync(text), encoding: "deflate", want: text },
    { name: "by br", bytes: brotliCompressSync(text), encoding: "br", want: text },
    {
      name: "twice",
      bytes: brotliCompressSync(gzipSync(text)),
      encoding: "gzip, br",
      want: text,
    },
    {
      name: "by gzip in two members",
      bytes: Buffer.concat([gzipSync("a"), gzipSync("b")]),
      encoding: "gzip",
      want: "ab",
    },
    { name: "and empty", bytes: gzipSync(""), encoding: "gzip", want: "" },
    { name: "by name only, and has no bytes", bytes: Buffer.alloc(0), encoding: "gzip", want: "" },
    { name: "by nothing", bytes: Buffer.from(text), encoding: "identity", want: text },
    { name: "by what nobody knows is handed on", bytes: Buffer.from(text), encoding: "other", want: text },
  ])("$name", async ({ bytes, encoding, want }) => {
    const server = await startServer(answerWith(200, bytes, { "Content-Encoding": encoding }));
    const { body } = await clientOf(server.origin).request({ method: "GET", url: `${server.origin}/` });
    expect(decode(body)).toBe(want);
  });

  test.each([
    cut(gzipSync(text), "gzip"),
    cut(brotliCompressSync(text), "br"),
    cut(deflateSync(text), "deflate"),
    cut(gzipSync(gzipSync(text)), "gzip, gzip"),
    { bytes: gzipSync(text).subarray(0, 5), encoding: "gzip" },
  ])("and cut off, though its length is right, fails: $encoding", async ({ bytes, encoding }) => {
    const server = await startServer(answerWith(200, bytes, { "Content-Encoding": encoding }), good);
    const client = clientOf(server.origin);
    const call = client.request({ method: "GET", url: `${server.origin}/` });
    expect(await failureOf(call)).toMatchObject({ code: "MCS_TRANSPORT", effect: "none" });
    expect((await client.request({ method: "GET", url: `${server.origin}/` })).status).toBe(200);
  });

  test.each(["HEAD", "GET"])("may have none at all: %s", async (method) => {
    const server = await startServer(answerWith(204, "", { "Content-Encoding": "gzip" }));
    const { status, body } = await clientOf(server.origin).request({ method, url: `${server.origin}/` });
    expect([status, body.byteLength]).toEqual([204, 0]);
  });
});

describe("An answer", () => {
  test.each([
    { name: "with two lengths", answer: `${head}Content-Length: 4\r\nContent-Length: 5\r\n\r\ngood` },
    { name: "with a length that is no number", answer: `${head}Content-Length: -4\r\n\r\ngood` },
    {
      name: "with length and chunks",
      answer: `${head}Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n`,
    },
    {
      name: "with a chunk that is too long",
      answer: `${head}Transfer-Encoding: chunked\r\n\r\nfffffffffffffffffff\r\n`,
    },
    { name: "with NUL in a header", answer: `${head}X-A: a\0b\r\nContent-Length: 0\r\n\r\n` },
    { name: "with a bare line break in a header", answer: `${head}X-A: a\rb\r\nContent-Length: 0\r\n\r\n` },
    { name: "with a folded header", answer: `${head}X-A: a\r\n b\r\nContent-Length: 0\r\n\r\n` },
  ])("$name is a failure or whole, and never splits", async ({ answer }) => {
    const server = await startServer(answerRaw(answer), good);
    const client = clientOf(server.origin);
    const first = await client.request({ method: "GET", url: `${server.origin}/` }).then(
      ({ body }) => decode(body),
      ({ code }: { code: string }) => code,
    );
    expect(["MCS_TRANSPORT", ""]).toContain(first);
    expect(decode((await client.request({ method: "GET", url: `${server.origin}/` })).body)).toBe("good");
  });

  test("that is longer than its length is as long as that, and the rest is no answer to anything", async () => {
    const more = "HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nevil";
    const server = await startServer(
      ({ socket }) => void socket.write(`${head}Content-Length: 4\r\n\r\ngood${more}`),
      good,
    );
    const client = clientOf(server.origin);
    for (const _ of [1, 2])
      expect(decode((await client.request({ method: "GET", url: `${server.origin}/` })).body)).toBe("good");
    expect(server.seen).toHaveLength(2);
  });

  test.each([600, 799, 999])("with status %d is handed on", async (status) => {
    const server = await startServer(answerRaw(`HTTP/1.1 ${status} Odd\r\nContent-Length: 4\r\n\r\ngood`));
    const answer = await clientOf(server.origin).request({ method: "GET", url: `${server.origin}/` });
    expect([answer.status, decode(answer.body)]).toEqual([status, "good"]);
  });

  test("has every byte of its headers, as the characters of ISO 8859-1", async () => {
    const bytes = Array.from({ length: 128 }, (_, index) => index + 128);
    const server = await startServer(({ socket }) => {
      const raw = Buffer.concat([
        Buffer.from(`${head}constructor: x\r\n__proto__: y\r\nX-Bytes: `),
        Buffer.from(bytes),
        Buffer.from("\r\nContent-Length: 0\r\n\r\n"),
      ]);
      socket.end(raw);
    });
    const { headers } = await clientOf(server.origin).request({ method: "GET", url: `${server.origin}/` });
    expect(headers.get("X-Bytes")).toBe(String.fromCharCode(...bytes));
    expect([headers.get("constructor"), headers.get("__proto__")]).toEqual(["x", "y"]);
  });

  test("may come after others that say nothing", async () => {
    const hints = "HTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\n".repeat(3);
    const server = await startServer(answerRaw(`${hints}${head}Content-Length: 4\r\n\r\ngood`));
    const { body } = await clientOf(server.origin).request({ method: "GET", url: `${server.origin}/` });
    expect(decode(body)).toBe("good");
  });

  test.each([
    { bytes: 60_000, want: 200 },
    { bytes: 70_000, want: "MCS_TRANSPORT" },
  ])("with $bytes bytes of headers: $want", async ({ bytes, want }) => {
    const server = await startServer(answerWith(200, "", { "X-Long": "x".repeat(bytes) }));
    const outcome = await clientOf(server.origin)
      .request({ method: "GET", url: `${server.origin}/` })
      .then(
        ({ status }) => status,
        ({ code }: { code: string }) => code,
      );
    expect(outcome).toBe(want);
  });
});

describe("Time is over", () => {
  test.each([
    {
      name: "its own time",
      options: { connectMs: 100 },
      deadline: 9000,
      cancels: false,
      code: "MCS_TIMEOUT",
    },
    { name: "the call's time", options: {}, deadline: 100, cancels: false, code: "MCS_TIMEOUT" },
    { name: "the caller cancels", options: {}, deadline: 9000, cancels: true, code: "MCS_ABORTED" },
  ])("for a connection that does not come about, and its socket is gone: $name", async (given) => {
    const { options, deadline, cancels, code } = given;
    const caller = new AbortController();
    const { sockets, origin } = await startSilence(() => cancels && caller.abort());
    const client = createHttpClient({ allowedOrigins: [origin], retries: 0, ...options });
    const context = { deadline, signal: caller.signal };
    const failure = await failureOf(client.request({ method: "POST", url: `${origin}/` }, context));
    expect(failure.code).toBe(code);
    await expect.poll(() => sockets.size).toBe(0);
  });

  test("for a name that is not resolved", async () => {
    const client = createHttpClient(
      { allowedOrigins: ["https://api.example"], connectMs: 50, retries: 0, proxy: "none" },
      { resolve: () => new Promise<never>(() => undefined) },
    );
    expect(await failureOf(client.request({ method: "POST", url: "https://api.example/" }))).toMatchObject({
      code: "MCS_TIMEOUT",
      effect: "none",
    });
  });

  test.each([
    { name: "the first byte", options: { firstByteMs: 100 }, answer: answerAndHang() },
    { name: "the end of the headers", options: { firstByteMs: 100 }, answer: answerAndHang(head) },
    {
      name: "the next byte",
      options: { idleMs: 100 },
      answer: answerAndHang(`${head}Content-Length: 9\r\n\r\nx`),
    },
  ])("for $name", async ({ options, answer }) => {
    const server = await startServer(answer, good);
    const client = createHttpClient({ allowedOrigins: [server.origin], retries: 0, ...options });
    expect(await failureOf(client.request({ method: "POST", url: `${server.origin}/` }))).toMatchObject({
      code: "MCS_TIMEOUT",
      effect: "unknown",
    });
    await server.idle();
    expect((await client.request({ method: "GET", url: `${server.origin}/` })).status).toBe(200);
  });
});

describe("A body that is sent piece by piece", () => {
  test("arrives whole, with any method", async () => {
    const server = await startServer(good);
    for (const method of ["POST", "PUT", "PATCH", "GET"])
      await clientOf(server.origin).request({ method, url: `${server.origin}/`, body: pieces() });
    expect(server.seen.map(({ body }) => decode(body))).toEqual(
      Array.from({ length: 4 }, () => "one two three"),
    );
  });

  test("is not sent again, even with a key", async () => {
    const server = await startServer(answerWith(503), good);
    const client = createHttpClient({ allowedOrigins: [server.origin] });
    const headers = { "Idempotency-Key": "1" };
    const { status } = await client.request({
      method: "POST",
      url: `${server.origin}/`,
      headers,
      body: pieces(),
    });
    expect([status, server.seen.length]).toEqual([503, 1]);
  });

  test("and fails on the way fails the call", async () => {
    const server = await startServer(good);
    const call = clientOf(server.origin).request({
      method: "POST",
      url: `${server.origin}/`,
      body: broken(),
    });
    const failure = await failureOf(call);
    expect([failure.code, failure.message.includes(canary)]).toEqual(["MCS_TRANSPORT", false]);
    await server.idle();
  });
});

test("A POST with a key is repeated, and others are not", async () => {
  const server = await startServer((request, response) =>
    answerWith(request.headers["idempotency-key"] === undefined ? 502 : 503)(request, response),
  );
  const client = createHttpClient({ allowedOrigins: [server.origin], retries: 1 });
  const url = `${server.origin}/`;
  await client.request({ method: "POST", url, body: "{}", headers: { "Idempotency-Key": "k-1" } });
  await client.request({ method: "POST", url, body: "{}" });
  expect(server.seen.map(({ headers }) => headers["idempotency-key"])).toEqual(["k-1", "k-1", undefined]);
});
