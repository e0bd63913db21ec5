import { randomBytes } from "node:crypto";
import { readFileSync } from "node:fs";
import { mailServersAvailable, mailServersSkipReason, startMailServers } from "@mcs/mail-servers";
import { startWorkshopApi } from "@mcs/demo/workshop-api";
import { startScriptedModel } from "@mcs/testkit/scripted-model";

/** What stands on loopback for the hosts that READMEs name. */
export interface World extends AsyncDisposable {
  /** Puts loopback in the place of the example's host; nothing else in the code changes. */
  localise(code: string): string;
  readonly environment: Readonly<Record<string, string>>;
}

/** The hosts that stand for mail servers in READMEs; a block that names one cannot run without real ones. */
const mailHost = /host: "(imap|smtp)\.example\.test"/g;

/** Why a block cannot run here, for the name of its test; empty if it can. */
export function skipReason(code: string): string {
  return code.search(mailHost) < 0 ? "" : mailServersSkipReason("smtp");
}

/** The models that READMEs name, played by a script. */
const readmeModels = ["gpt-5-mini", "claude-haiku-4-5"];

/**
 * Starts the demo's API in the place of `https://workshop.example`, mail servers in the place of `imap.example.test` and
 * `smtp.example.test` where there are any, and a scripted stand-in for the model.
 */
export async function startWorld(): Promise<World> {
  const token = randomBytes(16).toString("hex");
  const api = await startWorkshopApi(token);
  const model = await startScriptedModel({
    models: readmeModels.map((id) => ({ id })),
    script: [
      () => ({ calls: [{ name: "listTickets", arguments: { status: "open" } }] }),
      ({ resultOf }) => ({
        text: `Still open: ${JSON.stringify(resultOf("listTickets")).length} characters of them.`,
      }),
    ],
  });
  const mail = mailServersAvailable("smtp") ? await startMailServers() : undefined;
  const localMailHost = (protocol: string): string => {
    const port = protocol === "imap" ? mail?.servers.imaps.port : mail?.servers.smtps?.port;
    const ca = JSON.stringify(readFileSync(mail?.servers.ca ?? "", "utf8"));
    return `host: "127.0.0.1", port: ${port}, tls: { ca: ${ca} }`;
  };
  return {
    localise: (code) =>
      code
        .replaceAll("https://workshop.example", api.url)
        .replaceAll(mailHost, (_, protocol: string) => localMailHost(protocol)),
    environment: {
      OPENAI_BASE_URL: model.baseUrl,
      OPENAI_API_KEY: "stand-in",
      ANTHROPIC_BASE_URL: new URL(model.baseUrl).origin,
      ANTHROPIC_API_KEY: "stand-in",
      WORKSHOP_TOKEN: token,
      MAIL_PASSWORD: mail?.servers.users[0]?.pass ?? "",
    },
    async [Symbol.asyncDispose](): Promise<void> {
      await Promise.all([api.close(), model.close(), mail?.stop()]);
    },
  };
}
