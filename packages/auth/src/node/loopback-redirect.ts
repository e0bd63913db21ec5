import { createServer, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { MCSError } from "@mcs/core";
import type { OpenRedirect, RedirectPort } from "../redirect-port.ts";

export interface LoopbackRedirectOptions {
  /** Default `/callback`. */
  readonly path?: string;
  /** Default `0`: any that is free, which servers have to allow for native apps. RFC 8252, 7.3 */
  readonly port?: number;
}

/** A browser on this machine comes back to a server that listens on 127.0.0.1 for as long as the sign-in lasts. */
export function loopbackRedirect({
  path = "/callback",
  port = 0,
}: LoopbackRedirectOptions = {}): RedirectPort {
  return { open: () => listen(path, port) };
}

async function listen(path: string, port: number): Promise<OpenRedirect> {
  let take: ((parameters: URLSearchParams) => boolean) | undefined;
  let giveUp: (() => void) | undefined;
  const server = createServer({ maxHeaderSize: 16_384 }, (request, response) => {
    const url = URL.parse(request.url ?? "", "http://127.0.0.1");
    if (request.method !== "GET" || url?.pathname !== path)
      return show(response, 404, "There is nothing here.");
    const isTaken = take?.(url.searchParams) ?? false;
    return isTaken
      ? show(response, 200, "You can close this window and go back.")
      : show(response, 400, "That is no answer to a sign-in that was begun here.");
  });
  server.headersTimeout = 5_000;
  server.requestTimeout = 5_000;
  server.maxConnections = 20;
  await new Promise<void>((resolve, reject) => {
    server.once("error", () =>
      reject(new MCSError("MCS_INVALID_CONFIG", `Port ${port} of 127.0.0.1 is not free for the redirect.`)),
    );
    server.listen(port, "127.0.0.1", resolve);
  });
  return {
    uri: `http://127.0.0.1:${(server.address() as AddressInfo).port}${path}`,
    wait: (accept) =>
      new Promise((resolve, reject) => {
        giveUp = () => reject(new MCSError("MCS_ABORTED", "The sign-in was given up.", { effect: "none" }));
        take = (parameters) => {
          const isTaken = accept(parameters);
          if (isTaken) resolve(parameters);
          return isTaken;
        };
      }),
    async [Symbol.asyncDispose]() {
      giveUp?.();
      await new Promise((resolve) => {
        server.close(resolve);
        server.closeIdleConnections();
      });
    },
  };
}

function show(response: ServerResponse, status: number, text: string): void {
  response.writeHead(status, {
    "Content-Type": "text/plain; charset=utf-8",
    "Cache-Control": "no-store",
    "Referrer-Policy": "no-referrer",
    Connection: "close",
  });
  response.end(text);
}
