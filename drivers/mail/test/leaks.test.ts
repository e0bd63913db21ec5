import { mailServersAvailable, mailServersSkipReason } from "@mcs/mail-servers";
import { leakSuite, twoWorlds, type SecretShape } from "@mcs/testkit/leaks";
import { describe } from "vitest";
import { accountOf, passwordOf, servers, tokens } from "./accounts.ts";
import { anywhere } from "./leaks/anywhere.ts";
import { hostileServers } from "./leaks/hostile-servers.ts";
import { login, sending, withConfig, type Scenario } from "./leaks/situation.ts";

const shaped = (scenarios: readonly Scenario[], ...shapes: SecretShape[]): readonly Scenario[] =>
  scenarios.map((scenario) => ({ ...scenario, shapes }));

const inMemory = { scenarios: shaped(anywhere, "plain", "symbols", "unicode", "short", "control byte") };
leakSuite("MailDriver", { ...inMemory, channels: 580 });
twoWorlds("MailDriver", inMemory);

describe.skipIf(!mailServersAvailable())(`with TLS${mailServersSkipReason()}`, () => {
  const scripted = { scenarios: shaped(hostileServers, "plain", "symbols", "unicode", "control byte") };
  leakSuite("MailDriver over scripted servers", { ...scripted, channels: 700 });
  twoWorlds("MailDriver over scripted servers", scripted);

  const real: readonly Scenario[] = [
    withConfig("a real mailbox, read with the right password", "executed", (world) => {
      world.plant("password", passwordOf("alice"));
      return { imap: accountOf("alice").imap };
    }),
    withConfig("a real mailbox, read with the right token", "executed", (world) => {
      world.plant("token", tokens().valid);
      return { imap: { ...accountOf("alice").imap, credential: { accessToken: tokens().valid } } };
    }),
    withConfig("a real server whose certificate nobody trusts", "MCS_TRANSPORT", (world) => ({
      imap: { ...login(world), port: servers().imaps.port },
    })),
  ];
  // Failed logins are left to the scripted servers: real ones make everybody wait after some.
  leakSuite("MailDriver at a real IMAP server", { scenarios: shaped(real, "plain"), channels: 100 });
});

describe.skipIf(!mailServersAvailable("smtp"))(`with Postfix${mailServersSkipReason("smtp")}`, () => {
  const refused = withConfig(
    "a real submission that is refused",
    "MCS_REMOTE",
    (world) => {
      world.plant("password", passwordOf("alice"));
      const { smtp, from } = accountOf("alice");
      return { smtp, from };
    },
    { calls: sending("nobody@outside.test") },
  );
  leakSuite("MailDriver at a real SMTP server", { scenarios: shaped([refused], "plain"), channels: 40 });
});
