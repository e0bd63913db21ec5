import {
  isMCSError,
  MCSError,
  type BoundCredential,
  type CallContext,
  type CredentialProvider,
} from "@mcs/core";
import { isSecret, type Secret } from "@mcs/secrets";
import { isObject, textOf } from "../json.ts";

/** A credential that a provider gave. */
export interface ProvidedCredential {
  readonly secret: Secret;
  /** Says that it was refused. Absent: there is no other. */
  readonly invalidate?: () => Promise<void>;
}

/**
 * Gets a credential for one origin from the provider in `ports`.
 *
 * @throws {MCSError} `MCS_AUTH_REQUIRED` if somebody has to sign in first; `MCS_EGRESS_REFUSED` if what the provider gives
 *   is not for that origin.
 */
export async function askProvider(
  provider: CredentialProvider,
  origin: string,
  scopes: readonly string[],
  { principal, signal }: CallContext,
): Promise<ProvidedCredential> {
  const request = {
    audience: origin,
    ...(principal !== undefined && { principal }),
    ...(scopes.length > 0 && { scopes }),
    ...(signal !== undefined && { signal }),
  };
  const given: BoundCredential = await provider.get(request).catch((error: unknown) => {
    throw toChallenge(error);
  });
  const { secret, origins } = given;
  if (!isSecret(secret))
    throw new MCSError("MCS_INVALID_CONFIG", "The credential provider gave what is no Secret.");
  if (origins.includes(origin)) {
    const canRenew = provider.invalidate !== undefined;
    return { secret, ...(canRenew && { invalidate: async () => provider.invalidate?.(request, given) }) };
  }
  throw new MCSError("MCS_EGRESS_REFUSED", `The credential provider's credential is not for ${origin}.`);
}

/** An `AuthChallenge` says where a person can sign in. */
function toChallenge(error: unknown): unknown {
  if (isMCSError(error) || !isObject(error)) return error;
  const url = textOf(error["url"]);
  const message = textOf(error["message"]);
  if (url === undefined || message === undefined) return error;
  const code = textOf(error["code"]);
  const hint = `Sign in at ${url}${code === undefined ? "" : ` with the code ${code}`}, then call again.`;
  const scope = textOf(error["scope"]);
  const challenge = {
    url,
    message,
    ...(code !== undefined && { code }),
    ...(scope !== undefined && { scope }),
  };
  return new MCSError("MCS_AUTH_REQUIRED", message, { hint, challenge });
}
