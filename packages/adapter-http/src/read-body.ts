import { MCSError } from "@mcs/core";
import type { CallLimit } from "./call-limit.ts";
import type { Answer } from "./connector.ts";
import { encodingsOf } from "./content-encodings.ts";

/** More layers of compression serve nobody but a bomb. */
const mostEncodings = 2;

/**
 * Reads a body, decoded by the connector, and lets go of the connection as soon as it is not wanted any more.
 *
 * @param subject - What the answer is to, for messages.
 * @throws {MCSError} `MCS_TOO_LARGE`; whatever the connector throws if the connection breaks; the signal's reason.
 */
export async function* readChunks(
  answer: Answer,
  maxBytes: number,
  limit: CallLimit,
  subject: string,
): AsyncGenerator<Uint8Array, void> {
  if (answer.body === undefined) return;
  const chunks = answer.body[Symbol.asyncIterator]();
  try {
    limit.signal.throwIfAborted();
    checkEncodings(answer, subject);
    let size = 0;
    for (;;) {
      const chunk = await limit.within(chunks.next());
      if (chunk.done === true) break;
      size += chunk.value.length;
      if (size > maxBytes)
        throw new MCSError("MCS_TOO_LARGE", `${subject} answered with more than ${maxBytes} bytes.`);
      yield chunk.value;
    }
    limit.signal.throwIfAborted();
  } finally {
    answer.release();
    void chunks.return?.().catch(() => undefined);
  }
}

function checkEncodings({ headers }: Answer, subject: string): void {
  const { length } = encodingsOf(headers);
  if (length <= mostEncodings) return;
  throw new MCSError("MCS_TRANSPORT", `${subject} answered in ${length} layers of compression.`);
}

export function concatenate(chunks: readonly Uint8Array[]): Uint8Array {
  const body = new Uint8Array(chunks.reduce((size, { length }) => size + length, 0));
  let offset = 0;
  for (const chunk of chunks) {
    body.set(chunk, offset);
    offset += chunk.length;
  }
  return body;
}
