export { streamReaders } from "./streams/stream-readers.ts";
export type { StreamedAnswer, StreamReader } from "./streams/stream-reader.ts";
export {
  createToolCallStream,
  type StreamedReading,
  type StreamOptions,
  type ToolCallStream,
} from "./tool-call-stream.ts";
export { isCompleteToolCall, mightBeToolCall } from "./tool-call-signals.ts";
