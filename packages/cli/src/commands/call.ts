import { findTool, MCSError } from "@mcs/core";
import { nearestNames } from "@mcs/llm/validate";
import { Command } from "commander";
import { openDriver } from "../open-driver.ts";
import { printJson } from "../print-json.ts";
import { readArguments } from "../read-arguments.ts";
import { addSpecOptions, type SpecOptions } from "../spec-options.ts";

interface CallOptions extends SpecOptions {
  readonly args: string;
}

const examples = `
Examples:
  $ mcs call ./openapi.yaml getPet --args '{"petId": 7}'
  $ mcs call https://api.example.com/openapi.json addPet --credential bearerAuth=env:PETS_TOKEN --args @pet.json
  $ echo '{"limit": 5}' | mcs call ./openapi.yaml listPets --args -
`;

/** `mcs call`: one call, its result on stdout. */
export function callCommand(signal: AbortSignal): Command {
  return addSpecOptions(new Command("call"))
    .argument("<tool>", "name of a tool, as `mcs tools` prints it")
    .description("Call one tool and print its result as JSON.")
    .option("-a, --args <json>", "arguments as a JSON object, - for stdin, or @PATH for a file", "{}")
    .addHelpText("after", examples)
    .action(async (spec: string, tool: string, { args, ...options }: CallOptions) => {
      const values = await readArguments(args, signal);
      const { driver, tools } = await openDriver(spec, options, {}, signal);
      await using _ = driver;
      if (findTool(tools, tool) === undefined)
        throw unknownTool(
          tool,
          tools.map(({ name }) => name),
        );
      printJson(await driver.executeTool(tool, values, { signal }));
    });
}

function unknownTool(name: string, names: readonly string[]): MCSError {
  const near = nearestNames(name, names);
  const question = near.length > 0 ? ` Did you mean ${near.join(", ")}?` : "";
  return new MCSError("MCS_UNKNOWN_TOOL", `There is no tool "${name}" in the document.${question}`, {
    hint: "`mcs tools` lists them all.",
  });
}
