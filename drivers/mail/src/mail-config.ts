import * as z from "zod";
import { isMailAddress, isRecipientRule } from "./mail-address.ts";
import { oneLine } from "./one-line.ts";

/** One server and who logs in there. */
export interface MailServerConfig {
  /** Name of the server; its certificate has to be for it. */
  readonly host: string;
  /** Default: the registered port of the protocol and its encryption (993, 143; 465, 587). */
  readonly port?: number | undefined;
  /** TLS from the first byte, or STARTTLS before anything else; never without. Default `"tls"`. */
  readonly encryption?: "tls" | "starttls" | undefined;
  /** Login name. */
  readonly user: string;
  /**
   * The password, or an OAuth 2 access token. Either may be a reference: `env:NAME`, `file:PATH`. Default: the password
   * in `MCS_MAIL_IMAP` or `MCS_MAIL_SMTP`.
   */
  readonly credential?: string | { readonly accessToken: string } | undefined;
  /** Certificates to trust instead of the public authorities', as PEM text. */
  readonly tls?: { readonly ca: string } | undefined;
}

/** What a {@link MailDriver} is made from. Plain data, so that it can be stored, checked and shown as a form. */
export interface MailConfig {
  /** Where mail is read. Without it nothing can be. */
  readonly imap?: MailServerConfig | undefined;
  /** Where mail is sent. Without it nothing can be. */
  readonly smtp?: MailServerConfig | undefined;
  /** Address that mail is sent from. Needed to send. */
  readonly from?: string | undefined;
  /** Addresses, or `@domain` for a whole domain; nobody else gets mail. Default: everybody may. */
  readonly allowedRecipients?: readonly string[] | undefined;
  readonly limits?:
    | {
        /** Bytes of a message that is read or sent. Default 25,000,000. */
        readonly messageBytes?: number | undefined;
        /** To, Cc and Bcc of one message together. Default 50. */
        readonly recipients?: number | undefined;
        /** Milliseconds for a call. Default 60,000. */
        readonly timeoutMs?: number | undefined;
      }
    | undefined;
}

/** A {@link MailServerConfig} with its defaults filled in. */
export interface MailServerSettings extends MailServerConfig {
  readonly encryption: "tls" | "starttls";
}

/** A {@link MailConfig} with its defaults filled in. */
export interface MailSettings {
  readonly imap?: MailServerSettings | undefined;
  readonly smtp?: MailServerSettings | undefined;
  readonly from?: string | undefined;
  readonly allowedRecipients?: readonly string[] | undefined;
  readonly limits: { readonly messageBytes: number; readonly recipients: number; readonly timeoutMs: number };
}

/** Where credentials stand in a {@link MailConfig}. */
export const mailCredentials: readonly string[] = [
  "imap.credential",
  "imap.credential.accessToken",
  "smtp.credential",
  "smtp.credential.accessToken",
];

const credential = z.union(
  [
    z.string().min(1).describe("Password"),
    z.strictObject({ accessToken: z.string().min(1).describe("OAuth 2 access token") }),
  ],
  "must be the password as a string, or { accessToken }",
);

const server = z.strictObject({
  host: oneLine(253).describe("Name of the server; its certificate has to be for it"),
  port: z.int().min(1).max(65_535).optional().describe("Default: the registered one"),
  encryption: z.enum(["tls", "starttls"]).default("tls").describe("TLS from the first byte, or STARTTLS"),
  user: oneLine(254).describe("Login name"),
  credential: credential.optional().describe("Password or access token, or a reference: env:NAME, file:PATH"),
  tls: z
    .strictObject({ ca: z.string().min(1).describe("Certificates to trust instead of the public ones, PEM") })
    .optional(),
});

const recipientRule = z.string().refine(isRecipientRule, "must be an address, or @domain");

export const MailConfig: z.ZodType<MailSettings, MailConfig> = z
  .strictObject({
    imap: server.optional().describe("Where mail is read"),
    smtp: server.optional().describe("Where mail is sent"),
    from: z
      .string()
      .refine(isMailAddress, "must be an address")
      .optional()
      .describe("Sender of what is sent"),
    allowedRecipients: z.array(recipientRule).optional().describe("The only ones who get mail"),
    limits: z
      .strictObject({
        messageBytes: z.int().min(1).max(1_000_000_000).default(25_000_000).describe("Bytes of a message"),
        recipients: z.int().min(1).max(1_000).default(50).describe("Recipients of one message"),
        timeoutMs: z.int().min(1).max(2_147_483_647).default(60_000).describe("Milliseconds for a call"),
      })
      .prefault({}),
  })
  .refine(({ smtp, from }) => smtp === undefined || from !== undefined, {
    path: ["from"],
    message: "is needed to send",
    // Said also where other things are wrong: all faults are listed at once.
    when: ({ value }) => typeof value === "object" && value !== null,
  });
