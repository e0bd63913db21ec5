import { isMCSError, MCSError } from "@mcs/core";
import { createScrubber } from "@mcs/secrets";
import type { SMTPConnectionSendInfo } from "nodemailer/lib/smtp-connection";
import { Readable } from "node:stream";
import { composeMessage } from "./compose-message.ts";
import type { MailAccount } from "./mail-account.ts";
import type { OutgoingMail, PortContext, SubmissionPort, SubmissionReceipt } from "./ports.ts";
import { isFinalAnswer, toSmtpFailure, toRefused } from "./smtp-failure.ts";
import { withSmtp } from "./smtp-session.ts";

/** A server, and the largest message to give to it, in bytes. */
export interface SubmissionServer {
  readonly account: MailAccount;
  readonly messageBytes: number;
}

/** Hands mail to an SMTP server: one connection a mail, one attempt. */
export function smtpSubmission({ account, messageBytes }: SubmissionServer): SubmissionPort {
  const { credential } = account;
  const scrubber = createScrubber(() => (credential === undefined ? [] : [credential.secret]));
  return {
    async submit(mail: OutgoingMail, context: PortContext): Promise<SubmissionReceipt> {
      const bytes = await composeMessage(mail);
      if (bytes.length > messageBytes) {
        throw new MCSError(
          "MCS_TOO_LARGE",
          `The message has ${bytes.length} bytes; at most ${messageBytes} can be sent.`,
          { effect: "none", hint: "Shorten the text." },
        );
      }
      let isHandedOver = false;
      const message = Readable.from([bytes]).once("end", () => {
        // What comes next on the wire is the final dot: from here on the server may have accepted the message.
        isHandedOver = true;
      });
      try {
        const envelope = { from: mail.from, to: recipientsOf(mail), size: bytes.length };
        const info = await withSmtp(account, context, (session) =>
          session.step<SMTPConnectionSendInfo>((smtp, done) => smtp.send(envelope, message, done)),
        );
        const { accepted, rejectedErrors, serverMessageId } = info;
        return {
          accepted,
          refused: toRefused(rejectedErrors, scrubber),
          ...(serverMessageId !== undefined && { serverMessageId }),
        };
      } catch (error) {
        if (isHandedOver && !isFinalAnswer(error)) throw unknownOutcome(mail, error);
        throw isMCSError(error) ? withoutEffect(error) : toSmtpFailure(error, account, scrubber);
      }
    },
  };
}

/** Each once: a server may deliver twice to who is named twice. */
function recipientsOf({ to, cc, bcc }: OutgoingMail): string[] {
  return [...new Set([...to, ...cc, ...bcc])];
}

function unknownOutcome({ messageId }: OutgoingMail, cause: unknown): MCSError {
  return new MCSError("MCS_EFFECT_UNKNOWN", "The mail went out, but the server's answer never came.", {
    hint: `It may or may not have been sent: do not send it again. Its Message-ID is ${messageId}; look for that first.`,
    cause,
  });
}

/** A deadline or an abort leaves it open what happened; here it is known. */
function withoutEffect({ code, message, fault, hint, cause }: MCSError): MCSError {
  return new MCSError(code, message, { fault, hint, effect: "none", cause });
}
