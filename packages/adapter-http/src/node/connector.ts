import { isMCSError } from "@mcs/core";
import { isIP } from "node:net";
import type { Readable } from "node:stream";
import type { Dispatcher } from "undici";
import type { Answer, Connector, ConnectorSettings, Exchange } from "../connector.ts";
import { encodingsOf } from "../content-encodings.ts";
import { checkAddresses } from "./check-addresses.ts";
import { acceptedEncodings, decodeBody } from "./decode-body.ts";
import { openPool, type Pool } from "./open-pool.ts";

/** Principals whose idle connections are kept; who comes after that takes the place of the longest unused. */
const mostPools = 100;

/** Sends over sockets of its own, which go to checked addresses only. */
export function createConnector(settings: ConnectorSettings): Connector {
  const pools = new Map<string, Pool>();
  const wasPublic = new Set<string>();

  function poolFor({ url, principal }: Exchange): Pool {
    const identity = settings.tls.get(url.origin);
    const owner = JSON.stringify([identity?.origin, principal]);
    const pool = pools.get(owner) ?? openPool(settings, identity, wasPublic);
    pools.delete(owner);
    pools.set(owner, pool);
    const [oldest] = pools;
    if (pools.size > mostPools && oldest !== undefined) {
      pools.delete(oldest[0]);
      oldest[1].close();
    }
    return pool;
  }

  return {
    canSend: () => true,
    async send(exchange, signal) {
      const { method, url, target, body } = exchange;
      if (settings.proxy !== undefined) checkLiteral(url, settings);
      try {
        const answer = await poolFor(exchange).request({
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
      await Promise.all(open.map((pool) => pool.destroy()));
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
  const release = (): void => void body.on("error", () => undefined).destroy();
  try {
    const headers = toHeaders(received);
    const chunks = decodeBody(body, encodingsOf(headers));
    return { status: statusCode, headers, body: chunks, isOpaque: false, release };
  } catch (error) {
    release();
    throw error;
  }
}

/** @throws {TypeError} For bytes that no header may have. */
function toHeaders(received: Dispatcher.ResponseData["headers"]): Headers {
  const headers = new Headers();
  for (const [name, values] of Object.entries(received)) {
    for (const value of [values ?? []].flat()) headers.append(name, value);
  }
  return headers;
}
