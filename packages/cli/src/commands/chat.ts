import process from "node:process";
import { consentDecorator } from "@mcs/consent";
import { createRunner } from "@mcs/kit/runner";
import { formatForModel } from "@mcs/llm/dialects";
import { createScrubber } from "@mcs/secrets";
import { Command, Option } from "commander";
import { answerTimeMs, askConsent } from "../chat/ask-consent.ts";
import { runChat } from "../chat/chat-loop.ts";
import { ChatModel } from "../chat/chat-model.ts";
import { Conversation } from "../chat/conversation.ts";
import type { SharedOptions } from "../chat/document-options.ts";
import { Keyboard } from "../chat/keyboard.ts";
import { readEndpoint } from "../chat/model-endpoint.ts";
import { openDocuments, type OpenedDocuments } from "../chat/open-documents.ts";
import { PipedLines } from "../chat/piped-lines.ts";
import { mostAnswers } from "../chat/run-turn.ts";
import { Screen } from "../chat/screen.ts";
import { ShownCalls } from "../chat/shown-calls.ts";
import { addFilterOptions, type FilterOptions } from "../filters.ts";
import type { Interruption } from "../interruption.ts";
import { addDriverOptions } from "../spec-options.ts";

interface ChatOptions extends SharedOptions, FilterOptions {
  readonly model: string;
  readonly baseUrl?: string;
  readonly format?: "openai" | "text";
  readonly system?: string;
  readonly yes?: boolean;
}

/** OpenAI's own endpoint takes no more. OpenAI API reference, "Create chat completion", `tools`. */
const mostTools = 128;

const examples = `
The model's endpoint is --base-url, else OPENAI_BASE_URL, else OpenAI's own; its key is OPENAI_API_KEY.

With several documents, tools are called LABEL__TOOL. A label comes from the document's host or file name,
or is given: LABEL=SPEC. Credentials and servers then begin with it: LABEL.SCHEME=env:NAME, LABEL=URL.

Lines that are piped in are turns, one each, and never commands: answers go to stdout, all else to stderr, and nobody is asked.

Examples:
  $ mcs chat https://api.example.com/openapi.json --model gpt-5-mini
  $ mcs chat pets=./pets.yaml shop=./shop.yaml -m qwen3 --base-url http://127.0.0.1:11434/v1 -c pets.bearerAuth=env:PETS_TOKEN
  $ echo 'Which pets are for sale?' | mcs chat ./pets.yaml --model gpt-5-mini
`;

/** `mcs chat`: a conversation with a model that has the tools of any number of documents. */
export function chatCommand(interruption: Interruption): Command {
  const command = new Command("chat")
    .argument(
      "<spec...>",
      "OpenAPI or Swagger documents: URLs or files, each with a label if need be (LABEL=SPEC)",
    )
    .description("Talk to a model that can use APIs.")
    .requiredOption("-m, --model <name>", "name of the model, as its endpoint calls it")
    .option("--base-url <url>", "the model's endpoint, OpenAI-compatible (default: OPENAI_BASE_URL)")
    .addOption(
      new Option(
        "--format <format>",
        "how tools are offered: natively, or as text to models that know no tools (default: what the model's name suggests)",
      ).choices(["openai", "text"]),
    )
    .option("--system <text>", "instructions for the model, in front of those for the tools")
    .option(
      "-y, --yes",
      "run every tool without asking (default: ask before those that may change something)",
    )
    .option(
      "-s, --server <url>",
      "use this server instead of the document's, as [LABEL=]URL (repeatable)",
      addServer,
    );
  return addFilterOptions(addDriverOptions(command))
    .addHelpText("after", examples)
    .action((specs: readonly string[], options: ChatOptions) => chat(specs, options, interruption));
}

async function chat(
  specs: readonly string[],
  { model: modelName, baseUrl, format = chatFormat(modelName), system = "", yes, ...options }: ChatOptions,
  interruption: Interruption,
): Promise<void> {
  const endpoint = readEndpoint(baseUrl, process.env);
  const screen = new Screen(createScrubber(() => [endpoint.key]));
  screen.note(`Model: ${modelName} at ${endpoint.shownUrl}`);

  await using documents = await openDocuments(specs, options, interruption.signal);
  using input = process.stdin.isTTY && process.stderr.isTTY ? new Keyboard() : new PipedLines();
  const calls = new ShownCalls(documents.driver, screen);
  const ask = askConsent(input, screen);
  const driver = yes === true ? calls : consentDecorator(calls, { ask, timeoutMs: answerTimeMs });
  const { tools } = await driver.getNativeToolContext(modelName, format);
  introduce(documents, tools.length, screen);
  if (input.isInteractive)
    screen.note("/help says what else there is. Ctrl-C ends an answer, Ctrl-D ends mcs.");

  const runner = createRunner({
    driver,
    model: new ChatModel(modelName, endpoint).answer,
    modelName,
    format,
    system,
    // A person is there to end what takes too long or costs too much; a script has its own limits.
    limits: { turns: mostAnswers, calls: Infinity, tokens: Infinity, seconds: Infinity },
  });
  const conversation = new Conversation();
  await runChat({ runner, conversation, driver, calls, screen }, input, interruption);
}

/** An OpenAI-compatible endpoint takes tools in OpenAI's shape, whoever made the model. */
function chatFormat(modelName: string): NonNullable<ChatOptions["format"]> {
  return formatForModel(modelName) === "text" ? "text" : "openai";
}

function introduce({ documents }: OpenedDocuments, offered: number, screen: Screen): void {
  for (const { label, spec, tools } of documents)
    screen.note(`${label}: ${tools.length} tools of ${shownSpec(spec)}`);
  if (offered > mostTools)
    screen.note(
      `${offered} tools are more than many endpoints take (OpenAI's: ${mostTools}); --include some of them.`,
    );
}

/** Without a query, which may be secret. */
function shownSpec(spec: string): string {
  const url = /^https?:/i.test(spec) ? URL.parse(spec) : null;
  return url === null ? spec : `${url.origin}${url.pathname}`;
}

function addServer(server: string, before: readonly string[] | undefined): readonly string[] {
  return [...(before ?? []), server];
}
