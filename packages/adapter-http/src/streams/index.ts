export { readJsonLines } from "./read-json-lines.ts";
export { readServerSentEvents, type ServerSentEvent } from "./read-server-sent-events.ts";
export type { StreamLimits } from "./stream-limits.ts";
