import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { createHttpClient } from "@mcs/adapter-http";
import ky from "ky";
import type { Benchmark } from "./benchmark.ts";

/** What checks, limits and a bound credential cost a request: goal, at most 15 % or 0.1 ms over ky. */
export default async function http(): Promise<Benchmark> {
  const body = JSON.stringify({
    items: Array.from({ length: 50 }, (_, id) => ({ id, name: `Thing ${id}` })),
  });
  const server = createServer((_, response) =>
    response.writeHead(200, { "Content-Type": "application/json" }).end(body),
  );
  await once(server.listen(0, "127.0.0.1"), "listening");
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const url = `${origin}/things`;
  const traffic = { perSecond: 1_000_000, burst: 1_000_000 };
  const client = createHttpClient({ allowedOrigins: [origin], traffic });
  return {
    name: `A GET with an answer of ${body.length} bytes`,
    contenders: {
      ky: () => ky(url).arrayBuffer(),
      createHttpClient: () => client.request({ method: "GET", url }),
    },
    async close() {
      await client[Symbol.asyncDispose]();
      server.closeAllConnections();
      server.close();
    },
  };
}
