import { allFormats } from "@mcs/llm/formats";
import { createToolCallStream } from "@mcs/llm/stream";
import type { LlmAnswer } from "@mcs/core";

/** The answer that `createToolCallStream` puts together from a client's events. */
export async function assembled(events: AsyncIterable<object>): Promise<LlmAnswer> {
  const stream = createToolCallStream({ tools: [], formats: allFormats });
  for await (const event of events) stream.push(event);
  return stream.end().answer;
}
