import { MCSError } from "@mcs/core";
import type { HostAddress, Network } from "../connector.ts";
import { classify, type AddressClass } from "./address-class.ts";

const admitted: Readonly<Record<Network, readonly AddressClass[]>> = {
  public: ["public"],
  private: ["public", "private"],
  any: ["public", "private", "metadata", "reserved"],
};

const names: Readonly<Record<AddressClass, string>> = {
  public: "public",
  private: "private",
  metadata: "link-local or metadata",
  reserved: "reserved",
};

/**
 * Holds an origin's addresses against what it may have: each of them, because any may be dialled. A name that was public
 * once stays so, and a name is public or it is not: what changes in between is a rebinding, whoever named the origin.
 *
 * @param wasPublic - Origins found public before; this one is added if it is.
 * @throws {MCSError} `MCS_EGRESS_REFUSED`. The message has no address: it goes to the model.
 */
export function checkAddresses(
  origin: string,
  addresses: readonly HostAddress[],
  network: Network,
  wasPublic: Set<string>,
): void {
  const classes = addresses.map(({ address }) => classify(address));
  const refused = classes.find((found) => !admitted[network].includes(found));
  if (refused !== undefined) {
    throw refuse(
      `${origin} has a ${names[refused]} address, where requests to it may not go.`,
      `If that is meant, the operator names it: allowedOrigins: ["${origin}"]`,
    );
  }
  const isPublic = classes.every((found) => found === "public");
  const isMixed = !isPublic && classes.includes("public");
  if (isMixed || (!isPublic && wasPublic.has(origin))) {
    throw refuse(
      `${origin} has public and private addresses ${isMixed ? "at once" : "in turn"}, as in an attack by DNS rebinding.`,
      "The operator has to look at the name's DNS records.",
    );
  }
  if (isPublic) wasPublic.add(origin);
}

function refuse(message: string, hint: string): MCSError {
  return new MCSError("MCS_EGRESS_REFUSED", message, { fault: "permission", hint });
}
