import { MCSError } from "@mcs/core";
import { checkCookies, checkHeaders } from "./check-headers.ts";
import { checkAllowed, checkUrl } from "./check-url.ts";
import type { Answer, Connector } from "./connector.ts";
import type { Settings } from "./http-client-options.ts";
import { openCredentials, withoutQueryCredentials, type Attachment } from "./http-credential.ts";
import type { HttpRequest } from "./http-message.ts";

/** One exchange of a call: the request itself, or what a redirect makes of it. */
export interface Hop {
  readonly method: string;
  /** What a message may say of it: no query, which may hold anything, and nothing that a redirect said. */
  readonly subject: string;
  /** Without credentials: fit to be shown, except for its query. */
  readonly url: URL;
  readonly headers: Headers;
  readonly body?: Uint8Array | AsyncIterable<Uint8Array>;
  readonly attachments: readonly Attachment[];
}

/** RFC 9110, section 9.2.1: they ask for no change, so that sending them twice does no harm. */
export function isSafe(method: string): boolean {
  return method === "GET" || method === "HEAD" || method === "OPTIONS";
}

/**
 * Whether it may be sent again when nobody knows whether it arrived: it asks for no change, or the other side recognises it
 * by its key (draft-ietf-httpapi-idempotency-key-header).
 */
export function isRepeatable({ method, headers, body }: Hop): boolean {
  const isSendable = body === undefined || body instanceof Uint8Array;
  return isSendable && (isSafe(method) || headers.has("idempotency-key"));
}

function subjectOf(method: string, url: URL): string {
  const path = url.pathname.length > 200 ? `${url.pathname.slice(0, 200)}…` : url.pathname;
  return `${method} ${url.origin}${path}`;
}

/** @throws {MCSError} `MCS_EGRESS_REFUSED`, `MCS_UNSUPPORTED` or `MCS_INVALID_CONFIG`; nothing was sent. */
export function firstHop(request: HttpRequest, { allowedOrigins }: Settings, connector: Connector): Hop {
  const method = request.method.toUpperCase();
  const body = typeof request.body === "string" ? new TextEncoder().encode(request.body) : request.body;
  checkMethod(method, body !== undefined, connector);
  const url = checkUrl(request.url);
  checkAllowed(url.origin, allowedOrigins, "The request goes to");
  const headers = checkHeaders(request.headers ?? {});
  if (request.cookies?.length) headers.set("Cookie", checkCookies(request.cookies));
  const attachments = openCredentials(request.credentials ?? [], url.origin);
  if (attachments.length > 0) checkCarrier(method, url, allowedOrigins);
  return {
    method,
    subject: subjectOf(method, url),
    url: withoutQueryCredentials(url, attachments),
    headers,
    ...(body !== undefined && { body }),
    attachments,
  };
}

/**
 * Where a response redirects to. Another origin, if it is allowed at all, gets nothing but the request line, and that only
 * if the response did not write a credential into it.
 *
 * @param holdsSecret - Whether a text has one of the call's credentials in it.
 * @returns `undefined` if the response is to be handed to the caller: no redirect, or one that would repeat an effect.
 * @throws {MCSError} `MCS_EGRESS_REFUSED`
 * @see RFC 9110, section 15.4
 */
export function nextHop(
  hop: Hop,
  response: Answer,
  { allowedOrigins }: Settings,
  holdsSecret: (text: string) => boolean,
): Hop | undefined {
  if (response.isOpaque) {
    throw refuse(hop, "was redirected, and this runtime does not say where to");
  }
  const location = response.headers.get("Location");
  if (location === null || ![301, 302, 303, 307, 308].includes(response.status)) return undefined;
  const target = URL.parse(location, hop.url.href);
  if (target === null || !/^https?:$/.test(target.protocol))
    throw refuse(hop, "was redirected to what is no http or https URL");
  if (target.username !== "" || target.password !== "")
    throw refuse(hop, "was redirected to a URL with a user name or password");
  checkAllowed(target.origin, allowedOrigins, `${hop.subject} was redirected to`);
  target.hash = "";
  if (response.status !== 303 && !isSafe(hop.method)) return undefined;
  const method = response.status === 303 && hop.method !== "HEAD" ? "GET" : hop.method;
  const subject = hop.subject.replace(/(?: \(redirected\))?$/, " (redirected)");
  const url = withoutQueryCredentials(target, hop.attachments);
  if (target.origin === hop.url.origin)
    return { method, subject, url, headers: withoutContent(hop.headers), attachments: hop.attachments };
  if (holdsSecret(url.href))
    throw refuse(hop, "was redirected to another origin with a credential in the URL");
  return { method, subject, url, headers: new Headers(), attachments: [] };
}

/** A followed redirect never has a body, so nothing may describe one. */
function withoutContent(headers: Headers): Headers {
  return new Headers([...headers].filter(([name]) => !name.startsWith("content-")));
}

function checkMethod(method: string, hasBody: boolean, connector: Connector): void {
  const unsupported = /^(?:CONNECT|TRACK)$/.test(method) || !/^[A-Z][A-Z-]*$/.test(method);
  if (unsupported) throw new MCSError("MCS_UNSUPPORTED", "The request's method cannot be sent.");
  if (!connector.canSend(method, hasBody)) {
    const what = hasBody ? `A ${method} request with a body` : `A ${method} request`;
    throw new MCSError("MCS_UNSUPPORTED", `${what} cannot be sent from this runtime.`);
  }
}

/**
 * Credentials go neither into a request that is sent back as it came (RFC 9110, section 9.3.8), nor in clear over a
 * network, unless the operator named that.
 */
function checkCarrier(method: string, url: URL, allowed: Settings["allowedOrigins"]): void {
  if (method === "TRACE")
    throw new MCSError(
      "MCS_EGRESS_REFUSED",
      "A TRACE request cannot carry credentials: the server sends them back.",
    );
  const isLoopback = /^(?:localhost|127\.\d+\.\d+\.\d+|\[::1\])$/.test(url.hostname);
  if (url.protocol === "https:" || isLoopback || allowed.get(url.origin)?.plainHttp === true) return;
  throw new MCSError(
    "MCS_EGRESS_REFUSED",
    `A credential would go to ${url.origin} in clear. To allow it: allowedOrigins: ["${url.origin}"]`,
  );
}

function refuse(hop: Hop, what: string): MCSError {
  return new MCSError("MCS_EGRESS_REFUSED", `${hop.subject} ${what}.`, {
    fault: "remote",
    hint: "Report it to the operator: redirects are followed to allowed origins only.",
  });
}
