import { environmentCredential, sealCredential } from "@mcs/kit/config";
import type { Secret } from "@mcs/secrets";
import type { MailServerSettings } from "./mail-config.ts";

/** Where to connect and as whom; the credential is sealed. */
export interface MailAccount {
  readonly host: string;
  readonly port: number;
  readonly encryption: "tls" | "starttls";
  readonly user: string;
  /** Absent: none was configured, and a call says so. */
  readonly credential?: { readonly kind: "password" | "accessToken"; readonly secret: Secret };
  readonly ca?: string;
  /** Environment variable that holds the password by default. */
  readonly variable: string;
}

const protocols = {
  imap: { ports: { tls: 993, starttls: 143 }, variable: "MCS_MAIL_IMAP" },
  smtp: { ports: { tls: 465, starttls: 587 }, variable: "MCS_MAIL_SMTP" },
} as const;

/** @throws {MCSError} `MCS_INVALID_CONFIG` if a reference (`env:`, `file:`) cannot be resolved. */
export function openAccount(config: MailServerSettings, protocol: "imap" | "smtp"): MailAccount {
  const { host, port, encryption, user, tls } = config;
  const { ports, variable } = protocols[protocol];
  const credential = sealed(config.credential, protocol, variable);
  return {
    host,
    port: port ?? ports[encryption],
    encryption,
    user,
    ...(credential !== undefined && { credential }),
    ...(tls !== undefined && { ca: tls.ca }),
    variable,
  };
}

function sealed(
  given: MailServerSettings["credential"],
  protocol: string,
  variable: string,
): MailAccount["credential"] {
  if (typeof given === "string") {
    return { kind: "password", secret: sealCredential(given, `${protocol} password`) };
  }
  if (given !== undefined) {
    return { kind: "accessToken", secret: sealCredential(given.accessToken, `${protocol} access token`) };
  }
  const secret = environmentCredential(variable, `${protocol} password`);
  return secret && { kind: "password", secret };
}
