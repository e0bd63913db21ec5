import { openSealed } from "./open-sealed.ts";
import type { Secret } from "./secret.ts";

/**
 * Opens a sealed value. For connectors only: what sends a credential over the wire, and nothing else.
 *
 * @throws {MCSError} `MCS_DRIVER_FAULT` if it is no secret, or sealed by another installed copy of this package.
 */
export function openSecret(secret: Secret): string {
  return openSealed(secret).value;
}
