import { createServer, type AddressInfo, type Socket } from "node:net";

/** A server on loopback that no driver has any business with. */
export interface OtherHost extends AsyncDisposable {
  readonly port: number;
  /** Everything that it has received since it was asked last. */
  takeReceived(): string;
}

/** Starts one. It answers every HTTP request with an empty object, and any other protocol with the same. */
export async function startOtherHost(): Promise<OtherHost> {
  const sockets = new Set<Socket>();
  let received = "";
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on("close", () => sockets.delete(socket));
    socket.on("error", () => undefined);
    socket.on("data", (bytes: Buffer) => {
      received += bytes.toString("latin1");
      socket.end(
        "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 2\r\nConnection: close\r\n\r\n{}",
      );
    });
  });
  await new Promise<void>((resolve) => {
    server.listen(0, "127.0.0.1", resolve);
  });
  return {
    port: (server.address() as AddressInfo).port,
    takeReceived() {
      const taken = received;
      received = "";
      return taken;
    },
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => {
        server.close(resolve);
      });
    },
  };
}
