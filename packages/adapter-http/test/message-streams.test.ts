import { createHttpClient } from "@mcs/adapter-http";
import { readJsonLines, readServerSentEvents } from "@mcs/adapter-http/streams";
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { startServer } from "./fault-server.ts";
import { failureOf } from "./given.ts";

/** A text in pieces of so many bytes. */
async function* pieces(text: string, size: number): AsyncGenerator<Uint8Array> {
  const bytes = new TextEncoder().encode(text);
  for (let start = 0; start < bytes.length; start += size) yield bytes.subarray(start, start + size);
}

async function all<T>(messages: AsyncIterable<T>): Promise<T[]> {
  const found: T[] = [];
  for await (const message of messages) found.push(message);
  return found;
}

const size = fc.integer({ min: 1, max: 50 });

describe("JSON lines", () => {
  test("come out as they went in, however they are cut", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.jsonValue()), size, fc.boolean(), async (values, bytes, isEnded) => {
        const lines = values.map((value) => JSON.stringify(value));
        const text = lines.join("\r\n\n") + (isEnded ? "\n" : "");
        const found = await all(readJsonLines(pieces(text, bytes)));
        expect(JSON.stringify(found)).toBe(JSON.stringify(values));
      }),
    );
  });

  test.each([
    { name: "a line that is no JSON", text: '{"a":1}\n{a}\n', limits: {}, code: "MCS_TRANSPORT" },
    { name: "a line that is cut off", text: '{"a":1}\n{"a"', limits: {}, code: "MCS_TRANSPORT" },
    {
      name: "too long a line",
      text: `"${"x".repeat(200)}"\n`,
      limits: { messageLength: 100 },
      code: "MCS_TOO_LARGE",
    },
    {
      name: "a line without end",
      text: `"${"x".repeat(200)}`,
      limits: { messageLength: 100 },
      code: "MCS_TOO_LARGE",
    },
    { name: "too many lines", text: "1\n2\n3\n", limits: { messages: 2 }, code: "MCS_TOO_LARGE" },
  ])("end with a failure at $name", async ({ text, limits, code }) => {
    for (const bytes of [1, 7, 1000])
      expect((await failureOf(all(readJsonLines(pieces(text, bytes), limits)))).code).toBe(code);
  });
});

describe("Server-sent events", () => {
  test("come out as they went in, however they are cut", async () => {
    const data = fc.string({ unit: "grapheme" }).filter((text) => !/[\r\n]/.test(text));
    await fc.assert(
      fc.asyncProperty(fc.array(data), size, async (values, bytes) => {
        const text = values.map((value, index) => `: note\nid: ${index}\ndata: ${value}\n\n`).join("");
        const found = await all(readServerSentEvents(pieces(text, bytes)));
        expect(found).toEqual(
          values.map((value, index) => ({ event: "message", data: value, id: String(index) })),
        );
      }),
    );
  });

  test("have a name, and several lines", async () => {
    const text = "event: update\r\ndata: one\r\ndata: two\r\n\r\ndata: cut off";
    expect(await all(readServerSentEvents(pieces(text, 3)))).toEqual([{ event: "update", data: "one\ntwo" }]);
  });

  test.each([
    { name: "too long an event", text: `data: ${"x".repeat(200)}\n\n`, limits: { messageLength: 100 } },
    { name: "an event without end", text: "data: x\n".repeat(200), limits: { messageLength: 100 } },
    { name: "too many events", text: "data: x\n\n".repeat(3), limits: { messages: 2 } },
  ])("end with a failure at $name", async ({ text, limits }) => {
    for (const bytes of [1, 7, 5000])
      expect((await failureOf(all(readServerSentEvents(pieces(text, bytes), limits)))).code).toBe(
        "MCS_TOO_LARGE",
      );
  });
});

test("A stream of a server is read while it comes, and its connection is free when the loop is left", async () => {
  const server = await startServer((_, response) => {
    response.writeHead(200, { "Content-Type": "text/event-stream" });
    response.write("data: first\n\n");
  });
  const client = createHttpClient({ allowedOrigins: [server.origin] });
  const { body } = await client.stream({ method: "GET", url: `${server.origin}/` });
  for await (const { data } of readServerSentEvents(body)) {
    expect(data).toBe("first");
    break;
  }
  await server.idle();
});
