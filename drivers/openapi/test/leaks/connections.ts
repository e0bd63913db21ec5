import type { MCSErrorCode } from "@mcs/core";
import type { LeakWorld } from "@mcs/testkit/leaks";
import { createServer, type AddressInfo, type Socket } from "node:net";
import { situation, type Scenario, type Situation } from "./situation.ts";

/** A server that takes connections and does something else than HTTP. */
async function startSocketServer(world: LeakWorld, serve: (socket: Socket) => void): Promise<string> {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on("error", () => undefined);
    serve(socket);
  });
  await new Promise<void>((resolve) => {
    server.listen(0, "127.0.0.1", resolve);
  });
  world.defer(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  world.noise(host);
  return host;
}

/** How long a server may say nothing, in milliseconds. */
const patience = 150;

/** A driver that writes over a connection to such a server. */
function onSocket(
  name: string,
  ends: MCSErrorCode,
  serve: (socket: Socket) => void,
  { scheme = "http", timeoutMs = 5_000, isTimed = false } = {},
): Scenario {
  const options = (server?: string): Situation => ({
    tool: "write",
    config: () => ({ server, limits: { timeoutMs } }),
  });
  return {
    ...situation(name, ends, () => undefined, options()),
    isTimed,
    async create(world) {
      const host = await startSocketServer(world, serve);
      return situation(name, ends, () => undefined, options(`${scheme}://${host}`)).create(world);
    },
  };
}

/** Repeats the request's own bytes. */
const repeatRaw =
  (before: string, after = "") =>
  (socket: Socket): void => {
    socket.once("data", (bytes: Buffer) =>
      socket.end(Buffer.concat([Buffer.from(before), bytes, Buffer.from(after)])),
    );
  };

/** Connections that break, and what comes over them that is no HTTP. */
export const connections: readonly Scenario[] = [
  onSocket("a connection that is reset", "MCS_EFFECT_UNKNOWN", (socket) =>
    socket.once("data", () => socket.resetAndDestroy()),
  ),
  onSocket(
    "a server without TLS where TLS is expected",
    "MCS_TRANSPORT",
    repeatRaw("HTTP/1.1 400 Bad Request\r\n\r\n"),
    { scheme: "https" },
  ),
  onSocket("a server that speaks no HTTP and repeats what it got", "MCS_EFFECT_UNKNOWN", repeatRaw("")),
  onSocket(
    "headers that cannot be read, made of the request",
    "MCS_EFFECT_UNKNOWN",
    repeatRaw("HTTP/1.1 200 OK\r\nX : "),
  ),
  onSocket(
    "an answer that ends too soon",
    "MCS_EFFECT_UNKNOWN",
    repeatRaw("HTTP/1.1 200 OK\r\nContent-Length: 99999\r\n\r\n"),
  ),
  onSocket("an answer that never begins", "MCS_EFFECT_UNKNOWN", () => undefined, {
    timeoutMs: patience,
    isTimed: true,
  }),
  onSocket(
    "an answer that never ends",
    "MCS_EFFECT_UNKNOWN",
    (socket) =>
      socket.once("data", (bytes: Buffer) =>
        socket.write(Buffer.concat([Buffer.from("HTTP/1.1 200 OK\r\nContent-Length: 99999\r\n\r\n"), bytes])),
      ),
    { timeoutMs: patience, isTimed: true },
  ),
  situation("a port that nobody listens to", "MCS_TRANSPORT", () => undefined, {
    tool: "write",
    config: () => ({ server: "http://127.0.0.1:9" }),
  }),
  situation("a name that nobody has", "MCS_TRANSPORT", () => undefined, {
    tool: "write",
    config: () => ({ server: "https://api.invalid" }),
  }),
];
