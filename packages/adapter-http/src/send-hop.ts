import { isMCSError } from "@mcs/core";
import ky from "ky";
import type { CallLimit } from "./call-limit.ts";
import type { Answer, Connector } from "./connector.ts";
import { isRepeatable, isSafe, type Hop } from "./hop.ts";
import type { HttpClientPorts, Settings } from "./http-client-options.ts";
import { attach } from "./http-credential.ts";
import { readRetryAfter } from "./read-retry-after.ts";

/** Statuses that may pass by themselves. RFC 9110, section 15, and RFC 6585 for 429. */
const passing = [408, 429, 500, 502, 503, 504];
/** A server that asks for a longer wait gets none: its answer goes to the caller at once. */
const longestWaitMs = 10_000;

/**
 * Sends one hop, and again, if that does no harm, after a network error or a status that may pass. ky decides when; it
 * sees neither credentials nor body nor answer, so that its errors cannot hold them.
 */
export async function sendHop(
  hop: Hop,
  limit: CallLimit,
  { retries }: Settings,
  connector: Connector,
  { clock = Date }: HttpClientPorts,
  call: { readonly principal: string | undefined; mayHaveEffect: boolean },
): Promise<Answer> {
  const attempts = isRepeatable(hop) ? retries + 1 : 1;
  const { signal } = limit;
  let attempt = 0;
  let isRepeated = false;
  let answer: Answer | undefined;

  /** From the first byte on nobody knows, unless the connector refused before. */
  async function track(sending: Promise<Answer>): Promise<Answer> {
    const before = call.mayHaveEffect;
    call.mayHaveEffect ||= !isSafe(hop.method);
    try {
      return await sending;
    } catch (error) {
      if (isMCSError(error)) call.mayHaveEffect = before;
      throw error;
    }
  }

  async function transport(): Promise<Response> {
    attempt += 1;
    const { target, headers } = attach(hop.attachments, hop.url, hop.headers);
    const { method, url, body } = hop;
    const { principal } = call;
    const exchange = { method, url, target, headers, principal, ...(body !== undefined && { body }) };
    const received = await track(connector.send(exchange, signal));
    if (signal.aborted) received.release();
    signal.throwIfAborted();
    const { status } = received;
    const waitMs = readRetryAfter(received.headers.get("Retry-After"), clock.now());
    isRepeated =
      attempt < attempts &&
      passing.includes(status) &&
      (waitMs ?? 0) <= Math.min(longestWaitMs, limit.remainingMs());
    if (!isRepeated) {
      answer = received;
      return new Response(null);
    }
    // Of an answer that is not wanted, ky would read the body, and wait as other headers than this one say.
    received.release();
    const shown = waitMs === undefined ? {} : { "Retry-After": String(Math.ceil(waitMs / 1000)) };
    return new Response(null, { status, headers: shown });
  }

  // ky refuses some methods. All that it has to know of this one is whether it may be repeated.
  await ky(hop.url.href, {
    method: attempts > 1 ? "GET" : "POST",
    signal,
    timeout: false,
    fetch: transport,
    retry: {
      limit: attempts - 1,
      methods: ["get"],
      statusCodes: passing,
      afterStatusCodes: passing,
      jitter: true,
    },
    throwHttpErrors: () => isRepeated,
  });
  if (answer === undefined) throw new Error("No answer came, and no failure either.");
  return answer;
}
