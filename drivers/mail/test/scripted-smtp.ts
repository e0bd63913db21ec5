import { readFileSync } from "node:fs";
import type { Socket } from "node:net";
import { join } from "node:path";
import { servers } from "./accounts.ts";
import { listen, type LoopbackServer } from "./loopback.ts";

/** How a scripted server takes a step: with an answer, or with anything else that one can do to a socket. */
export type SmtpStep = string | ((socket: Socket) => unknown);

export interface SmtpScript {
  /** By the first four letters of a command. */
  readonly commands?: Readonly<Record<string, SmtpStep>>;
  /** After the final dot. Default: the message is taken. */
  readonly afterDot?: SmtpStep;
}

export interface ScriptedSmtp extends LoopbackServer {
  /** Everything that clients sent. */
  received(): string;
}

const polite: Readonly<Record<string, SmtpStep>> = {
  EHLO: "250-scripted\r\n250 AUTH PLAIN LOGIN",
  AUTH: "235 welcome",
  MAIL: "250 ok",
  RCPT: "250 ok",
  DATA: "354 go on",
  QUIT: "221 bye",
};

/** An SMTP server with TLS (the certificate of the real ones) that follows a script. */
export async function scriptedSmtp({ commands, afterDot = "250 taken" }: SmtpScript): Promise<ScriptedSmtp> {
  const steps: Readonly<Record<string, SmtpStep>> = { ...polite, ...commands };
  let received = "";

  const serve = (socket: Socket): void => {
    let buffer = "";
    let lineEnd = "\r\n";
    const take = (step: SmtpStep): void => {
      if (typeof step === "string") socket.write(`${step}\r\n`);
      else void step(socket);
    };
    socket.on("error", () => undefined);
    socket.write("220 scripted\r\n");
    socket.on("data", (chunk: Buffer) => {
      received += chunk.toString();
      buffer += chunk.toString();
      for (let end = buffer.indexOf(lineEnd); end >= 0; end = buffer.indexOf(lineEnd)) {
        const isMessage = lineEnd !== "\r\n";
        const word = buffer.slice(0, 4).toUpperCase();
        buffer = buffer.slice(end + lineEnd.length);
        lineEnd = !isMessage && word === "DATA" ? "\r\n.\r\n" : "\r\n";
        take(isMessage ? afterDot : (steps[word] ?? "500 what?"));
      }
    });
  };

  const { dir } = servers();
  const server = await listen(serve, {
    key: readFileSync(join(dir, "tls/server.key")),
    cert: readFileSync(join(dir, "tls/server.crt")),
  });
  return Object.assign(server, { received: () => received });
}
