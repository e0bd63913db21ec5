import { MCSError } from "@mcs/core";
import { memoryStore } from "@mcs/kit/store";
import { describe, expect, test, vi } from "vitest";
import { MailDriver, type MailConfig, type SubmissionPort } from "../src/index.ts";
import { failureOf, run } from "./calls.ts";
import { listen } from "./loopback.ts";
import { memoryMailbox, memorySubmission } from "./memory-mail.ts";

const server = { host: "mail.example.test", user: "alice", credential: "hunter2-hunter2" };

const toolNames = async (driver: MailDriver): Promise<string[]> =>
  (await driver.listTools()).map(({ name }) => name);

const many = (count: number): string[] =>
  Array.from({ length: count }, (_, index) => `u${index}@example.test`);

describe("tools", () => {
  test.each([
    {
      given: "imap and smtp",
      config: { imap: server, smtp: server, from: "alice@example.test" },
      want: ["mail_list", "mail_search", "mail_read", "mail_send"],
    },
    { given: "imap alone", config: { imap: server }, want: ["mail_list", "mail_search", "mail_read"] },
    { given: "smtp alone", config: { smtp: server, from: "alice@example.test" }, want: ["mail_send"] },
  ])("are those that $given can serve", async ({ config, want }) => {
    await using driver = new MailDriver(config);
    expect(await toolNames(driver)).toEqual(want);
  });

  test("say that only sending has an effect", async () => {
    await using driver = new MailDriver({ imap: server, smtp: server, from: "alice@example.test" });
    const tools = await driver.listTools();
    expect(
      tools.map(({ name, annotations }) => [name, annotations?.readOnly, annotations?.idempotent]),
    ).toEqual([
      ["mail_list", true, undefined],
      ["mail_search", true, undefined],
      ["mail_read", true, undefined],
      ["mail_send", false, false],
    ]);
  });
});

describe("a configuration is refused, with the key at fault and without a value:", () => {
  const refused: readonly (readonly [string, unknown, string])[] = [
    ["nothing to connect to", {}, "imap"],
    ["smtp without a sender", { smtp: server }, "from"],
    ["a sender that is no address", { smtp: server, from: "Alice <alice@example.test>" }, "from"],
    [
      "a rule that is no address",
      { smtp: server, from: "a@b.test", allowedRecipients: ["*"] },
      "allowedRecipients[0]",
    ],
    ["no encryption", { imap: { ...server, encryption: "none" } }, "imap.encryption"],
    ["a key that does not exist", { imap: { ...server, password: "hunter2-hunter2" } }, "password"],
    ["a port out of range", { imap: { ...server, port: 70_000 } }, "imap.port"],
    ["a line break in the user", { imap: { ...server, user: "alice\r\nA1 LOGOUT" } }, "imap.user"],
    [
      "a reference to nothing",
      { imap: { ...server, credential: "env:MCS_TEST_NOT_SET" } },
      "MCS_TEST_NOT_SET",
    ],
  ];
  test.each(refused)("%s", (_, config, key) => {
    const construct = (): MailDriver => new MailDriver(config as MailConfig);
    expect(construct).toThrow(expect.objectContaining({ code: "MCS_INVALID_CONFIG" }));
    expect(construct).toThrow(key);
    expect(construct).not.toThrow(/hunter2/);
  });
});

test("without a credential tools can be listed, and a call says what is missing", async () => {
  const { host, user } = server;
  await using driver = new MailDriver({ imap: { host, user } });
  expect(await toolNames(driver)).toHaveLength(3);
  const { code, hint } = await failureOf(driver.executeTool("mail_list", {}));
  expect(code).toBe("MCS_AUTH_REQUIRED");
  expect(hint).toContain("MCS_MAIL_IMAP");
});

test("by default the password comes from the environment, and never shows", async () => {
  vi.stubEnv("MCS_MAIL_IMAP", "s3cret-from-env");
  const mailbox = memoryMailbox([
    { subject: "x", raw: "Subject: x\r\n\r\nyour password is s3cret-from-env" },
  ]);
  await using driver = new MailDriver({ imap: { host: server.host, user: "alice" } }, { mailbox });
  vi.unstubAllEnvs();
  const { text } = await run<{ text: string }>(driver, "mail_read", { id: "7.1.INBOX" });
  expect(text.trim()).toBe("your password is [secret imap password]");
});

describe("mail_list", () => {
  const mailbox = memoryMailbox(
    ["one", "two", "three"].map((subject) => ({ subject, raw: `Subject: ${subject}` })),
  );
  const driver = new MailDriver({}, { mailbox });
  type Page = {
    readonly messages: { readonly id: string; readonly subject: string }[];
    readonly more: boolean;
  };

  test("pages by the id of the last message", async () => {
    const first = await run<Page>(driver, "mail_list", { limit: 2 });
    expect(first).toMatchObject({
      more: true,
      messagesInFolder: 3,
      messages: [{ subject: "three" }, { subject: "two" }],
    });
    const second = await run<Page>(driver, "mail_list", { olderThan: first.messages[1]?.id });
    expect(second).toMatchObject({ folder: "INBOX", more: false, messages: [{ subject: "one" }] });
  });

  test.each([
    ["an id of another folder", { folder: "Sent", olderThan: "7.2.INBOX" }],
    ["an id that is none", { olderThan: "2" }],
    ["a page over 100", { limit: 101 }],
    ["a line break in the folder", { folder: "INBOX\r\nA1 DELETE INBOX" }],
    ["an empty folder name", { folder: "" }],
  ])("refuses %s before it asks", async (_, args) => {
    const asked = mailbox.queries.length;
    expect(await failureOf(driver.executeTool("mail_list", args))).toMatchObject({
      code: "MCS_INVALID_ARGUMENTS",
      effect: "none",
    });
    expect(mailbox.queries).toHaveLength(asked);
  });
});

describe("mail_search", () => {
  test("hands on the criteria that were given, days as moments in UTC", async () => {
    const mailbox = memoryMailbox([]);
    await using driver = new MailDriver({}, { mailbox });
    await driver.executeTool("mail_search", { from: "bob", since: "2026-02-28", unread: false });
    expect(mailbox.queries).toEqual([
      {
        folder: "INBOX",
        limit: 20,
        criteria: { from: "bob", since: new Date("2026-02-28T00:00:00Z"), unread: false },
      },
    ]);
  });

  test.each([
    ["CRLF in a text", { subject: "x\r\nA1 LOGOUT" }],
    ["NUL in a text", { text: "x\0" }],
    ["a day that does not exist", { since: "2026-02-30" }],
    ["a moment for a day", { before: "2026-02-28T10:00:00Z" }],
    ["a free query", { query: "FROM bob" }],
  ])("refuses %s before it asks", async (_, args) => {
    const mailbox = memoryMailbox([]);
    await using driver = new MailDriver({}, { mailbox });
    expect(await failureOf(driver.executeTool("mail_search", args))).toMatchObject({
      code: "MCS_INVALID_ARGUMENTS",
    });
    expect(mailbox.queries).toEqual([]);
  });
});

describe("mail_read", () => {
  const withAttachment = [
    "Subject: Report",
    'Content-Type: multipart/mixed; boundary="b"',
    "",
    "--b",
    "Content-Type: text/plain",
    "",
    "0123456789",
    "--b",
    "Content-Type: application/pdf",
    'Content-Disposition: attachment; filename="report.pdf"',
    "Content-Transfer-Encoding: base64",
    "",
    "AQID",
    "--b--",
  ].join("\r\n");
  const mailbox = memoryMailbox([{ subject: "Report", raw: withAttachment }]);

  test("cuts the text where it is told to, and says how much is missing", async () => {
    await using driver = new MailDriver({}, { mailbox });
    const whole = await run<{ text: string }>(driver, "mail_read", { id: "7.1.INBOX" });
    const cut = await run<{ text: string; omittedCharacters: number }>(driver, "mail_read", {
      id: "7.1.INBOX",
      maxCharacters: 4,
    });
    expect(cut).toMatchObject({ text: "0123", omittedCharacters: whole.text.length - 4 });
    expect(whole).not.toHaveProperty("omittedCharacters");
  });

  test("names and sizes attachments", async () => {
    await using driver = new MailDriver({}, { mailbox });
    const { attachments } = await run<{ attachments: unknown }>(driver, "mail_read", { id: "7.1.INBOX" });
    expect(attachments).toEqual([{ name: "report.pdf", mediaType: "application/pdf", size: 3 }]);
  });

  test("stores attachments when asked to, and only then", async () => {
    const store = memoryStore();
    await using driver = new MailDriver({}, { mailbox, store });
    await driver.executeTool("mail_read", { id: "7.1.INBOX" });
    expect((await store.list("")[Symbol.asyncIterator]().next()).done).toBe(true);
    const { attachments } = await run<{ attachments: { file: { fileRef: string } }[] }>(driver, "mail_read", {
      id: "7.1.INBOX",
      storeAttachments: true,
    });
    expect(attachments[0]).toMatchObject({
      file: { name: "report.pdf", mediaType: "application/pdf", size: 3 },
    });
    expect((await store.get(attachments[0]?.file.fileRef ?? ""))?.value).toEqual(new Uint8Array([1, 2, 3]));
  });

  test("says that there is no store", async () => {
    await using driver = new MailDriver({}, { mailbox });
    const failure = await failureOf(
      driver.executeTool("mail_read", { id: "7.1.INBOX", storeAttachments: true }),
    );
    expect(failure.code).toBe("MCS_UNSUPPORTED");
  });
});

describe("mail_send", () => {
  const mail = { to: ["bob@example.test"], subject: "Hi", text: "Hello" };

  test("gives the message an id of its own, from the sender's domain, and the time of the clock", async () => {
    const submission = memorySubmission();
    const clock = { now: () => Date.UTC(2026, 10, 20) };
    await using driver = new MailDriver({ from: "alice@example.test" }, { submission, clock });
    const first = await run<{ messageId: string }>(driver, "mail_send", mail);
    const second = await run<{ messageId: string }>(driver, "mail_send", mail);
    expect(first.messageId).toMatch(/^<[\w-]+@example\.test>$/);
    expect(second.messageId).not.toBe(first.messageId);
    expect(submission.sent).toMatchObject([
      {
        ...mail,
        from: "alice@example.test",
        cc: [],
        bcc: [],
        messageId: first.messageId,
        date: new Date(clock.now()),
      },
      { messageId: second.messageId },
    ]);
  });

  test.each(["to", "cc", "bcc"])(
    "refuses who is not allowed in %s, by name, and sends to nobody",
    async (field) => {
      const submission = memorySubmission();
      const config = { from: "alice@example.test", allowedRecipients: ["@example.test"] };
      await using driver = new MailDriver(config, { submission });
      const failure = await failureOf(
        driver.executeTool("mail_send", { ...mail, [field]: ["bob@example.test", "eve@evil.test"] }),
      );
      expect(failure).toMatchObject({ code: "MCS_PERMISSION_DENIED", effect: "none" });
      expect(failure.message).toContain("eve@evil.test");
      expect(failure.message).not.toContain("bob@example.test");
      expect(submission.sent).toEqual([]);
    },
  );

  test.each([
    ["CRLF in the subject", { ...mail, subject: "Hi\r\nBcc: eve@evil.test" }],
    ["a line feed in the subject", { ...mail, subject: "Hi\nBcc: eve@evil.test" }],
    ["CRLF in an address", { ...mail, to: ["bob@example.test>\r\nRCPT TO:<eve@evil.test"] }],
    ["a name with an address", { ...mail, to: ["Bob <bob@example.test>"] }],
    ["two addresses in one", { ...mail, cc: ["bob@example.test,eve@evil.test"] }],
    ["51 recipients", { ...mail, to: many(51) }],
    ["51 recipients over three fields", { ...mail, to: many(17), cc: many(17), bcc: many(17) }],
    ["nobody", { ...mail, to: [] }],
    ["no subject", { to: mail.to, text: mail.text }],
    ["a sender of one's own", { ...mail, from: "boss@example.test" }],
    ["an attachment by path", { ...mail, attachments: [{ path: "/etc/passwd" }] }],
  ])("refuses %s, and never connects", async (_, args) => {
    await using listener = await listen();
    const smtp = { ...server, host: "127.0.0.1", port: listener.port };
    await using driver = new MailDriver({ smtp, from: "alice@example.test" });
    expect(await failureOf(driver.executeTool("mail_send", args))).toMatchObject({
      code: "MCS_INVALID_ARGUMENTS",
      effect: "none",
    });
    expect(listener.count()).toBe(0);
  });

  test("takes 50 recipients", async () => {
    const submission = memorySubmission();
    await using driver = new MailDriver({ from: "alice@example.test" }, { submission });
    await driver.executeTool("mail_send", { ...mail, to: many(50) });
    expect(submission.sent[0]?.to).toHaveLength(50);
  });
});

/** Takes every message, and loses the answer to it. */
function silentSubmission(): ReturnType<typeof memorySubmission> {
  const { sent } = memorySubmission();
  return {
    sent,
    async submit(outgoing) {
      sent.push(outgoing);
      throw new MCSError("MCS_EFFECT_UNKNOWN", "The mail went out, but the server's answer never came.");
    },
  };
}

describe("mail_send with an idempotency key", () => {
  const mail = { to: ["bob@example.test"], subject: "Hi", text: "Hello" };
  const config = { from: "alice@example.test" };
  const context = { idempotencyKey: "turn 7", principal: "alice" };

  test("sends once, and gives a repeated call the first receipt, also from another instance", async () => {
    const submission = memorySubmission();
    const store = memoryStore();
    const receipts: unknown[] = [];
    for (const _ of [1, 2]) {
      await using driver = new MailDriver(config, { submission, store });
      receipts.push(await driver.executeTool("mail_send", mail, context));
    }
    expect(receipts[1]).toEqual(receipts[0]);
    expect(submission.sent).toHaveLength(1);
  });

  test("never sends again what may have been sent", async () => {
    const submission = silentSubmission();
    const mailbox = memoryMailbox([]);
    await using driver = new MailDriver(config, { submission, mailbox });
    for (const _ of [1, 2]) {
      const failure = await failureOf(driver.executeTool("mail_send", mail, context));
      expect(failure).toMatchObject({ code: "MCS_EFFECT_UNKNOWN", effect: "unknown" });
    }
    const again = await failureOf(driver.executeTool("mail_send", mail, context));
    expect(again.hint).toContain(submission.sent[0]?.messageId);
    expect(submission.sent).toHaveLength(1);
  });

  test("finds what was sent by its Message-ID, where the server keeps a copy", async () => {
    const submission = silentSubmission();
    const mailbox = memoryMailbox([], async (messageId) => submission.sent[0]?.messageId === messageId);
    await using driver = new MailDriver(config, { submission, mailbox });
    const first = await driver.executeTool("mail_send", mail, context);
    expect(first).toMatchObject({ messageId: submission.sent[0]?.messageId });
    expect(await driver.executeTool("mail_send", mail, context)).toEqual(first);
    expect(submission.sent).toHaveLength(1);
  });

  test("tries again, with the same Message-ID, what was refused", async () => {
    const memory = memorySubmission();
    const submission: SubmissionPort = {
      async submit(outgoing, life) {
        const receipt = await memory.submit(outgoing, life);
        if (memory.sent.length > 1) return receipt;
        throw new MCSError("MCS_REMOTE", "Later.", { effect: "none" });
      },
    };
    await using driver = new MailDriver(config, { submission });
    await failureOf(driver.executeTool("mail_send", mail, context));
    await driver.executeTool("mail_send", mail, context);
    expect(memory.sent).toHaveLength(2);
    expect(new Set(memory.sent.map(({ messageId }) => messageId)).size).toBe(1);
  });
});
