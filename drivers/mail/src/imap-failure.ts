import { isMCSError, MCSError } from "@mcs/core";
import type { ImapFlowError } from "imapflow";
import type { MailAccount } from "./mail-account.ts";
import { toTlsFailure } from "./tls-failure.ts";

const timeouts = new Set(["CONNECT_TIMEOUT", "GREETING_TIMEOUT", "UPGRADE_TIMEOUT", "ETIMEOUT", "ETIMEDOUT"]);
const tooLarge = new Set([
  "LiteralTooLarge",
  "LineTooLarge",
  "ResponseTooLarge",
  "TooManyTokens",
  "TooManyResponses",
]);

/** Reasons that may be told; a server could write anything in their place. RFC 5530, section 3 */
const reasons = new Set([
  "AUTHENTICATIONFAILED",
  "AUTHORIZATIONFAILED",
  "CANNOT",
  "CONTACTADMIN",
  "CORRUPTION",
  "EXPIRED",
  "INUSE",
  "LIMIT",
  "NOPERM",
  "OVERQUOTA",
  "PRIVACYREQUIRED",
  "SERVERBUG",
  "UNAVAILABLE",
]);

/** Says in the contract's words what went wrong with an IMAP server. Reading never has an effect. */
export function toImapFailure(error: unknown, { host, port }: MailAccount): MCSError {
  if (isMCSError(error)) return error;
  const server = `${host}:${port}`;
  const fields = Object(error) as Partial<ImapFlowError>;
  return (
    toTlsFailure(error, server) ??
    toLoginFailure(error, fields, server) ??
    new MCSError(...describe(fields, server), { effect: "none", cause: error })
  );
}

function toLoginFailure(
  error: unknown,
  fields: Partial<ImapFlowError>,
  server: string,
): MCSError | undefined {
  if (fields.authenticationFailed !== true) return undefined;
  // RFC 5530: with another code the login failed for a reason that a new password does not cure.
  const { serverResponseCode: said = "AUTHENTICATIONFAILED" } = fields;
  const reason = reasons.has(said) ? said : "it gives no known reason";
  switch (reason) {
    case "AUTHENTICATIONFAILED":
    case "AUTHORIZATIONFAILED":
    case "EXPIRED":
      return new MCSError("MCS_AUTH_REQUIRED", `${server} refused the login.`, {
        hint: "The operator has to renew the credential; then the same call can be made again.",
        cause: error,
      });
    case "LIMIT":
    case "INUSE":
    case "UNAVAILABLE":
      return new MCSError("MCS_RATE_LIMITED", `${server} accepts no login at the moment: ${reason}.`, {
        cause: error,
      });
    default:
      return new MCSError("MCS_REMOTE", `${server} does not let this login in: ${reason}.`, {
        effect: "none",
        cause: error,
      });
  }
}

function describe(
  { code, responseStatus }: Partial<ImapFlowError>,
  server: string,
): [code: "MCS_TIMEOUT" | "MCS_TOO_LARGE" | "MCS_REMOTE" | "MCS_TRANSPORT", message: string] {
  if (code !== undefined && timeouts.has(code)) return ["MCS_TIMEOUT", `${server} did not answer in time.`];
  if (code !== undefined && tooLarge.has(code)) return ["MCS_TOO_LARGE", `${server} sent too much at once.`];
  if (responseStatus === "NO" || responseStatus === "BAD") {
    return ["MCS_REMOTE", `${server} refused the command.`];
  }
  return ["MCS_TRANSPORT", `The connection to ${server} failed: ${code ?? "no reason given"}.`];
}
