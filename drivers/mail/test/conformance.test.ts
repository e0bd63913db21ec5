import { MCSError } from "@mcs/core";
import { mailServersAvailable, mailServersSkipReason } from "@mcs/mail-servers";
import { describeDriver, type LosingDriver } from "@mcs/testkit";
import { describe } from "vitest";
import { MailDriver, type SubmissionPort } from "../src/index.ts";
import { accountOf } from "./accounts.ts";
import { memoryMailbox, memorySubmission } from "./memory-mail.ts";

describeDriver("MailDriver in memory", {
  create: () =>
    new MailDriver(
      { from: "alice@example.test" },
      {
        mailbox: memoryMailbox([{ subject: "Hi", raw: "Subject: Hi\r\n\r\nHello" }]),
        submission: memorySubmission(),
      },
    ),
  succeeds: { tool: "mail_read", args: { id: "7.1.INBOX" } },
  fails: { tool: "mail_read", args: { id: "7.2.INBOX" }, code: "MCS_NOT_FOUND" },
  loses: {
    tool: "mail_send",
    args: { to: ["bob@example.test"], subject: "Hi", text: "Hello" },
    create: losing,
  },
});

/** A server that takes every message, and whose answer is lost. */
function losing(): LosingDriver {
  const { sent } = memorySubmission();
  const submission: SubmissionPort = {
    async submit(mail) {
      sent.push(mail);
      throw new MCSError("MCS_EFFECT_UNKNOWN", "The mail went out, but the server's answer never came.");
    },
  };
  const driver = new MailDriver({ from: "alice@example.test" }, { submission });
  return { driver, reached: () => sent.length };
}

describe.skipIf(!mailServersAvailable())(`on a real mailbox${mailServersSkipReason()}`, () => {
  describeDriver("MailDriver over IMAP", {
    create: () => new MailDriver({ imap: accountOf("carol").imap }),
    createDetached: () =>
      new MailDriver({ imap: { host: "localhost", port: 1, user: "carol@example.test" } }),
    succeeds: {
      tool: "mail_list",
      args: { folder: "Drafts" },
      result: { folder: "Drafts", messagesInFolder: 0, messages: [], more: false },
    },
    fails: { tool: "mail_list", args: { folder: "No such folder" }, code: "MCS_NOT_FOUND" },
  });
});
