import type { LeakWorld } from "@mcs/testkit/leaks";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

/** What an API knows of a request's credentials, and could repeat. */
export interface Known {
  /** The credential itself, as the API reads it: a key, a token, a password. */
  readonly secret: string;
  /** All headers, as they came. */
  readonly headers: Readonly<Record<string, string>>;
  /** Path and query, as they came. */
  readonly target: string;
}

/** How an API misbehaves. */
export type Misbehave = (known: Known, response: ServerResponse, world: LeakWorld) => void;

/** Serves every path with the same misbehaviour, for as long as the world lasts. @returns Its origin. */
export async function startHostileApi(world: LeakWorld, misbehave: Misbehave): Promise<string> {
  const server = createServer((request, response) => {
    request.resume();
    request.on("error", () => undefined);
    response.on("error", () => undefined);
    misbehave(readCredentials(request), response, world);
  });
  await new Promise<void>((resolve) => {
    server.listen(0, "127.0.0.1", resolve);
  });
  world.defer(() => {
    server.closeAllConnections();
    server.close();
  });
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  world.noise(host);
  return `http://${host}`;
}

function readCredentials({ headers, url = "" }: IncomingMessage): Known {
  const { authorization = "", cookie = "", "x-api-key": key } = headers;
  const [scheme, credentials = ""] = authorization.split(" ");
  const login = Buffer.from(credentials, "base64").toString();
  const fromHeader =
    scheme === "Basic" ? login.slice(login.indexOf(":") + 1) || login.slice(0, -1) : credentials;
  const fromCookie = cookie.slice(cookie.indexOf("=") + 1);
  const query = new URLSearchParams(url.split("?")[1]).get("key");
  return {
    secret: key?.toString() ?? query ?? (fromHeader || fromCookie),
    headers: Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, String(value)])),
    target: url,
  };
}
