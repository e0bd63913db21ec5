import process from "node:process";
import { isMCSError, type AuthChallenge } from "@mcs/core";
import { Command } from "commander";
import { toPlainLine } from "../plain-text.ts";
import { SignIns } from "../sign-ins.ts";

interface LoginOptions {
  readonly clientId: string;
  readonly for: string;
  readonly scope?: readonly string[];
  readonly device?: boolean;
}

const examples = `
Examples:
  $ mcs login https://login.example.com --client-id my-app --for https://api.example.com --scope offline_access
  $ mcs login https://login.example.com --client-id my-app --for https://api.example.com --device
  $ mcs call https://api.example.com/openapi.json listPets --login

Grants are kept in $XDG_STATE_HOME/mcs (default: ~/.local/state/mcs), readable by you only.
`;

/** `mcs login`: a person signs in, and `--login` of other commands uses it. */
export function loginCommand(signal: AbortSignal): Command {
  return new Command("login")
    .description("Sign in at an authorization server, for use with --login.")
    .argument("<issuer>", "the authorization server: https://login.example.com")
    .requiredOption("--client-id <id>", "what this program is registered as there (a public client)")
    .requiredOption("--for <origin>", "the API that may see the tokens: https://api.example.com")
    .option(
      "--scope <scope>",
      "ask for this scope (repeatable); offline_access, mostly, so that it lasts",
      (scope: string, before: readonly string[] | undefined) => [...(before ?? []), scope],
    )
    .option("--device", "sign in with a code on another device, instead of a browser on this machine")
    .addHelpText("after", examples)
    .action(async (issuer: string, { clientId, for: origin, scope = [], device }: LoginOptions) => {
      const { loopbackRedirect } = await import("@mcs/auth/node");
      const signIns = await SignIns.open();
      const settings = { issuer, clientId, origin, scopes: scope };
      const method = device === true ? "device" : "browser";
      await using provider = await signIns.providerFor(settings, method, loopbackRedirect());
      try {
        await provider.get({ audience: origin, signal });
      } catch (error) {
        if (!isMCSError(error) || error.challenge === undefined) throw error;
        show(error.challenge);
        await provider.signedIn({ signal });
      }
      await signIns.remember({ ...settings, origin: new URL(origin).origin });
      process.stderr.write(`Signed in for ${toPlainLine(origin)}.\n`);
    });
}

function show({ message, url, code }: AuthChallenge): void {
  const lines = [message, `  ${url}`, ...(code === undefined ? [] : [`  code: ${code}`])];
  process.stdout.write(`${lines.map(toPlainLine).join("\n")}\n`);
}
