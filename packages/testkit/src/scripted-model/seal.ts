import { createHash } from "node:crypto";

/**
 * What stands for a provider's signature or encrypted reasoning: opaque to a client, the same every time, and bound to
 * what it is about, so that a change of either shows without anything being kept.
 */
export function seal(model: string, content: string): string {
  return createHash("sha256").update(`${model}\n${content}`).digest("base64");
}
