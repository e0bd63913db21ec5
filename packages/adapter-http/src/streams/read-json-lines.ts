import { MCSError } from "@mcs/core";
import { MessageCount, type StreamLimits } from "./stream-limits.ts";

/**
 * Reads JSON values, one on each line (NDJSON, JSON Lines). Empty lines mean nothing. Leaving the loop over them ends the
 * body.
 *
 * @throws {MCSError} `MCS_TOO_LARGE` for more than the limits; `MCS_TRANSPORT` for a line that is not JSON, without its text;
 *   whatever reading the body throws.
 */
export async function* readJsonLines(
  body: AsyncIterable<Uint8Array>,
  limits: StreamLimits = {},
): AsyncGenerator<unknown, void> {
  const count = new MessageCount(limits);
  const decoder = new TextDecoder();
  let rest = "";
  const parse = (line: string): unknown[] => {
    if (line.trim() === "") return [];
    count.add(line.length);
    return [parseLine(line)];
  };
  for await (const chunk of body) {
    const lines = (rest + decoder.decode(chunk, { stream: true })).split("\n");
    rest = lines.pop() ?? "";
    for (const line of lines) yield* parse(line);
    count.checkLength(rest.length);
  }
  yield* parse(rest + decoder.decode());
}

function parseLine(line: string): unknown {
  try {
    return JSON.parse(line) as unknown;
  } catch {
    throw new MCSError("MCS_TRANSPORT", "A line of the stream is not JSON.");
  }
}
