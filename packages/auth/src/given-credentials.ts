import { MCSError, type BoundCredential, type CredentialProvider } from "@mcs/core";
import { sealCredential } from "@mcs/kit/config";
import { isSecret, type Secret } from "@mcs/secrets";
import { toOrigin } from "./to-origin.ts";

/** A credential that the operator has already. */
export interface GivenCredential {
  /** The only origins that may see it, each as `https://api.example`. */
  readonly origins: readonly string[];
  /** Sealed; or a reference, `env:NAME` or `file:PATH`, read anew at each call: what rotates in a file needs no restart. */
  readonly credential: Secret | string;
  /** Whose it is. Default: everybody's who has none of their own for that origin. */
  readonly principal?: string;
}

/**
 * Gives what the operator gave: values, environment variables, files.
 *
 * @throws {MCSError} `MCS_INVALID_CONFIG` that names the entry at fault: a text that is no reference, no origin. `get` then
 *   throws `MCS_AUTH_REQUIRED` where nothing fits, and `MCS_INVALID_CONFIG` for a variable or file that is not there.
 */
export function givenCredentials(entries: readonly GivenCredential[]): CredentialProvider {
  const checked = entries.map((entry, index) => check(entry, `credentials[${index}]`));
  return {
    async get({ audience, principal }) {
      const origin = toOrigin(audience, "audience");
      const fitting = checked.filter(({ origins }) => origins.includes(origin));
      const own = fitting.find((entry) => entry.principal !== undefined && entry.principal === principal);
      const found = own ?? fitting.find((entry) => entry.principal === undefined);
      if (found !== undefined) return { secret: found.secret(), origins: found.origins };
      throw new MCSError("MCS_AUTH_REQUIRED", `There is no credential for ${origin}.`);
    },
  };
}

interface Checked extends Pick<BoundCredential, "origins"> {
  readonly principal: string | undefined;
  readonly secret: () => Secret;
}

function check({ origins, credential, principal }: GivenCredential, name: string): Checked {
  const bound = origins.map((origin, index) => toOrigin(origin, `${name}.origins[${index}]`));
  if (isSecret(credential)) return { origins: bound, principal, secret: () => credential };
  if (/^(?:env|file):./.test(credential)) {
    const label = `${name} for ${bound.join(", ")}`;
    return { origins: bound, principal, secret: () => sealCredential(credential, label) };
  }
  throw new MCSError(
    "MCS_INVALID_CONFIG",
    `${name}.credential must be a Secret, or a reference: "env:NAME", "file:PATH".`,
  );
}
