import { isMCSError } from "@mcs/core";
import { isIP } from "node:net";
import type { Readable } from "node:stream";
import type { Dispatcher } from "undici";
import type { Answer, Connector, ConnectorSettings, Exchange } from "../connector.ts";
import { encodingsOf } from "../content-encodings.ts";
import { checkAddresses } from "./check-addresses.ts";
import { acceptedEncodings, decodeBody } from "./decode-body.ts";
import { openDispatcher } from "./open-dispatcher.ts";

/** Principals whose idle connections are kept; who comes after that takes the place of the longest unused. */
const mostPools = 100;

/** Sends over sockets of its own, which go to checked addresses only. */
export function createConnector(settings: ConnectorSettings): Connector {
  const pools = new Map<string, Promise<Dispatcher>>();

  function poolFor({ url, principal }: Exchange): Promise<Dispatcher> {
    const identity = settings.tls.get(url.origin);
    const owner = JSON.stringify([identity?.origin, principal]);
    const pool = pools.get(owner) ?? openDispatcher(settings, identity);
    pools.delete(owner);
    pools.set(owner, pool);
    const [oldest] = pools;
    if (pools.size > mostPools && oldest !== undefined) {
      pools.delete(oldest[0]);
      void oldest[1].then((old) => old.close());
    }
    return pool;
  }

  return {
    canSend: () => true,
    async send(exchange, signal) {
      const pool = await poolFor(exchange);
      const { method, url, target, body } = exchange;
      if (settings.proxy !== undefined) checkLiteral(url, settings);
      try {
        const answer = await pool.request({
          origin: url.origin,
          path: target,
          method,
          headers: headersOf(exchange),
          ...(body !== undefined && { body: body instanceof Uint8Array ? body : (body as Readable) }),
          signal,
        });
        return toAnswer(answer);
      } catch (error) {
        // The words by which ky knows that trying again may help.
        throw isMCSError(error) ? error : new TypeError("fetch failed", { cause: error });
      }
    },
    async [Symbol.asyncDispose]() {
      const open = [...pools.values()];
      pools.clear();
      await Promise.all(open.map(async (pool) => (await pool).destroy()));
    },
  };
}

/** Over a proxy nothing is dialled here; its own rules decide which names it resolves, and to what. */
function checkLiteral({ hostname, origin }: URL, { networkOf }: ConnectorSettings): void {
  const address = hostname.replace(/^\[|\]$/g, "");
  const family = isIP(address);
  if (family === 4 || family === 6)
    checkAddresses(origin, [{ address, family }], networkOf(origin), new Set());
}

function headersOf({ headers, url }: Exchange): Record<string, string> {
  return {
    host: url.host,
    accept: "*/*",
    "accept-encoding": headers.has("range") ? "identity" : acceptedEncodings,
    "user-agent": "mcs",
    ...Object.fromEntries(headers),
  };
}

function toAnswer({ statusCode, headers: received, body }: Dispatcher.ResponseData): Answer {
  const headers = new Headers();
  for (const [name, values] of Object.entries(received)) {
    for (const value of [values ?? []].flat()) headers.append(name, value);
  }
  return {
    status: statusCode,
    headers,
    body: decodeBody(body, encodingsOf(headers)),
    isOpaque: false,
    release: () => void body.on("error", () => undefined).destroy(),
  };
}
