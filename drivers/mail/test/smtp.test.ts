import { mailServersAvailable, mailServersSkipReason } from "@mcs/mail-servers";
import type { Socket } from "node:net";
import { describe, expect, test } from "vitest";
import { MailDriver, type MailServerConfig } from "../src/index.ts";
import { accountOf, servers, tokens } from "./accounts.ts";
import { failureOf, run } from "./calls.ts";
import { listen } from "./loopback.ts";
import { asOwner } from "./mailbox.ts";
import { scriptedSmtp, type ScriptedSmtp, type SmtpScript } from "./scripted-smtp.ts";

const mail = {
  to: ["bob@example.test"],
  subject: "Grüße aus Köln 🌍",
  text: "Liebe Bob,\n\nC:\\new\\n.\n.\nAlice\n",
};

interface Receipt {
  readonly messageId: string;
  readonly accepted: readonly string[];
  readonly refused: readonly { readonly address: string; readonly reason: string }[];
}

/** A driver of alice that can only send. */
function sender(changes: Partial<MailServerConfig> = {}): MailDriver {
  const { smtp, from } = accountOf("alice");
  return new MailDriver({ smtp: { ...smtp, ...changes }, from });
}

/** The message with this subject, once it has arrived. */
async function arrivedFor(name: string, subject: string): Promise<Record<string, unknown>> {
  await using driver = new MailDriver({ imap: accountOf(name).imap });
  const search = (): Promise<{ messages: { id: string }[] }> => run(driver, "mail_search", { subject });
  await expect.poll(async () => (await search()).messages, { timeout: 10_000 }).toHaveLength(1);
  const { messages } = await search();
  return await run(driver, "mail_read", { id: messages[0]?.id });
}

/** A server that follows a script, and a driver of alice that sends through it. */
async function scripted(
  script: SmtpScript,
  timeoutMs = 60_000,
): Promise<ScriptedSmtp & { readonly driver: MailDriver }> {
  const server = await scriptedSmtp(script);
  const { smtp, from } = accountOf("alice");
  const config = {
    smtp: { ...smtp, encryption: "tls", port: server.port },
    from,
    limits: { timeoutMs },
  } as const;
  return Object.assign(server, { driver: new MailDriver(config) });
}

/** A driver that sends through a port of loopback, for which it has no authority to trust. */
function at(port: number, timeoutMs = 60_000): MailDriver {
  return new MailDriver({
    smtp: { host: "127.0.0.1", port, encryption: "starttls", user: "alice", credential: "alice-secret" },
    from: "alice@example.test",
    limits: { timeoutMs },
  });
}

describe.skipIf(!mailServersAvailable("smtp"))(`a real server${mailServersSkipReason("smtp")}`, () => {
  test("takes a message, which arrives as it was written", async () => {
    await using driver = sender();
    const receipt = await run<Receipt>(driver, "mail_send", { ...mail, cc: ["carol@example.test"] });
    expect(receipt).toMatchObject({ accepted: ["bob@example.test", "carol@example.test"], refused: [] });
    expect(await arrivedFor("bob", mail.subject)).toMatchObject({
      from: [{ address: "alice@example.test" }],
      to: [{ address: "bob@example.test" }],
      cc: [{ address: "carol@example.test" }],
      subject: mail.subject,
      text: mail.text,
      messageId: receipt.messageId,
      unread: true,
    });
  });

  test("delivers to bcc, and tells nobody", async () => {
    await using driver = sender();
    await driver.executeTool("mail_send", { ...mail, subject: "hidden", bcc: ["carol@example.test"] });
    const received = await arrivedFor("carol", "hidden");
    expect(received).toMatchObject({ to: [{ address: "bob@example.test" }] });
    expect(JSON.stringify(received)).not.toContain("carol");
  });

  test("names each recipient that it refuses, and delivers to the others", async () => {
    await using driver = sender();
    const receipt = await run<Receipt>(driver, "mail_send", {
      ...mail,
      to: ["bob@example.test", "nobody@example.test", "a@elsewhere.test"],
      subject: "to some",
    });
    expect(receipt.accepted).toEqual(["bob@example.test"]);
    expect(receipt.refused.map(({ address }) => address)).toEqual([
      "nobody@example.test",
      "a@elsewhere.test",
    ]);
    expect(await arrivedFor("bob", "to some")).toMatchObject({ messageId: receipt.messageId });
  });

  test("refuses all recipients: nothing was sent, and each is named", async () => {
    await using driver = sender();
    const failure = await failureOf(
      driver.executeTool("mail_send", { ...mail, to: ["nobody@example.test"], cc: ["noone@example.test"] }),
    );
    expect(failure).toMatchObject({ code: "MCS_REMOTE", effect: "none" });
    expect(failure.message).toMatch(/nobody@example\.test.*noone@example\.test/);
  });

  test("lets in with a bearer token, and with TLS from the first byte", async () => {
    await using driver = sender({
      port: servers().smtps?.port,
      encryption: "tls",
      credential: { accessToken: tokens().valid },
    });
    expect(await run<Receipt>(driver, "mail_send", { ...mail, subject: "token" })).toMatchObject({
      refused: [],
    });
  });

  test.each([
    ["a wrong password", (): MailDriver => sender({ credential: "wrong-secret" }), "MCS_AUTH_REQUIRED"],
    [
      "an expired token",
      (): MailDriver => sender({ credential: { accessToken: tokens().expired } }),
      "MCS_AUTH_REQUIRED",
    ],
    ["an authority that nobody knows", (): MailDriver => sender({ tls: undefined }), "MCS_TRANSPORT"],
    ["TLS where STARTTLS is spoken", (): MailDriver => sender({ encryption: "tls" }), "MCS_TRANSPORT"],
  ])("sends nothing with %s", async (_, create, code) => {
    await using driver = create();
    const failure = await failureOf(driver.executeTool("mail_send", mail));
    expect(failure).toMatchObject({ code, effect: "none" });
    expect(JSON.stringify([failure, failure.message, failure.stack])).not.toMatch(/wrong-secret|eyJ/);
  });
});

describe.skipIf(!mailServersAvailable())(`a server that fails${mailServersSkipReason()}`, () => {
  const unknown: readonly (readonly [string, SmtpScript["afterDot"], number])[] = [
    ["that closes the connection", (socket) => socket.end(), 60_000],
    ["that drops the connection", (socket) => socket.destroy(), 60_000],
    ["that sends half an answer and closes", (socket) => socket.end("25"), 60_000],
    ["that is silent until the deadline", () => undefined, 300],
    ["that says something that is no answer", "354 go on", 60_000],
  ];
  test.each(unknown)(
    "after the final dot %s: unknown, with the Message-ID, and no second try",
    async (_, afterDot, ms) => {
      await using server = await scripted({ afterDot: afterDot ?? "" }, ms);
      const failure = await failureOf(server.driver.executeTool("mail_send", mail));
      expect(failure).toMatchObject({ code: "MCS_EFFECT_UNKNOWN", effect: "unknown" });
      const messageId = /^Message-ID: (<.+>)\r$/m.exec(server.received())?.[1];
      expect(failure.hint).toContain(messageId);
      expect(server.count()).toBe(1);
    },
  );

  test("after the final dot: found by the Message-ID, where the server has put a copy into the Sent folder", async () => {
    await using server = await scriptedSmtp({
      async afterDot(socket) {
        const [raw = ""] = /^From: [\s\S]*\r\n(?=\.\r\n)/m.exec(server.received()) ?? [];
        await asOwner("alice", (client) => client.append("Sent", raw, ["\\Seen"]));
        socket.destroy();
      },
    });
    const { imap, smtp, from } = accountOf("alice");
    await using driver = new MailDriver({
      imap,
      smtp: { ...smtp, encryption: "tls", port: server.port },
      from,
    });
    const receipt = await run<Receipt>(driver, "mail_send", mail);
    expect(receipt.messageId).toBe(/^Message-ID: (<.+>)\r$/m.exec(server.received())?.[1]);
    expect(server.count()).toBe(1);
  });

  test("after the final dot, when the caller cancels: unknown, with the Message-ID", async () => {
    const controller = new AbortController();
    await using server = await scripted({ afterDot: () => controller.abort() });
    const failure = await failureOf(
      server.driver.executeTool("mail_send", mail, { signal: controller.signal }),
    );
    expect(failure).toMatchObject({ code: "MCS_EFFECT_UNKNOWN", effect: "unknown" });
    await expect.poll(() => server.open()).toBe(0);
  });

  const refused: readonly (readonly [string, SmtpScript, string])[] = [
    ["refuses the sender", { commands: { MAIL: "550 not you" } }, "MCS_REMOTE"],
    ["is busy", { commands: { EHLO: "421 later" } }, "MCS_REMOTE"],
    ["cannot check the login now", { commands: { AUTH: "454 later" } }, "MCS_REMOTE"],
    ["refuses the message", { afterDot: "554 spam" }, "MCS_REMOTE"],
    ["defers the message", { afterDot: "451 later" }, "MCS_REMOTE"],
    ["finds the message too large", { afterDot: "552 too large" }, "MCS_TOO_LARGE"],
    [
      "allows fewer bytes",
      { commands: { EHLO: "250-scripted\r\n250-SIZE 100\r\n250 AUTH PLAIN" } },
      "MCS_TOO_LARGE",
    ],
    ["closes before DATA", { commands: { DATA: (socket: Socket) => socket.end() } }, "MCS_TRANSPORT"],
    ["closes at the greeting", { commands: { EHLO: (socket: Socket) => socket.destroy() } }, "MCS_TRANSPORT"],
  ];
  test.each(refused)("one that %s has sent nothing", async (_, script, code) => {
    await using server = await scripted(script);
    const failure = await failureOf(server.driver.executeTool("mail_send", mail));
    expect(failure).toMatchObject({ code, effect: "none" });
    expect(server.count()).toBe(1);
  });

  test("before the final dot, a deadline means that nothing was sent", async () => {
    await using server = await scripted({ commands: { DATA: () => undefined } }, 300);
    const failure = await failureOf(server.driver.executeTool("mail_send", mail));
    expect(failure).toMatchObject({ code: "MCS_TIMEOUT", effect: "none" });
    await expect.poll(() => server.open()).toBe(0);
  });

  test("gets the envelope that was checked, each recipient once", async () => {
    await using server = await scripted({});
    await server.driver.executeTool("mail_send", { ...mail, cc: mail.to, bcc: ["carol@example.test"] });
    expect(server.received().match(/^(?:MAIL FROM|RCPT TO):<[^>]*>/gm)).toEqual([
      "MAIL FROM:<alice@example.test>",
      "RCPT TO:<bob@example.test>",
      "RCPT TO:<carol@example.test>",
    ]);
  });

  test("keeps a message over the limit here", async () => {
    await using server = await scriptedSmtp({});
    const { smtp, from } = accountOf("alice");
    await using driver = new MailDriver({
      smtp: { ...smtp, port: server.port },
      from,
      limits: { messageBytes: 1_000 },
    });
    const failure = await failureOf(driver.executeTool("mail_send", { ...mail, text: "x".repeat(1_000) }));
    expect(failure).toMatchObject({ code: "MCS_TOO_LARGE", effect: "none" });
    expect(server.count()).toBe(0);
  });
});

describe("a server without TLS", () => {
  test("that never answers is given up at the deadline, and its socket closed", async () => {
    await using silent = await listen();
    await using driver = at(silent.port, 200);
    const failure = await failureOf(driver.executeTool("mail_send", mail));
    expect(failure).toMatchObject({ code: "MCS_TIMEOUT", effect: "none" });
    await expect.poll(() => silent.open()).toBe(0);
  });

  test.each(["250 AUTH PLAIN", "250-STARTTLS\r\n250 AUTH PLAIN"])(
    "that answers EHLO with %j never gets the password",
    async (ehlo) => {
      const received: string[] = [];
      await using stripped = await listen((socket) => {
        socket.write("220 stripped\r\n");
        socket.on("data", (chunk) => {
          received.push(chunk.toString());
          socket.write(chunk.toString().startsWith("EHLO") ? `${ehlo}\r\n` : "502 no\r\n");
        });
      });
      await using driver = at(stripped.port);
      const failure = await failureOf(driver.executeTool("mail_send", mail));
      expect(failure).toMatchObject({ code: "MCS_TRANSPORT", effect: "none" });
      expect(received.join("")).not.toMatch(/AUTH|MAIL/);
    },
  );
});
