import { MCSError, type CallContext } from "@mcs/core";
import { createScrubber, type Scrubber } from "@mcs/secrets";
import { createConnector } from "#connector";
import { startLimit, type CallLimit } from "./call-limit.ts";
import type { Answer, Connector, Network } from "./connector.ts";
import { firstHop, nextHop, type Hop } from "./hop.ts";
import {
  readOptions,
  type HttpClientOptions,
  type HttpClientPorts,
  type Settings,
} from "./http-client-options.ts";
import { hiddenOf, secretsOf } from "./http-credential.ts";
import { describeCauses, toHttpFailure } from "./http-failure.ts";
import type { HttpRequest, HttpResponse, HttpStream } from "./http-message.ts";
import { fetchConnector } from "./platform/fetch-connector.ts";
import { concatenate, readChunks } from "./read-body.ts";
import { sendHop } from "./send-hop.ts";
import { createTraffic } from "./traffic.ts";

/** The one way out for HTTP. What it keeps are connections and the count of calls, apart for each principal. */
export interface HttpClient extends AsyncDisposable {
  /**
   * Sends one request and reads the whole answer. Requests with GET, HEAD or OPTIONS, and those with an `Idempotency-Key`,
   * are repeated after a network error and after 408, 429, 500, 502, 503 and 504. The former are redirected; a 303 is
   * followed with GET after any method.
   *
   * @returns The answer, whatever its status.
   * @throws {MCSError} `MCS_EGRESS_REFUSED`, `MCS_UNSUPPORTED` or `MCS_INVALID_CONFIG` (a credential that cannot be
   *   sent) before anything is sent, and so `MCS_RATE_LIMITED` with `retryAfterMs`; `MCS_EGRESS_REFUSED` (an address, a
   *   redirect), `MCS_TIMEOUT`, `MCS_ABORTED` (also: the client was disposed of), `MCS_TOO_LARGE` or `MCS_TRANSPORT`
   *   after. Its `effect` is `none` unless an unsafe method was sent.
   */
  request(request: HttpRequest, context?: CallContext): Promise<HttpResponse>;
  /**
   * As {@link request}, but the answer is handed over as soon as its headers are there. All limits, that of time too,
   * go on until the body is read to its end, the loop over it is left, or the answer is disposed of.
   */
  stream(request: HttpRequest, context?: CallContext): Promise<HttpStream>;
}

/**
 * Makes a client that sends requests to the named origins only.
 *
 * @throws {MCSError} `MCS_INVALID_CONFIG` that names every option at fault.
 */
export function createHttpClient(options: HttpClientOptions, ports: HttpClientPorts = {}): HttpClient {
  const settings = readOptions(options);
  const networkOf = (origin: string): Network => settings.allowedOrigins.get(origin)?.network ?? "public";
  const connector =
    ports.fetch === undefined
      ? createConnector({ ...settings, networkOf, resolve: ports.resolve })
      : fetchConnector(ports.fetch);
  const traffic = createTraffic(settings.traffic);
  const limits = new Set<CallLimit>();
  let isClosed = false;

  async function stream(request: HttpRequest, context: CallContext = {}): Promise<HttpStream> {
    if (isClosed) throw new MCSError("MCS_ABORTED", "The HTTP client was disposed of.", { effect: "none" });
    const { credentials = [] } = request;
    const scrubber = createScrubber(() => credentials.flatMap(hiddenOf));
    const hop = firstHop(request, settings, connector);
    const call: Call = { request, scrubber, principal: context.principal, hop, mayHaveEffect: false };
    const limit = startLimit(settings.timeoutMs, context);
    let leave: (() => void) | undefined;
    const end = (): void => {
      limits.delete(limit);
      limit.release();
      leave?.();
    };
    limits.add(limit);
    // An answer that nobody reads to its end is over with the call's time.
    limit.signal.addEventListener("abort", end, { once: true });
    try {
      leave = await traffic.enter(laneOf(call), limit.remainingMs(), limit.signal);
      const answer = await connect(call, limit, settings, connector, ports);
      return toStream(answer, call, limit, settings, ports, end);
    } catch (error) {
      end();
      throw failureOf(error, call, limit, ports);
    }
  }

  return {
    stream,
    async request(request, context) {
      const { url, status, headers, body } = await stream(request, context);
      const chunks: Uint8Array[] = [];
      for await (const chunk of body) chunks.push(chunk);
      return { url, status, headers, body: concatenate(chunks) };
    },
    async [Symbol.asyncDispose]() {
      isClosed = true;
      for (const limit of limits) limit.cancel();
      await connector[Symbol.asyncDispose]();
    },
  };
}

/** How far a call has come. */
interface Call {
  readonly request: HttpRequest;
  readonly scrubber: Scrubber;
  readonly principal: string | undefined;
  hop: Hop;
  mayHaveEffect: boolean;
}

/** Credentials by their labels: a renewed token goes on in the lane of the old one. */
function laneOf({ hop, principal, request }: Call): string {
  const labels = (request.credentials ?? []).flatMap(secretsOf).map(({ label }) => label);
  return JSON.stringify([hop.url.origin, principal, labels]);
}

/** @returns What came at the end of all redirects, its body unread. */
async function connect(
  call: Call,
  limit: CallLimit,
  settings: Settings,
  connector: Connector,
  ports: HttpClientPorts,
): Promise<Answer> {
  for (let redirects = 0; ; redirects += 1) {
    limit.signal.throwIfAborted();
    const { hop } = call;
    const answer = await limit.within(sendHop(hop, limit, settings, connector, ports, call));
    let isLast = false;
    try {
      const next = nextHop(hop, answer, settings, (text) => call.scrubber.text(text) !== text);
      isLast = next === undefined;
      if (next === undefined) return answer;
      if (redirects === settings.maxRedirects) {
        throw new MCSError("MCS_TRANSPORT", `${hop.subject} was redirected more than ${redirects} times.`);
      }
      call.hop = next;
    } finally {
      if (!isLast) answer.release();
    }
  }
}

/** @param onEnd - Runs when the answer is over, one way or the other; once or more. */
function toStream(
  answer: Answer,
  call: Call,
  limit: CallLimit,
  settings: Settings,
  ports: HttpClientPorts,
  onEnd: () => void,
): HttpStream {
  const { request, hop } = call;
  async function* read(): AsyncGenerator<Uint8Array, void> {
    try {
      yield* readChunks(answer, request.maxBytes ?? settings.maxBytes, limit, hop.subject);
    } catch (error) {
      throw failureOf(error, call, limit, ports);
    } finally {
      onEnd();
    }
  }
  const body = read();
  return {
    url: hop.url.href,
    status: answer.status,
    headers: withoutCookies(answer.headers),
    body,
    async [Symbol.asyncDispose]() {
      await body.return();
      // A generator that was never begun has nothing to clean up after it.
      answer.release();
      onEnd();
    },
  };
}

function failureOf(error: unknown, call: Call, limit: CallLimit, { logger }: HttpClientPorts): MCSError {
  const { hop, scrubber, mayHaveEffect } = call;
  const { code, message, fault, effect, hint, retryAfterMs } = toHttpFailure(
    error,
    hop,
    mayHaveEffect,
    limit,
  );
  // A redirect names a host, and that may be a reflected credential.
  const failure = new MCSError(code, scrubber.text(message), {
    fault,
    effect,
    hint,
    ...(retryAfterMs !== undefined && { retryAfterMs }),
  });
  logger?.debug(failure.message, { code, cause: scrubber.text(describeCauses(error)) });
  return failure;
}

/** Cookies are credentials that the other side gives: nobody here keeps them, so nobody gets them. */
function withoutCookies(headers: Headers): Headers {
  return new Headers([...headers].filter(([name]) => name !== "set-cookie"));
}
