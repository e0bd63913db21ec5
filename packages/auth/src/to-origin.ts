import { MCSError } from "@mcs/core";

/**
 * The origin that a text is, and nothing more than an origin.
 *
 * @throws {MCSError} `MCS_INVALID_CONFIG`, which does not quote the text: it may be a URL with a password.
 */
export function toOrigin(text: string, name: string): string {
  const url = URL.parse(text);
  if (url !== null && /^https?:$/.test(url.protocol) && url.href === `${url.origin}/`) return url.origin;
  throw new MCSError("MCS_INVALID_CONFIG", `${name} must be an origin such as "https://api.example".`);
}
