import { MCSError, type ClockPort } from "@mcs/core";
import { defineTool, type DefinedTool } from "@mcs/kit";
import type { EffectLedger, ProbeAnswer } from "@mcs/kit/ledger";
import { randomUUID } from "node:crypto";
import * as z from "zod";
import { isAllowedRecipient, isMailAddress } from "../mail-address.ts";
import { oneLine } from "../one-line.ts";
import type { MailboxPort, PortContext, SubmissionPort } from "../ports.ts";

export interface MailSendOptions {
  /** Where it is written down what is sent, so that nothing is sent twice. */
  readonly ledger: EffectLedger;
  /** Where it is looked up whether a mail was sent whose answer was lost. */
  readonly mailbox?: MailboxPort | undefined;
  readonly from: string;
  /** Absent: everybody. */
  readonly allowedRecipients?: readonly string[] | undefined;
  /** To, Cc and Bcc together. */
  readonly maxRecipients: number;
  readonly clock?: ClockPort | undefined;
}

const address = z
  .string()
  .refine(isMailAddress, "must be one plain address, local@domain")
  .meta({ format: "email" });

/** What has to stay the same if a call is repeated: the Message-ID above all, and the milliseconds of its date. */
type Stamp = { readonly messageId: string; readonly sentAt: number };

/** Sends one plain-text message, once. */
export function mailSend(submission: SubmissionPort, options: MailSendOptions): DefinedTool {
  const { ledger, mailbox, from, allowedRecipients, maxRecipients, clock = Date } = options;
  const addresses = z.array(address).max(maxRecipients);
  return defineTool({
    name: "mail_send",
    description: `Send one plain-text message from ${from}. It cannot be taken back.`,
    annotations: { readOnly: false, destructive: false, idempotent: false, openWorld: true },
    parameters: z
      .strictObject({
        to: addresses.min(1).describe("Plain addresses, without names"),
        cc: addresses.default([]),
        bcc: addresses.default([]).describe("Recipients that the others do not see"),
        subject: oneLine(900),
        text: z.string(),
      })
      .refine(({ to, cc, bcc }) => to.length + cc.length + bcc.length <= maxRecipients, {
        path: ["to"],
        message: `and cc and bcc together must be at most ${maxRecipients} addresses`,
      }),
    execute(mail, context) {
      requireAllowed([...mail.to, ...mail.cc, ...mail.bcc], allowedRecipients);
      const messageId = `<${randomUUID()}@${from.slice(from.indexOf("@") + 1)}>`;
      return ledger.run<Stamp>(
        {
          tool: "mail_send",
          args: mail,
          details: { messageId, sentAt: clock.now() },
          async perform({ details }) {
            const date = new Date(details.sentAt);
            const outgoing = { ...mail, from, messageId: details.messageId, date };
            const sent = await submission.submit(outgoing, { signal: context.signal });
            return { messageId: details.messageId, ...sent };
          },
          ...(mailbox !== undefined && {
            probe: ({ details }, probing) => lookUp(mailbox, details.messageId, probing),
          }),
          lookFor: ({ details }) =>
            `Do not send it again; first look for the Message-ID ${details.messageId}.`,
        },
        context,
      );
    },
  });
}

/** Where servers put what they send into a folder, it can be found there; its absence proves nothing. */
async function lookUp(mailbox: MailboxPort, messageId: string, context: PortContext): Promise<ProbeAnswer> {
  return (await mailbox.hasSent(messageId, context))
    ? { outcome: "done", result: { messageId, foundIn: "the folder for sent mail" } }
    : { outcome: "unknown" };
}

function requireAllowed(recipients: readonly string[], rules: readonly string[] | undefined): void {
  const refused = recipients.filter(
    (recipient) => rules !== undefined && !isAllowedRecipient(recipient, rules),
  );
  if (refused.length === 0) return;
  throw new MCSError("MCS_PERMISSION_DENIED", `Not sent: mail to ${refused.join(", ")} is not allowed.`, {
    hint: "Leave them out, or ask the operator to allow them.",
  });
}
