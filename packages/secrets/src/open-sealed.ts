import { MCSError } from "@mcs/core";
import { isSecret, unseal, type SealedValue, type Secret } from "./secret.ts";

/** @throws {MCSError} `MCS_DRIVER_FAULT` if it is no secret, or sealed by another installed copy of this package. */
export function openSealed(secret: Secret): SealedValue {
  if (!isSecret(secret)) {
    throw new MCSError("MCS_DRIVER_FAULT", `A ${typeof secret} was given where a Secret is needed.`, {
      effect: "none",
      hint: "Seal the value: `new Secret(value, label)` of @mcs/secrets.",
    });
  }
  const sealed = unseal(secret);
  if (sealed !== undefined) return sealed;
  throw new MCSError(
    "MCS_DRIVER_FAULT",
    "A secret was sealed by another installed copy of @mcs/secrets, and only that copy can open it.",
    {
      effect: "none",
      hint: "Install one version of @mcs/secrets: `npm ls @mcs/secrets` shows which there are.",
    },
  );
}
