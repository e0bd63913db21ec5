export { createScrubber, type Scrubber } from "./scrubber.ts";
export { isSecret, Secret, type SecretOptions } from "./secret.ts";
export type { TextStream } from "./text-stream.ts";
