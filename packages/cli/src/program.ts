import { readFileSync } from "node:fs";
import { Command } from "commander";
import { callCommand } from "./commands/call.ts";
import { chatCommand } from "./commands/chat.ts";
import { loginCommand } from "./commands/login.ts";
import { toolsCommand } from "./commands/tools.ts";
import { exitCodeMeanings } from "./exit-codes.ts";
import type { Interruption } from "./interruption.ts";

const details = `
Credentials are references, because a command line is no place for a secret:
  --credential bearerAuth=env:PETS_TOKEN    from an environment variable
  --credential bearerAuth=file:token.txt    from a file
Without the option, MCS_OPENAPI_<SCHEME> is used if it is set (MCS_OPENAPI_BEARERAUTH).

With --login, what "mcs login" signed in to is used for the schemes that have none of these.

Exit codes:
${exitCodeMeanings.map(([code, meaning]) => `  ${String(code).padEnd(4)} ${meaning}`).join("\n")}
`;

/** The whole command line; throws where commander would exit. */
export function createProgram(interruption: Interruption): Command {
  const { signal } = interruption;
  const program = new Command("mcs")
    .description("Use any HTTP API that has an OpenAPI document, from a terminal.")
    .version(version(), "-V, --version", "print the version")
    .addCommand(toolsCommand(signal))
    .addCommand(callCommand(signal))
    .addCommand(chatCommand(interruption))
    .addCommand(loginCommand(signal))
    .addHelpText("after", details);
  for (const command of [program, ...program.commands])
    command
      .exitOverride()
      .showHelpAfterError("     `mcs --help` and `mcs COMMAND --help` say what is possible.")
      .configureOutput({ outputError: (text, write) => write(text.replace(/^error:/, "mcs:")) });
  return program;
}

function version(): string {
  const manifest: unknown = JSON.parse(readFileSync(new URL("../package.json", import.meta.url), "utf8"));
  return (manifest as { readonly version: string }).version;
}
