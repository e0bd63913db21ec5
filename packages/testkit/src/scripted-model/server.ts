import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { anthropicApi } from "./anthropic/anthropic-api.ts";
import type { ScriptedApi } from "./api.ts";
import { chatApi } from "./chat-api.ts";
import { checkAuthorization } from "./check-request.ts";
import { geminiApi } from "./gemini/gemini-api.ts";
import { tryParseJson } from "./json.ts";
import { ollamaApi } from "./ollama/ollama-api.ts";
import type { ScriptedModelOptions } from "./options.ts";
import { recordReceivedBytes } from "./received-bytes.ts";
import { ApiRefusal, Refusal } from "./refusal.ts";
import { responsesApi } from "./responses/responses-api.ts";

/** Every API that is spoken. A new one is a folder of its own and a line here. */
const apis: readonly ScriptedApi[] = [chatApi, responsesApi, anthropicApi, geminiApi, ollamaApi];

/** A request as it was received, whatever was answered. */
export interface RecordedRequest {
  readonly method: string;
  readonly path: string;
  readonly body: Uint8Array;
  /** The body's JSON value; `undefined` if it is none. */
  readonly json: unknown;
  /** The rule of the API's table that it broke; `undefined` if none, or where the API has no table. */
  readonly refusedFor: string | undefined;
}

/** A server that runs. Disposing of it closes it. */
export interface ScriptedModel extends AsyncDisposable {
  /** For clients of OpenAI's APIs. Ends in `/v1`, without a slash. */
  readonly baseUrl: string;
  /** For clients of all other APIs. Ends without a slash. */
  readonly origin: string;
  /** Oldest first. Grows. */
  readonly requests: readonly RecordedRequest[];
  /** Every byte received so far, headers included, as it came off the sockets. */
  bytesReceived(): Uint8Array;
  /** Ends open connections too. Idempotent. */
  close(): Promise<void>;
}

/** Bytes of one request's body. */
const maximumBody = 50 * 1024 * 1024;

/**
 * Starts a scripted stand-in for a model: an HTTP server that speaks OpenAI's Chat Completions and Responses,
 * Anthropic's Messages, Gemini's `generateContent` and Ollama's chat, refuses what the real API refuses with error bodies
 * like its own, and answers from a script. Nothing in it is random, and it keeps nothing between requests but their
 * record. Sampling parameters are accepted and mean nothing; there is always one choice.
 */
export async function startScriptedModel(options: ScriptedModelOptions): Promise<ScriptedModel> {
  const requests: RecordedRequest[] = [];
  const server = createServer((request, response) => {
    void handle(request, response, options, requests);
  });
  const bytesReceived = recordReceivedBytes(server);
  const host = options.host ?? "127.0.0.1";
  const port = await listen(server, host, options.port ?? 0);
  const close = async (): Promise<void> => {
    if (!server.listening) return;
    const closed = new Promise((resolve) => server.close(resolve));
    server.closeAllConnections();
    await closed;
  };
  const origin = `http://${host.includes(":") ? `[${host}]` : host}:${port}`;
  return {
    baseUrl: `${origin}/v1`,
    origin,
    requests,
    bytesReceived,
    close,
    [Symbol.asyncDispose]: close,
  };
}

async function listen(server: Server, host: string, port: number): Promise<number> {
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen({ host, port }, resolve);
  });
  return (server.address() as AddressInfo).port;
}

async function handle(
  request: IncomingMessage,
  response: ServerResponse,
  options: ScriptedModelOptions,
  requests: RecordedRequest[],
): Promise<void> {
  const { method = "GET", url = "/" } = request;
  try {
    const body = await readBody(request);
    const text = body.toString("utf8");
    const record: Writable<RecordedRequest> = {
      method,
      path: url,
      body,
      json: tryParseJson(text),
      refusedFor: undefined,
    };
    const position = requests.push(record);
    response.setHeader("server", "scripted-stand-in");
    response.setHeader("x-request-id", `req_scripted_${position}`);
    try {
      route(request, response, options, text, position);
    } catch (error) {
      if (error instanceof ApiRefusal) record.refusedFor = error.rule;
      throw error;
    }
  } catch (error) {
    if (error instanceof ApiRefusal) sendJson(response, error.status, error.body);
    else response.destroy();
  }
}

type Writable<Type> = { -readonly [Key in keyof Type]: Type[Key] };

async function readBody(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > maximumBody) throw new Refusal(413, "Request body is too large.", null, null);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

function route(
  { method = "GET", url = "/", headers }: IncomingMessage,
  response: ServerResponse,
  options: ScriptedModelOptions,
  text: string,
  position: number,
): void {
  const path = url.split("?")[0] ?? "";
  const api = apis.find((one) => one.serves(`${method} ${path}`));
  if (api !== undefined) {
    const reply = api.reply({ path, headers, text, options, position });
    if ("json" in reply) return sendJson(response, 200, reply.json);
    response.writeHead(200, { "content-type": reply.contentType, "cache-control": "no-cache" });
    for (const chunk of reply.chunks) response.write(chunk);
    response.end();
    return;
  }
  checkAuthorization(headers.authorization, options.apiKey);
  if (path === "/v1/chat/completions") requireMethod(method, "POST", path);
  if (path !== "/v1/models") throw new Refusal(404, `Invalid URL (${method} ${path})`, null, null);
  requireMethod(method, "GET", path);
  const models = options.models ?? [{ id: "scripted-stand-in" }];
  const data = models.map(({ id }) => ({ id, object: "model", created: 0, owned_by: "scripted-stand-in" }));
  sendJson(response, 200, { object: "list", data });
}

function requireMethod(method: string, wanted: string, path: string): void {
  if (method === wanted) return;
  const message = `Not allowed to ${method} on ${path}. (HINT: Perhaps you meant to use a different HTTP method?)`;
  throw new Refusal(405, message, null, "method_not_supported");
}

function sendJson(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { "content-type": "application/json" });
  response.end(JSON.stringify(body));
}
