import { MCSError } from "@mcs/core";
import type { LeakWorld } from "@mcs/testkit/leaks";
import type { MailDriver } from "../../src/index.ts";
import { listen } from "../loopback.ts";
import { memoryMailbox, memorySubmission } from "../memory-mail.ts";
import { login, sending, withConfig, type Scenario } from "./situation.ts";

const from = "alice@example.test";

/** A server that speaks first, in clear text, and writes down what it gets where it is searched. */
async function startClearServer(
  world: LeakWorld,
  greeting: string,
  answer?: (line: string) => string,
): Promise<number> {
  const server = await listen((socket) => {
    socket.write(greeting);
    socket.on("data", (bytes: Buffer) => {
      // The beginning of TLS is random, and what follows is no clear text.
      if (answer === undefined) return socket.end();
      world.ports.logger.info("received in clear text", { bytes });
      return socket.write(answer(bytes.toString()));
    });
  });
  world.defer(() => server[Symbol.asyncDispose]());
  world.noise(`localhost:${server.port}`);
  return server.port;
}

/** A mail that holds the password in every part of it. */
function mailAbout(secret: string): { subject: string; raw: string } {
  const inHeader = secret.replaceAll(/\p{Cc}/gu, "");
  const word = `=?utf-8?B?${Buffer.from(inHeader).toString("base64")}?=`;
  const encoded = Buffer.from(`Your password is ${secret}.`).toString("base64");
  const raw = [
    `From: ${word} <bob@example.test>`,
    `Subject: ${word}`,
    "Content-Type: multipart/mixed; boundary=b",
    "",
    "--b",
    "Content-Type: text/plain; charset=utf-8",
    "Content-Transfer-Encoding: base64",
    "",
    encoded,
    "--b",
    `Content-Type: application/pdf; name="${word}"`,
    `Content-Disposition: attachment; filename="${word}"`,
    "Content-Transfer-Encoding: base64",
    "",
    encoded,
    "--b--",
    "",
  ].join("\r\n");
  // Of one size, whatever is in it: a mail's size is not the driver's to hide.
  return { subject: inHeader, raw: raw.padEnd(4_000) };
}

const also: Scenario["also"] = [
  (driver: MailDriver) => driver.executeTool("mail_search", { folder: "INBOX", subject: "Hello" }),
  (driver: MailDriver) => driver.executeTool("mail_read", { id: "7.1.INBOX" }),
];

/** What needs no mail server to be installed. */
export const anywhere: readonly Scenario[] = [
  withConfig("mail that quotes the password", "executed", (world) => ({ imap: login(world) }), {
    ports: (world) => ({ mailbox: memoryMailbox([mailAbout(world.secret("password"))]) }),
    also,
  }),
  ...[18, 25, 28, 40].map((maxCharacters) =>
    withConfig(
      `mail that quotes the password, cut at ${maxCharacters}`,
      "executed",
      (world) => ({ imap: login(world) }),
      {
        ports: (world) => ({ mailbox: memoryMailbox([mailAbout(world.secret("password"))]) }),
        calls: [{ tool: "mail_read", args: { id: "7.1.INBOX", maxCharacters, storeAttachments: true } }],
      },
    ),
  ),
  withConfig("a mailbox that fails with the password", "MCS_REMOTE", (world) => ({ imap: login(world) }), {
    ports(world) {
      const fail = async (): Promise<never> => {
        const secret = world.secret("password");
        throw new MCSError("MCS_REMOTE", `It refused ${secret}.`, { hint: secret, cause: new Error(secret) });
      };
      return { mailbox: { find: fail, fetch: fail, hasSent: fail } };
    },
  }),
  withConfig(
    "a submission that fails with the password",
    "MCS_EFFECT_UNKNOWN",
    (world) => ({ smtp: login(world), from }),
    {
      calls: sending(),
      ports: (world) => ({
        submission: {
          async submit() {
            throw Object.assign(new Error(`535 ${world.secret("password")}`), {
              pass: world.secret("password"),
            });
          },
        },
      }),
    },
  ),
  withConfig("mail that is sent", "executed", (world) => ({ smtp: login(world), from }), {
    calls: sending(),
    ports: () => ({ submission: memorySubmission() }),
  }),
  withConfig("a port that nobody listens to", "MCS_TRANSPORT", (world) => ({
    imap: { ...login(world), port: 9 },
  })),
  withConfig(
    "a port that nobody listens to, for sending",
    "MCS_TRANSPORT",
    (world) => ({ smtp: { ...login(world), port: 9 }, from }),
    { calls: sending() },
  ),
  withConfig("a server without TLS where TLS is expected", "MCS_TRANSPORT", async (world) => ({
    imap: { ...login(world), port: await startClearServer(world, "* OK ready\r\n") },
    limits: { timeoutMs: 2_000 },
  })),
  withConfig("an IMAP server whose offer of STARTTLS was taken out", "MCS_TRANSPORT", async (world) => ({
    imap: {
      ...login(world),
      encryption: "starttls",
      port: await startClearServer(
        world,
        "* OK [CAPABILITY IMAP4rev1 AUTH=PLAIN] ready\r\n",
        (line) => `${line.split(" ")[0] ?? ""} BAD no\r\n`,
      ),
    },
    limits: { timeoutMs: 2_000 },
  })),
  withConfig(
    "an SMTP server whose offer of STARTTLS was taken out",
    "MCS_TRANSPORT",
    async (world) => ({
      smtp: {
        ...login(world),
        encryption: "starttls",
        port: await startClearServer(world, "220 ready\r\n", (line) =>
          /^ehlo/i.test(line) ? "250-a\r\n250 AUTH PLAIN LOGIN\r\n" : "502 no\r\n",
        ),
      },
      from,
      limits: { timeoutMs: 2_000 },
    }),
    { calls: sending() },
  ),
  withConfig("a reference that leads nowhere", "MCS_INVALID_CONFIG", (world) => ({
    imap: { ...login(world), credential: "env:MCS_NO_SUCH_VARIABLE" },
    smtp: login(world),
    from,
  })),
  withConfig("a password under a key that is none", "MCS_INVALID_CONFIG", (world) => ({
    imap: { ...login(world), password: world.secret("password") } as never,
  })),
  withConfig("a password as a port", "MCS_INVALID_CONFIG", (world) => ({
    imap: { ...login(world), port: world.secret("password") as never },
  })),
  withConfig("a password as a sender", "MCS_INVALID_CONFIG", (world) => ({
    smtp: login(world),
    from: world.secret("password"),
  })),
];
