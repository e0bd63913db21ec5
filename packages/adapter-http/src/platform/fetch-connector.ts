import type { Answer, Connector } from "../connector.ts";
import type { FetchPort } from "../http-client-options.ts";

/** Sends by a `fetch`. What the Fetch Standard does not allow, it cannot send: TRACE, and a body with GET or HEAD. */
export function fetchConnector(fetch: FetchPort): Connector {
  return {
    canSend: (method, hasBody) => method !== "TRACE" && !(hasBody && (method === "GET" || method === "HEAD")),
    async send({ method, url, target, headers, body }, signal) {
      const init: RequestInit = {
        method,
        headers,
        ...(body !== undefined && toBody(body)),
        signal,
        redirect: "manual",
        credentials: "omit",
        referrerPolicy: "no-referrer",
      };
      // Beside the request, because a Request's own signal no longer fires once the Request was collected (undici 3644).
      return toAnswer(await fetch(new Request(`${url.origin}${target}`, init), { signal }));
    },
    [Symbol.asyncDispose]: () => Promise.resolve(),
  };
}

/** What comes piece by piece is half-duplex, by the Fetch Standard. */
function toBody(body: Uint8Array | AsyncIterable<Uint8Array>): Pick<RequestInit, "body" | "duplex"> {
  return body instanceof Uint8Array
    ? { body: body as Uint8Array<ArrayBuffer> }
    : { body: toStream(body), duplex: "half" };
}

function toStream(chunks: AsyncIterable<Uint8Array>): ReadableStream<Uint8Array> {
  const iterator = chunks[Symbol.asyncIterator]();
  return new ReadableStream({
    async pull(controller) {
      const next = await iterator.next();
      if (next.done === true) controller.close();
      else controller.enqueue(next.value);
    },
    async cancel() {
      await iterator.return?.();
    },
  });
}

function toAnswer({ status, headers, body, type }: Response): Answer {
  // Taken once, because only its holder can give a stream up that is just being waited for.
  const reader: ReadableStreamDefaultReader<Uint8Array> | undefined = body?.getReader();
  return {
    status,
    headers,
    body: reader === undefined ? undefined : read(reader),
    isOpaque: type === "opaqueredirect",
    release: () => void reader?.cancel().catch(() => undefined),
  };
}

/** Not every browser can iterate over a stream. */
async function* read(reader: ReadableStreamDefaultReader<Uint8Array>): AsyncGenerator<Uint8Array, void> {
  for (let chunk = await reader.read(); !chunk.done; chunk = await reader.read()) yield chunk.value;
}
