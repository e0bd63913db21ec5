import type { MCSDriver, MCSToolDriver } from "@mcs/core";
import { expectTypeOf, test } from "vitest";
import type { createMailToolDriver, MailboxPort, MailConfig, MailDriver } from "../src/index.ts";

test("the driver is a driver and a ToolDriver", () => {
  expectTypeOf<MailDriver>().toExtend<MCSDriver & MCSToolDriver>();
  expectTypeOf<typeof createMailToolDriver>().returns.toEqualTypeOf<MCSToolDriver>();
});

test("a mailbox fits by its shape", () => {
  const mailbox = {
    find: async () => ({ messages: [], more: false, inFolder: 0 }),
    fetch: async () => ({ bytes: new Uint8Array(), received: new Date(), unread: false }),
    hasSent: async () => true,
  };
  expectTypeOf(mailbox).toExtend<MailboxPort>();
});

test("a configuration that asks for clear text does not compile", () => {
  type Server = { readonly host: string; readonly user: string };
  expectTypeOf<{ readonly imap: Server & { readonly encryption: "starttls" } }>().toExtend<MailConfig>();
  expectTypeOf<{ readonly imap: Server & { readonly encryption: "none" } }>().not.toExtend<MailConfig>();
});
