import { MCSError } from "@mcs/core";
import type {
  FetchMessageObject,
  ImapFlow,
  MailboxObject,
  MessageAddressObject,
  SearchObject,
} from "imapflow";
import { inFolder, requireConnection, type Mailbox } from "./imap-session.ts";
import type { MessageKey } from "./message-key.ts";
import type {
  MailAddress,
  MailboxPort,
  MailQuery,
  MessagePage,
  MessageSummary,
  PortContext,
  RawMessage,
  SearchCriteria,
} from "./ports.ts";

const dayMs = 86_400_000;

/** Reads a mailbox over IMAP. */
export function imapMailbox(mailbox: Mailbox): MailboxPort {
  return {
    find: (query: MailQuery, context: PortContext): Promise<MessagePage> =>
      inFolder(mailbox, query.folder, context, (client, opened) => find(client, opened, query)),
    fetch: (key: MessageKey, context: PortContext): Promise<RawMessage> =>
      inFolder(mailbox, key.folder, context, (client, opened) =>
        fetchRaw(client, opened, key, mailbox.messageBytes),
      ),
    hasSent: (messageId: string, context: PortContext): Promise<boolean> =>
      inFolder(mailbox, "INBOX", context, (client) => hasSent(client, messageId)),
  };
}

/** RFC 6154, 2: the folder with the attribute `\Sent`. */
async function hasSent(client: ImapFlow, messageId: string): Promise<boolean> {
  const folders = await client.list();
  requireConnection(client);
  const sent = folders.find(({ specialUse }) => specialUse === "\\Sent");
  if (sent === undefined) return false;
  await client.mailboxOpen(sent.path, { readOnly: true });
  const uids = await client.search({ header: { "message-id": messageId } }, { uid: true });
  requireConnection(client);
  return Array.isArray(uids) && uids.length > 0;
}

async function find(client: ImapFlow, opened: MailboxObject, query: MailQuery): Promise<MessagePage> {
  const { folder, criteria, olderThan, limit } = query;
  if (olderThan !== undefined) requireSameFolder(opened, olderThan);
  const uids = await searchUids(client, criteria, olderThan);
  const found: MessageSummary[] = [];
  const pageSize = limit + 1;
  for (let end = uids.length; end > 0 && found.length < pageSize; end -= pageSize) {
    const fetched = await fetchSummaries(client, uids.slice(Math.max(0, end - pageSize), end));
    const summaries = fetched.map((message) =>
      toSummary(message, { folder, uidValidity: String(opened.uidValidity) }),
    );
    found.push(...summaries.filter(({ received }) => isBetween(received, criteria)));
  }
  return { messages: found.slice(0, limit), more: found.length > limit, inFolder: opened.exists };
}

/** @returns In ascending order. */
async function searchUids(
  client: ImapFlow,
  criteria: SearchCriteria,
  olderThan: MessageKey | undefined,
): Promise<number[]> {
  if (olderThan?.uid === 1) return [];
  const uids = await client.search(toSearch(criteria, olderThan), { uid: true });
  requireConnection(client);
  if (!Array.isArray(uids))
    throw new MCSError("MCS_REMOTE", "The mail server refused the search.", { effect: "none" });
  return uids;
}

function toSearch({ unread, since, before, ...texts }: SearchCriteria, olderThan?: MessageKey): SearchObject {
  return {
    all: true,
    ...texts,
    ...(unread !== undefined && { seen: !unread }),
    // SINCE and BEFORE compare days of the server's time zone (RFC 9051, 6.4.4), so both go a day too far, and the
    // exact moments are compared here.
    ...(since !== undefined && { since: new Date(since.getTime() - dayMs) }),
    ...(before !== undefined && { before: new Date(before.getTime() + dayMs) }),
    ...(olderThan !== undefined && { uid: `1:${olderThan.uid - 1}` }),
  };
}

function isBetween(moment: Date, { since, before }: SearchCriteria): boolean {
  return (since === undefined || moment >= since) && (before === undefined || moment < before);
}

/** @returns The latest first. Messages that are gone by now are left out. */
async function fetchSummaries(client: ImapFlow, uids: readonly number[]): Promise<FetchMessageObject[]> {
  const wanted = new Set(uids);
  const fields = { uid: true, flags: true, envelope: true, internalDate: true, size: true };
  const fetched = await client.fetchAll([...uids], fields, { uid: true });
  return fetched.filter(({ uid }) => wanted.delete(uid)).toSorted((a, b) => b.uid - a.uid);
}

function toSummary(message: FetchMessageObject, folder: Omit<MessageKey, "uid">): MessageSummary {
  const { uid, envelope } = message;
  return {
    key: { ...folder, uid },
    from: toAddresses(envelope?.from),
    to: toAddresses(envelope?.to),
    subject: envelope?.subject ?? "",
    size: message.size ?? 0,
    ...arrivalOf(message),
  };
}

function arrivalOf({ flags, internalDate }: FetchMessageObject): Pick<RawMessage, "received" | "unread"> {
  if (!(internalDate instanceof Date) || flags === undefined) {
    throw new MCSError("MCS_REMOTE", "The mail server left out what it was asked for.", { effect: "none" });
  }
  return { received: internalDate, unread: !flags.has("\\Seen") };
}

function toAddresses(list: readonly MessageAddressObject[] = []): MailAddress[] {
  return list.flatMap(({ name, address }) => (address ? [{ ...(name && { name }), address }] : []));
}

async function fetchRaw(
  client: ImapFlow,
  opened: MailboxObject,
  key: MessageKey,
  maxBytes: number,
): Promise<RawMessage> {
  requireSameFolder(opened, key);
  const uid = String(key.uid);
  const head = await client.fetchOne(
    uid,
    { uid: true, flags: true, internalDate: true, size: true },
    { uid: true },
  );
  if (head === false) throw gone(client);
  requireSize(head.size ?? 0, maxBytes);
  // One byte more than allowed, because servers are known to state sizes that are not true.
  const body = await client.fetchOne(uid, { uid: true, source: { maxLength: maxBytes + 1 } }, { uid: true });
  if (body === false || body.source === undefined) throw gone(client);
  requireSize(body.source.length, maxBytes);
  return { bytes: body.source, ...arrivalOf(head) };
}

function requireSameFolder(opened: MailboxObject, key: MessageKey): void {
  if (String(opened.uidValidity) === key.uidValidity) return;
  throw new MCSError(
    "MCS_CONFLICT",
    `Folder "${key.folder}" was made anew, so ids from before mean nothing now.`,
    {
      hint: "List or search the folder again, and use the new ids.",
    },
  );
}

function requireSize(bytes: number, maxBytes: number): void {
  if (bytes <= maxBytes) return;
  throw new MCSError("MCS_TOO_LARGE", `The message has ${bytes} bytes; at most ${maxBytes} can be read.`, {
    effect: "none",
    hint: "It cannot be read here; open it in a mail program.",
  });
}

function gone(client: ImapFlow): MCSError {
  requireConnection(client);
  return new MCSError(
    "MCS_NOT_FOUND",
    "The message is not there any more: deleted, or moved to another folder.",
    {
      hint: "List or search again.",
    },
  );
}
