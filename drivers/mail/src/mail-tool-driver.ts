import { MCSError, type MCSToolDriver } from "@mcs/core";
import { createToolDriver, type DefinedTool } from "@mcs/kit";
import { parseConfig } from "@mcs/kit/config";
import { createEffectLedger } from "@mcs/kit/ledger";
import { memoryStore } from "@mcs/kit/store";
import { createScrubber } from "@mcs/secrets";
import { imapMailbox } from "./imap-mailbox.ts";
import { openAccount } from "./mail-account.ts";
import { MailConfig, mailCredentials } from "./mail-config.ts";
import { mailMeta } from "./meta.ts";
import type { MailPorts } from "./ports.ts";
import { smtpSubmission } from "./smtp-submission.ts";
import { mailList } from "./tools/mail-list.ts";
import { mailRead } from "./tools/mail-read.ts";
import { mailSearch } from "./tools/mail-search.ts";
import { mailSend } from "./tools/mail-send.ts";

/**
 * The tools alone, for programs without a model. There are those that the configuration can serve: with `imap` alone
 * nothing can be sent, with `smtp` alone nothing can be read.
 *
 * @throws {MCSError} `MCS_INVALID_CONFIG` that names every key at fault.
 */
export function createMailToolDriver(config: MailConfig, ports: MailPorts = {}): MCSToolDriver {
  const { imap, smtp, from, allowedRecipients, limits } = parseConfig(MailConfig, config, {
    credentials: mailCredentials,
  });
  const { messageBytes, recipients, timeoutMs } = limits;
  const reading = imap && openAccount(imap, "imap");
  const sending = smtp && openAccount(smtp, "smtp");
  const mailbox = ports.mailbox ?? (reading && imapMailbox({ account: reading, messageBytes }));
  const submission = ports.submission ?? (sending && smtpSubmission({ account: sending, messageBytes }));

  const secrets = [reading, sending].flatMap((account) => account?.credential?.secret ?? []);
  const scrubber = createScrubber(() => secrets);

  const tools: DefinedTool[] = [];
  if (mailbox !== undefined)
    tools.push(mailList(mailbox), mailSearch(mailbox), mailRead(mailbox, ports.store, scrubber));
  if (submission !== undefined && from !== undefined) {
    const { clock, logger, store = memoryStore(clock && { clock }) } = ports;
    const ledger = createEffectLedger({ store, clock, logger });
    tools.push(
      mailSend(submission, { ledger, mailbox, from, allowedRecipients, maxRecipients: recipients, clock }),
    );
  }
  if (tools.length === 0)
    throw new MCSError("MCS_INVALID_CONFIG", "Configure `imap`, or `smtp` with `from`.");

  return createToolDriver({ meta: mailMeta, tools, secrets: () => secrets, timeoutMs }, ports);
}
