import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo, Socket } from "node:net";

/** Where in an exchange the server is. */
export type ServerStep = "arrived" | "done" | "answering" | "answered";

/** A server with an effect that counts. */
export interface EffectServer extends AsyncDisposable {
  readonly url: string;
  /** How often each effect was made, by its key. */
  readonly effects: ReadonlyMap<string, number>;
  /** Resolves when nobody is connected any more, so that nothing that was sent is still to come. */
  quiet(): Promise<void>;
}

/**
 * Makes an effect for every POST, even for one whose sender is gone, as servers do; GET says whether it was made.
 *
 * @param isKeyed - Whether it makes an effect once for one key, as servers with idempotency keys do.
 * @param onStep - Told of every step of a request.
 */
export async function startEffectServer(
  isKeyed: () => boolean,
  onStep: (step: ServerStep) => void,
): Promise<EffectServer> {
  const effects = new Map<string, number>();
  const sockets = new Set<Socket>();
  const server = createServer((request, response) => {
    const { method, url = "" } = request;
    const count = effects.get(url) ?? 0;
    onStep("arrived");
    if (method === "POST" && !(isKeyed() && count > 0)) effects.set(url, count + 1);
    onStep("done");
    response.writeHead(effects.has(url) ? 200 : 404, { "Content-Length": "4" });
    response.write("ru");
    onStep("answering");
    response.end("ng", () => onStep("answered"));
  });
  server.on("connection", (socket) => {
    sockets.add(socket);
    socket.on("error", () => undefined).on("close", () => sockets.delete(socket));
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    effects,
    async quiet() {
      for (const socket of sockets) if (!socket.destroyed) await once(socket, "close");
    },
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
}
