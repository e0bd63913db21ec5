/// <reference lib="esnext.disposable" preserve="true" />
import type { HttpCredential } from "./http-credential.ts";

/** What to send. Nothing in it is a secret, except the sealed values of `credentials`. */
export interface HttpRequest {
  readonly method: string;
  /**
   * Absolute, http or https, of an allowed origin, without user name and fragment. Path and query must already be
   * percent-encoded: a URL that a parser would rewrite (`..`, a space) is refused.
   */
  readonly url: string;
  /** Not for credentials (`Authorization`) and cookies, nor for what the connection decides (`Host`, `Content-Length`). */
  readonly headers?: Readonly<Record<string, string>>;
  /** Cookies that are no credentials: pairs, `name=value`. One with the name of a cookie credential gives way to it. */
  readonly cookies?: readonly string[];
  /**
   * A string is sent as UTF-8. What is sent piece by piece is sent once, never again. `Content-Type` is the caller's to set.
   */
  readonly body?: Uint8Array | string | AsyncIterable<Uint8Array>;
  /** Each bound to the URL's own origin. */
  readonly credentials?: readonly HttpCredential[];
  /** Overrides the client's. Decoded bytes of the answer. */
  readonly maxBytes?: number;
}

/** What came back, whatever its status: the caller judges it. */
export interface HttpResponse {
  /** Where it came from, after redirects, without query credentials. */
  readonly url: string;
  readonly status: number;
  /** Without `Set-Cookie`. `Content-Encoding` and `Content-Length` are the wire's. */
  readonly headers: Headers;
  /** Decoded. */
  readonly body: Uint8Array;
}

/** What is coming back: an {@link HttpResponse} whose body is still on its way. */
export interface HttpStream extends Omit<HttpResponse, "body">, AsyncDisposable {
  /** Decoded, piece by piece, once. Fails as the request does. Leaving the loop over it closes the connection. */
  readonly body: AsyncIterable<Uint8Array>;
}
