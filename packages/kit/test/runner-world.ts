import {
  SupportsConsent,
  type CallContext,
  type LlmAnswer,
  type MCSToolDriver,
  type ProviderMessage,
  type ToolArguments,
} from "@mcs/core";
import * as z from "zod";
import {
  BaseDecorator,
  BaseDriver,
  copyArguments,
  createToolDriver,
  defineTool,
  requireArguments,
  requireTool,
} from "../src/index.ts";
import { createConsentGate, type AskConsent } from "../src/consent.ts";
import type { Model, ModelRequest, RunDone, RunEvent } from "../src/runner.ts";

/** What a model asks for in one answer: `[tool, arguments]`, one or several; or its final words. */
export type Line = string | readonly (readonly [tool: string, args: object])[];

/** A model in memory that speaks chat completions and says its lines one after the other. */
export function scripted(...lines: readonly Line[]): Model & { readonly requests: ModelRequest[] } {
  const requests: ModelRequest[] = [];
  const model = (request: ModelRequest): LlmAnswer => {
    const line = lines[requests.push(request) - 1] ?? "There are no more lines.";
    return completion(line, requests.length);
  };
  return Object.assign(model, { requests });
}

/** A line as a chat completion. */
export function completion(line: Line, turn = 1): object {
  if (typeof line === "string")
    return { choices: [{ message: { role: "assistant", content: line }, finish_reason: "stop" }] };
  const calls = line.map(([name, args], index) => ({
    id: `call_${turn}_${index}`,
    type: "function",
    function: { name, arguments: JSON.stringify(args) },
  }));
  const message = { role: "assistant", content: null, tool_calls: calls };
  return { choices: [{ message, finish_reason: "tool_calls" }] };
}

export interface Workshop {
  readonly driver: MCSToolDriver;
  /** What began and ended, in order: `+look 1`, `-look 1`. */
  readonly log: string[];
  /** Calls that run now. */
  readonly running: () => number;
  /** Lets every call that is held go on. */
  readonly release: () => void;
  /** Contexts in which tools were called. */
  readonly contexts: CallContext[];
}

/** Tools that read, write, fail and hang; `hold` makes them wait to be released. */
export function workshop(hold: readonly string[] = []): Workshop {
  const log: string[] = [];
  const contexts: CallContext[] = [];
  const held: (() => void)[] = [];
  let running = 0;
  const make = (name: string, readOnly: boolean, work: (n: number) => unknown = (n) => ({ [name]: n })) =>
    defineTool({
      name,
      description: `The workshop's ${name}.`,
      annotations: { readOnly },
      parameters: z.strictObject({ n: z.int() }),
      async execute({ n }, context) {
        contexts.push(context);
        log.push(`+${name} ${n}`);
        running += 1;
        try {
          if (hold.includes(name))
            await new Promise<void>((resolve, reject) => {
              held.push(resolve);
              context.signal.addEventListener("abort", () => reject(context.signal.reason as Error));
            });
          context.onProgress?.({ done: 1, total: 1 });
          return work(n);
        } finally {
          running -= 1;
          log.push(`-${name} ${n}`);
        }
      },
    });
  const driver = createToolDriver({
    meta: {
      id: "3f0c7a52-7d0a-4b58-9f6e-0f6a8f1f2b11",
      name: "Workshop",
      version: "1.0.0",
      bindings: [{ capability: "workshop", adapter: "*", specFormat: "Custom" }],
    },
    tools: [
      make("look", true),
      make("paint", false),
      make("fail", true, () => {
        throw new Error("It is broken.");
      }),
    ],
  });
  const release = (): void => held.splice(0).forEach((go) => go());
  return { driver: new BaseDriver({ toolDriver: driver }), log, running: () => running, release, contexts };
}

/** Asks before what is not read-only. */
export class Asking extends BaseDecorator {
  readonly #gate: ReturnType<typeof createConsentGate>;

  constructor(inner: MCSToolDriver, ask: AskConsent) {
    super(inner, { adds: [SupportsConsent] });
    this.#gate = createConsentGate({ ask });
  }

  override async executeTool(name: string, args: ToolArguments, context: CallContext = {}): Promise<unknown> {
    const tool = requireTool(await this.listTools(context), name);
    const consented = await this.#gate.pass(tool, requireArguments(tool, copyArguments(args)), context);
    return super.executeTool(tool.name, consented.args, consented.context);
  }
}

/** All events of a run. */
export async function all(events: AsyncIterable<RunEvent>): Promise<RunEvent[]> {
  const list: RunEvent[] = [];
  for await (const event of events) list.push(event);
  return list;
}

/** The last event of a run. */
export async function doneOf(events: AsyncIterable<RunEvent>): Promise<RunDone> {
  const last = (await all(events)).at(-1);
  if (last?.type !== "done") throw new Error("The last event of a run is done.");
  return last;
}

/** Events in short: `call look`, `result look executed`, `text Hi`. */
export function brief(events: readonly RunEvent[]): string[] {
  return events.map(inShort);
}

function inShort(event: RunEvent): string {
  switch (event.type) {
    case "text":
      return `text ${event.text}`;
    case "answer":
      return `answer ${event.calls}`;
    case "call":
      return `call ${event.name}`;
    case "result":
      return `result ${event.name} ${event.outcome}${event.ran ? "" : ", not run"}`;
    case "pending":
      return `pending ${event.pending.call.name}`;
    case "limit":
      return `limit ${event.limit}`;
    case "done":
      return `done ${event.reason}`;
    default:
      return event.type;
  }
}

interface ChatMessage {
  readonly role: string;
  readonly content: unknown;
  readonly tool_calls?: readonly { readonly id: string }[];
  readonly tool_call_id?: string;
}

export function chat(messages: readonly ProviderMessage[]): readonly ChatMessage[] {
  return messages as readonly ChatMessage[];
}

/** Calls that no message answers, and answers to no call: none, in a conversation that an API takes. */
export function unanswered(messages: readonly ProviderMessage[]): string[] {
  const calls = chat(messages).flatMap(({ tool_calls: asked = [] }) => asked.map(({ id }) => id));
  const answers = chat(messages).flatMap(({ tool_call_id: id }) => id ?? []);
  return [...calls.filter((id) => !answers.includes(id)), ...answers.filter((id) => !calls.includes(id))];
}
