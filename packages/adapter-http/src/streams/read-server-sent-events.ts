import { createParser } from "eventsource-parser";
import { MCSError } from "@mcs/core";
import { MessageCount, type StreamLimits } from "./stream-limits.ts";

/** A message of a server. */
export interface ServerSentEvent {
  /** `message`, if the server gives none. */
  readonly event: string;
  readonly data: string;
  readonly id?: string;
}

/**
 * Reads server-sent events. Comments and `retry` are left out: who connects again is the caller. Leaving the loop over them
 * ends the body.
 *
 * @throws {MCSError} `MCS_TOO_LARGE` for more than the limits; whatever reading the body throws.
 * @see HTML Standard, section 9.2, Server-sent events
 */
export async function* readServerSentEvents(
  body: AsyncIterable<Uint8Array>,
  limits: StreamLimits = {},
): AsyncGenerator<ServerSentEvent, void> {
  const count = new MessageCount(limits);
  const arrived: ServerSentEvent[] = [];
  let isTooLong = false;
  const parser = createParser({
    maxBufferSize: count.longest,
    onEvent: ({ event = "message", data, id }) =>
      void arrived.push({ event, data, ...(id !== undefined && { id }) }),
    onError: ({ type }) => (isTooLong ||= type === "max-buffer-size-exceeded"),
  });
  const decoder = new TextDecoder();
  for await (const chunk of body) {
    parser.feed(decoder.decode(chunk, { stream: true }));
    for (const event of arrived.splice(0)) {
      count.add(event.data.length);
      yield event;
    }
    if (isTooLong)
      throw new MCSError(
        "MCS_TOO_LARGE",
        `An event of the stream has more than ${count.longest} characters.`,
      );
  }
}
