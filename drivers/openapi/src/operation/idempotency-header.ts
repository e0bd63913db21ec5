import { isSafe } from "./annotate.ts";
import type { OperationEntry, OperationParameter } from "./operation.ts";

/** As most APIs call it. draft-ietf-httpapi-idempotency-key-header */
const usualName = /^(?:x-)?idempotency-?key$/i;

/**
 * The header in which a writing operation takes a key that tells a repeated request from a new one: the one that the operator
 * names, or one that the document declares. Its value is the call's, never the model's.
 */
export function idempotencyHeaderOf(
  { method }: OperationEntry,
  parameters: readonly OperationParameter[],
  named: string | undefined,
): string | undefined {
  if (isSafe(method)) return undefined;
  const declared = parameters.find(({ location, name }) => location === "header" && usualName.test(name));
  return named ?? declared?.name;
}
