import { MCSError } from "@mcs/core";
import type { MailboxPort, MailQuery, MessageSummary, OutgoingMail, SubmissionPort } from "../src/index.ts";

export interface MemoryMessage {
  readonly raw: string;
  readonly subject: string;
}

/** An INBOX in memory; a message's UID is its place in the list, from 1. */
export function memoryMailbox(
  messages: readonly MemoryMessage[],
  hasSent: MailboxPort["hasSent"] = async () => false,
): MailboxPort & { readonly queries: MailQuery[] } {
  const queries: MailQuery[] = [];
  const received = new Date("2026-11-20T10:00:00Z");
  return {
    queries,
    hasSent,
    async find(query) {
      queries.push(query);
      const { folder, olderThan, limit } = query;
      if (folder !== "INBOX") throw new MCSError("MCS_NOT_FOUND", `There is no folder "${folder}".`);
      const all = messages.map(({ subject, raw }, index): MessageSummary => ({
        key: { folder, uidValidity: "7", uid: index + 1 },
        from: [{ address: "bob@example.test" }],
        to: [{ address: "alice@example.test" }],
        subject,
        received,
        unread: true,
        size: raw.length,
      }));
      const older = all.filter(({ key }) => key.uid < (olderThan?.uid ?? Infinity)).toReversed();
      return { messages: older.slice(0, limit), more: older.length > limit, inFolder: messages.length };
    },
    async fetch({ uid }) {
      const message = messages[uid - 1];
      if (message === undefined) throw new MCSError("MCS_NOT_FOUND", "The message is not there any more.");
      return { bytes: new TextEncoder().encode(message.raw), received, unread: true };
    },
  };
}

/** Takes everything, and remembers it. */
export function memorySubmission(): SubmissionPort & { readonly sent: OutgoingMail[] } {
  const sent: OutgoingMail[] = [];
  return {
    sent,
    async submit(mail) {
      sent.push(mail);
      return { accepted: [...mail.to, ...mail.cc, ...mail.bcc], refused: [] };
    },
  };
}
