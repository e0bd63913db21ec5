import { readFileSync } from "node:fs";
import type { Socket } from "node:net";
import { join } from "node:path";
import { servers } from "../accounts.ts";
import { listen, type LoopbackServer } from "../loopback.ts";

/** What an IMAP server says. `TAG` stands for the tag of the command. */
export interface ImapScript {
  readonly greeting?: string;
  /** By command: `EXAMINE`, `UID SEARCH`. */
  readonly commands?: Readonly<Record<string, string>>;
}

const polite: Readonly<Record<string, string>> = {
  CAPABILITY: "* CAPABILITY IMAP4rev1 AUTH=PLAIN AUTH=XOAUTH2 AUTH=OAUTHBEARER SASL-IR\r\nTAG OK done",
  EXAMINE:
    "* 1 EXISTS\r\n* OK [UIDVALIDITY 7] it\r\n* OK [UIDNEXT 2] it\r\n* FLAGS (\\Seen)\r\nTAG OK [READ-ONLY] done",
  "UID SEARCH": "* SEARCH 1\r\nTAG OK done",
  SEARCH: "* SEARCH 1\r\nTAG OK done",
  LOGOUT: "* BYE\r\nTAG OK done",
};

/** An IMAP server with TLS (the certificate of the real ones) that follows a script and consents to all else. */
export async function scriptedImap({
  greeting = "* OK ready",
  commands,
}: ImapScript): Promise<LoopbackServer> {
  const answers: Readonly<Record<string, string>> = { ...polite, ...commands };
  const serve = (socket: Socket): void => {
    let buffer = "";
    socket.on("error", () => undefined);
    socket.write(`${greeting}\r\n`);
    socket.on("data", (chunk: Buffer) => {
      buffer += chunk.toString();
      for (let end = buffer.indexOf("\r\n"); end >= 0; end = buffer.indexOf("\r\n")) {
        const [tag = "", word = "", second = ""] = buffer.slice(0, end).split(" ");
        buffer = buffer.slice(end + 2);
        const command = (word.toUpperCase() === "UID" ? `${word} ${second}` : word).toUpperCase();
        socket.write(`${(answers[command] ?? "TAG OK done").replaceAll("TAG", tag)}\r\n`);
      }
    });
  };
  const { dir } = servers();
  return listen(serve, {
    key: readFileSync(join(dir, "tls/server.key")),
    cert: readFileSync(join(dir, "tls/server.crt")),
  });
}
