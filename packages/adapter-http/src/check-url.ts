import { MCSError } from "@mcs/core";

/**
 * Reads the URL of a request, and refuses one that says something else to a parser than it says to a reader: what was
 * checked has to be what is sent.
 *
 * @throws {MCSError} `MCS_EGRESS_REFUSED`, without the text of the URL.
 * @see WHATWG URL, 4.4 (parsers drop tabs, turn `\` into `/`, and resolve `..` and `%2e%2e`)
 */
export function checkUrl(text: string): URL {
  const parts =
    /^https?:\/\/(?<authority>[^/?#]*)(?<path>[^?#]*)(?<query>\?[^#]*)?(?<fragment>#.*)?$/isu.exec(
      text,
    )?.groups;
  const url = URL.parse(text);
  if (parts === undefined || url === null) throw refuse("must be an absolute http or https URL");
  const { authority = "", path = "", query = "", fragment } = parts;
  if (authority.includes("@")) throw refuse("must not carry a user name or password");
  if (fragment !== undefined) throw refuse("must not carry a fragment: percent-encode # as %23");
  // encodeURIComponent leaves ' alone, and the parser writes it as %27, which means the same.
  const isUnchanged =
    url.pathname === (path || "/") && (url.search || "?") === (query || "?").replaceAll("'", "%27");
  if (!isUnchanged)
    throw refuse("would be rewritten by a URL parser: percent-encode every part of its path and query");
  return url;
}

/** @throws {MCSError} `MCS_EGRESS_REFUSED` with the line that would allow it. */
export function checkAllowed(origin: string, allowed: ReadonlyMap<string, unknown>, subject: string): void {
  if (allowed.has(origin)) return;
  throw new MCSError(
    "MCS_EGRESS_REFUSED",
    `${subject} ${origin}, an origin that is not allowed. To allow it: allowedOrigins: ["${origin}"]`,
  );
}

function refuse(what: string): MCSError {
  return new MCSError("MCS_EGRESS_REFUSED", `The URL of the request ${what}.`, {
    fault: "driver",
    hint: "Report it to the operator: the driver wrote this URL.",
  });
}
