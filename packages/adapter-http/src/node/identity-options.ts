import { openSecret } from "@mcs/secrets/open";
import type { SecureContextOptions } from "node:tls";
import type { TlsIdentity } from "../connector.ts";

/** What an identity says, in the words of `node:tls`. */
export function identityOptions(
  identity: TlsIdentity | undefined,
): SecureContextOptions & { readonly rejectUnauthorized: true } {
  const { ca, certificate, key, passphrase } = identity ?? {};
  return {
    // Said here, so that NODE_TLS_REJECT_UNAUTHORIZED does not say otherwise.
    rejectUnauthorized: true,
    ...(ca !== undefined && { ca: [...(typeof ca === "string" ? [ca] : ca)] }),
    ...(certificate !== undefined && { cert: certificate }),
    ...(key !== undefined && { key: openSecret(key) }),
    ...(passphrase !== undefined && { passphrase: openSecret(passphrase) }),
  };
}
