import { MCSError, type MCSErrorCode } from "@mcs/core";
import type { Scrubber } from "@mcs/secrets";
import type { NodemailerError } from "nodemailer";
import type { MailAccount } from "./mail-account.ts";
import type { RefusedRecipient } from "./ports.ts";
import { toTlsFailure } from "./tls-failure.ts";

const maxReasonLength = 200;
const callLater = "The refusal is a temporary one: call again later.";

/** What nodemailer puts on its errors; `originalCode` is Node's. */
type SmtpErrorFields = Partial<NodemailerError> & { readonly originalCode?: string };

/** Whether the server itself said no, so that nothing was sent. */
export function isFinalAnswer(error: unknown): boolean {
  const { responseCode } = Object(error) as SmtpErrorFields;
  return responseCode !== undefined && responseCode >= 400;
}

/** Who was refused, and in which words. */
export function toRefused(
  errors: readonly NodemailerError[] | undefined,
  scrubber: Scrubber,
): RefusedRecipient[] {
  return (errors ?? []).map(({ recipient, response }) => ({
    address: recipient ?? "",
    reason: toReason(response, scrubber),
  }));
}

/** Says in the contract's words why an SMTP server did not take a message: nothing was sent. */
export function toSmtpFailure(error: unknown, { host, port }: MailAccount, scrubber: Scrubber): MCSError {
  const server = `${host}:${port}`;
  const tls = toTlsFailure(error, server);
  if (tls !== undefined) return tls;
  const [code, message, hint] = describe(Object(error) as SmtpErrorFields, server, scrubber);
  return new MCSError(code, `Not sent: ${message}.`, {
    effect: "none",
    ...(hint !== undefined && { hint }),
    cause: error,
  });
}

function describe(
  fields: SmtpErrorFields,
  server: string,
  scrubber: Scrubber,
): [code: MCSErrorCode, message: string, hint?: string | undefined] {
  const { code, originalCode, responseCode, response, rejectedErrors = [] } = fields;
  const isTemporary = responseCode !== undefined && responseCode < 500;
  if (rejectedErrors.length > 0) {
    const refused = toRefused(rejectedErrors, scrubber).map(
      ({ address, reason }) => `${address} (${reason})`,
    );
    const hint = isTemporary ? callLater : "Check the addresses.";
    return ["MCS_REMOTE", `${server} refused every recipient: ${refused.join("; ")}`, hint];
  }
  if (code === "EAUTH" && !isTemporary) {
    const hint = "The operator has to renew the credential; then the same call can be made again.";
    return ["MCS_AUTH_REQUIRED", `${server} refused the login`, hint];
  }
  if (code === "EMESSAGE" && (responseCode === undefined || responseCode === 552)) {
    return ["MCS_TOO_LARGE", `the message is too large for ${server}`, "Shorten the text."];
  }
  if (response !== undefined) {
    return [
      "MCS_REMOTE",
      `${server} refused, ${toReason(response, scrubber)}`,
      isTemporary ? callLater : undefined,
    ];
  }
  if (code === "ETIMEDOUT") return ["MCS_TIMEOUT", `${server} did not answer in time`];
  return ["MCS_TRANSPORT", `the connection to ${server} failed, ${originalCode ?? code ?? "it ended"}`];
}

/** A server's words, as one line of a bounded length. Scrubbed first: part of a secret would not be found in what is left. */
function toReason(response = "no reason given", scrubber: Scrubber): string {
  return scrubber
    .text(response)
    .replaceAll(/\p{Cc}+/gu, " ")
    .slice(0, maxReasonLength);
}
