import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { onTestFinished } from "vitest";

/** A request as it came over the wire: nothing decoded. */
export interface SeenRequest {
  readonly method: string;
  /** Raw request target. */
  readonly target: string;
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly body: Buffer;
}

export interface EchoServer {
  readonly origin: string;
  readonly seen: SeenRequest[];
}

/** What a server answers; default: 200 and `{}`. */
export interface Answer {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array;
}

/** `drop` ends the connection without an answer. */
type Respond = (request: SeenRequest) => Answer | "hang" | "drop";

const json = { "Content-Type": "application/json" };

/** A server on loopback that records what it gets, and is gone when the test is. */
export async function startServer(respond: Respond = () => ({})): Promise<EchoServer> {
  const seen: SeenRequest[] = [];
  const server = createServer((request, response) => void answer(request, response, seen, respond));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return { origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, seen };
}

async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  seen: SeenRequest[],
  respond: Respond,
): Promise<void> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const record: SeenRequest = {
    method: request.method ?? "",
    target: request.url ?? "",
    headers: request.headers as Readonly<Record<string, string | undefined>>,
    body: Buffer.concat(chunks),
  };
  seen.push(record);
  const given = respond(record);
  if (given === "hang") return;
  if (given === "drop") return void response.destroy();
  const { status = 200, headers = json, body = status === 204 ? "" : "{}" } = given;
  response.writeHead(status, headers).end(body);
}
