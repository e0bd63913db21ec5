import { pipeline, Readable, type Transform } from "node:stream";
import { createBrotliDecompress, createGunzip, createInflate } from "node:zlib";

/** What this client asks for. */
export const acceptedEncodings = "gzip, br";

/** RFC 9110, section 8.4.1. What is not here is handed on as it came. */
const decoders: Readonly<Record<string, () => Transform>> = {
  gzip: createGunzip,
  "x-gzip": createGunzip,
  deflate: createInflate,
  br: createBrotliDecompress,
};

/**
 * Decodes a body. One that ends before its compression does fails; an empty one is empty, whatever its encoding.
 *
 * @param encodings - In the order in which they were applied.
 */
export async function* decodeBody(
  body: Readable,
  encodings: readonly string[],
): AsyncGenerator<Uint8Array, void> {
  const chain = encodings.toReversed().flatMap((name) => decoders[name]?.() ?? []);
  const chunks: AsyncIterator<Uint8Array> = body[Symbol.asyncIterator]();
  try {
    const first = await chunks.next();
    if (first.done === true) return;
    const rest = startingWith(first.value, chunks);
    if (chain.length === 0) yield* rest;
    else yield* pipe(Readable.from(rest, { objectMode: false }), chain);
  } finally {
    body.destroy();
    for (const decoder of chain) decoder.destroy();
  }
}

/** Whatever fails in the chain ends all of it, and is what the reader gets. */
function pipe(source: Readable, chain: readonly Transform[]): AsyncIterable<Uint8Array> {
  return pipeline([source, ...chain], () => undefined) as unknown as Readable;
}

async function* startingWith(
  first: Uint8Array,
  rest: AsyncIterator<Uint8Array>,
): AsyncGenerator<Uint8Array, void> {
  yield first;
  for (let next = await rest.next(); next.done !== true; next = await rest.next()) yield next.value;
}
