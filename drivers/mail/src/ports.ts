import type { DriverPorts } from "@mcs/core";
import type { MessageKey } from "./message-key.ts";

/** The live things that a {@link MailDriver} takes, beside its configuration. */
export interface MailPorts extends Pick<DriverPorts, "clock" | "logger" | "store"> {
  /** Stands in for the IMAP server of the configuration. */
  readonly mailbox?: MailboxPort;
  /** Stands in for the SMTP server of the configuration. */
  readonly submission?: SubmissionPort;
}

/** The life of the call that an operation belongs to. */
export interface PortContext {
  /** Fires at the deadline, too. What is on the wire ends with it. */
  readonly signal: AbortSignal;
}

/** A sender or recipient as a header names it. The name is whatever the sender wrote. */
export interface MailAddress {
  readonly name?: string;
  readonly address: string;
}

/** What has to hold for a message to be found; all of it. Texts are parts of what they are looked for in. */
export interface SearchCriteria {
  readonly from?: string;
  readonly to?: string;
  readonly subject?: string;
  /** Anywhere in headers or body. */
  readonly text?: string;
  /** Arrived at or after this moment. */
  readonly since?: Date;
  /** Arrived before this moment. */
  readonly before?: Date;
  readonly unread?: boolean;
}

export interface MailQuery {
  readonly folder: string;
  readonly criteria: SearchCriteria;
  /** Only messages that came into the folder before this one. */
  readonly olderThan?: MessageKey;
  readonly limit: number;
}

export interface MessageSummary {
  readonly key: MessageKey;
  readonly from: readonly MailAddress[];
  readonly to: readonly MailAddress[];
  readonly subject: string;
  /** When it arrived. */
  readonly received: Date;
  readonly unread: boolean;
  /** Bytes. */
  readonly size: number;
}

export interface MessagePage {
  /** The one that came into the folder last stands first. */
  readonly messages: readonly MessageSummary[];
  /** Whether there are older ones that match. */
  readonly more: boolean;
  /** Messages in the folder, whether or not they match. */
  readonly inFolder: number;
}

export interface RawMessage {
  readonly bytes: Uint8Array;
  readonly received: Date;
  readonly unread: boolean;
}

/** Reads a mailbox and changes nothing in it, not even what counts as read. */
export interface MailboxPort {
  /** @throws {MCSError} `MCS_NOT_FOUND` (no such folder), `MCS_CONFLICT` (the folder was made anew). */
  find(query: MailQuery, context: PortContext): Promise<MessagePage>;
  /** @throws {MCSError} `MCS_NOT_FOUND`, `MCS_CONFLICT`, `MCS_TOO_LARGE`. */
  fetch(key: MessageKey, context: PortContext): Promise<RawMessage>;
  /**
   * Whether the folder for sent mail has a message with this Message-ID. `false` proves nothing: not every server puts what
   * it sends there.
   */
  hasSent(messageId: string, context: PortContext): Promise<boolean>;
}

/** A message ready to go. Every address has been checked. */
export interface OutgoingMail {
  readonly from: string;
  readonly to: readonly string[];
  readonly cc: readonly string[];
  readonly bcc: readonly string[];
  readonly subject: string;
  readonly text: string;
  /** With its angle brackets. */
  readonly messageId: string;
  readonly date: Date;
}

export interface RefusedRecipient {
  readonly address: string;
  /** The server's words. */
  readonly reason: string;
}

export interface SubmissionReceipt {
  readonly accepted: readonly string[];
  readonly refused: readonly RefusedRecipient[];
  /** The Message-ID that the server put in the place of ours, where it says so (Microsoft 365, Amazon SES). */
  readonly serverMessageId?: string;
}

/** Hands messages to a server for delivery. */
export interface SubmissionPort {
  /**
   * Tries once.
   *
   * @returns The server took the message, for one recipient at least.
   * @throws {MCSError} `MCS_EFFECT_UNKNOWN` if the message had gone out and the server's answer never came; with any
   *   other code nothing was sent.
   */
  submit(mail: OutgoingMail, context: PortContext): Promise<SubmissionReceipt>;
}
