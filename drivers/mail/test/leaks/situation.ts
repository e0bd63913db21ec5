import type { MCSErrorCode } from "@mcs/core";
import type { ExampleCall } from "@mcs/testkit";
import type { LeakScenario, LeakWorld } from "@mcs/testkit/leaks";
import { readFileSync } from "node:fs";
import { MailDriver, type MailConfig, type MailPorts, type MailServerConfig } from "../../src/index.ts";
import { servers } from "../accounts.ts";
import type { LoopbackServer } from "../loopback.ts";
import { scriptedSmtp, type SmtpScript } from "../scripted-smtp.ts";
import { scriptedImap, type ImapScript } from "./scripted-imap.ts";

export type Scenario = LeakScenario<MailDriver>;

const reading = [{ tool: "mail_list", args: { folder: "INBOX" } }];
export const sending = (to = "bob@example.test"): readonly ExampleCall[] => [
  { tool: "mail_send", args: { to: [to], subject: "Hello", text: "Hello." } },
];

export const login = (world: LeakWorld): Pick<MailServerConfig, "host" | "user" | "credential"> => ({
  host: "localhost",
  user: "alice@example.test",
  credential: world.secret("password"),
});

/** A driver and what its configuration makes of it; everything of its world is among its ports. */
export const withConfig = (
  name: string,
  ends: "executed" | MCSErrorCode,
  config: (world: LeakWorld) => MailConfig | Promise<MailConfig>,
  more: Partial<Scenario> & { readonly ports?: (world: LeakWorld) => MailPorts } = {},
): Scenario => {
  const { ports = () => ({}), ...rest } = more;
  return {
    name,
    ends,
    calls: reading,
    create: async (world) => new MailDriver(await config(world), { ...world.ports, ...ports(world) }),
    ...rest,
  };
};

/** Lets the port of a server be no difference between two worlds. */
function announce(world: LeakWorld, server: LoopbackServer): number {
  world.noise(`localhost:${server.port}`);
  world.defer(() => server[Symbol.asyncDispose]());
  return server.port;
}

const tls = () => ({ ca: readFileSync(servers().ca, "utf8") });

/** A driver that reads from a server that knows its password. */
export const overImap = (
  name: string,
  ends: "executed" | MCSErrorCode,
  script: (secret: string) => ImapScript,
  {
    credential = (world: LeakWorld): MailServerConfig["credential"] => world.secret("password"),
    timeoutMs = 5_000,
  } = {},
): Scenario =>
  withConfig(
    `IMAP: ${name}`,
    ends,
    async (world) => {
      const given = credential(world);
      const secret = typeof given === "object" ? given.accessToken : (given ?? "");
      const port = announce(world, await scriptedImap(script(secret)));
      return { imap: { ...login(world), credential: given, port, tls: tls() }, limits: { timeoutMs } };
    },
    { isTimed: timeoutMs < 1_000 },
  );

/** A driver that sends through a server that knows its password. */
export const overSmtp = (
  name: string,
  ends: "executed" | MCSErrorCode,
  script: (secret: string) => SmtpScript,
): Scenario =>
  withConfig(
    `SMTP: ${name}`,
    ends,
    async (world) => {
      const port = announce(world, await scriptedSmtp(script(world.secret("password"))));
      return {
        smtp: { ...login(world), port, tls: tls() },
        from: "alice@example.test",
        limits: { timeoutMs: 5_000 },
      };
    },
    { calls: sending() },
  );
