import {
  withCapability,
  type CallContext,
  type DriverMeta,
  type DriverPorts,
  type JsonSchema,
  type MCSToolDriver,
  type StorePort,
  type Tool,
  type ToolArguments,
} from "@mcs/core";
import { charactersPerToken, defaultTokens, estimateResultTokens, type ShapeOptions } from "@mcs/llm/results";
import { deepFreeze } from "../deep-freeze.ts";
import { KeepsResults } from "../keeps-results.ts";
import { manifest } from "../manifest.ts";
import { requireFitting } from "../require-fitting.ts";
import { createToolDriver } from "../tool-driver.ts";
import { fillArguments } from "./fill-arguments.ts";
import { handlePattern, keptResults, type KeptResult, type KeptResults } from "./kept-results.ts";
import { namedPlaces } from "./named-places.ts";
import { pageOf } from "./page.ts";
import { longestExpression, select } from "./select.ts";
import { viewResult } from "./view-result.ts";

/** What {@link createResultTools} takes. */
export interface ResultToolsOptions extends Pick<ShapeOptions, "countTokens"> {
  /** Keeps the results; also holds the files that arguments may name. */
  readonly store: StorePort;
  /** How long a result is kept, in milliseconds. Default one hour. */
  readonly ttlMs?: number;
  /** Bytes of a result as JSON; larger ones are cut and not kept. Default `16_000_000`. */
  readonly maxBytes?: number;
}

/** A ToolDriver that keeps results for all drivers beside it. */
export type ResultTools = KeepsResults & MCSToolDriver;

const handleSchema: JsonSchema = { type: "string", pattern: handlePattern };
const selectSchema: JsonSchema = { type: "string", minLength: 1, maxLength: longestExpression };
const handle = {
  name: "handle",
  required: true,
  schema: handleSchema,
  description: "`resultHandle` of the result",
};

/** Texts that a model reads. */
const tools: readonly Tool[] = [
  {
    name: "result_select",
    title: "Select from a kept result",
    description:
      "Give a part of a result that was too large to be shown: what a JMESPath expression selects of it, such as `items[?price > `10`].{name: name, price: price}`.",
    annotations: { readOnly: true, idempotent: true, openWorld: false },
    parameters: [
      handle,
      {
        name: "select",
        required: true,
        schema: selectSchema,
        description: "JMESPath, without `$` and `let`",
      },
    ],
  },
  {
    name: "result_page",
    title: "Page through a kept result",
    description:
      "Give the next items of a list, characters of a text or members of an object, out of a result that was too large to be shown; `next` is the position to go on from.",
    annotations: { readOnly: true, idempotent: true, openWorld: false },
    parameters: [
      handle,
      {
        name: "select",
        schema: selectSchema,
        description: "JMESPath that leads to the list, text or object; default: the whole result",
      },
      { name: "from", schema: { type: "integer", minimum: 0, default: 0 }, description: "First position" },
      {
        name: "limit",
        schema: { type: "integer", minimum: 1 },
        description: "Most items, characters or members; default: as many as fit",
      },
    ],
  },
];

/** What the view of a page needs beside its items. */
const tokensOfFrame = 30;

/**
 * Keeps results that are too large for a conversation, for all drivers that it stands beside: add it once to the drivers of
 * `processWithDrivers`, of a runner or of an orchestrator. The model then gets a result's shape, a preview and a handle;
 * reads more with `result_select` and `result_page`; and may give `{ "resultHandle": …, "select"?: … }` or a `FileRef`
 * as the argument of any tool, in place of the value.
 */
export function createResultTools(
  { store, ttlMs = 3_600_000, maxBytes = 16_000_000, countTokens = estimateResultTokens }: ResultToolsOptions,
  ports: Omit<DriverPorts, "store"> = {},
): ResultTools {
  const { clock = Date } = ports;
  const kept = keptResults(store, { ttlMs, maxBytes, clock });
  const inner = createToolDriver(
    {
      meta: {
        ...manifest,
        name: "Results",
        bindings: [{ capability: "result", adapter: "*", specFormat: "Custom" }],
      },
      tools: {
        listTools: async () => tools,
        execute: ({ name }, args, context) => run(name, args, context, kept, countTokens),
      },
    },
    ports,
  );
  const view = { kept, store, countTokens, expiresAt: () => clock.now() + ttlMs };
  const meta: DriverMeta = deepFreeze(withCapability({ ...inner.meta }, KeepsResults));
  return Object.freeze({
    meta,
    listTools: (context?: CallContext) => inner.listTools(context),
    executeTool: (name: string, args: ToolArguments, context?: CallContext) =>
      inner.executeTool(name, args, context),
    viewResult: (result: unknown, context: CallContext) => viewResult(result, context, view),
    namesKept: (args: ToolArguments) => namedPlaces(args).length > 0,
    async fillArguments(tool: Tool, args: ToolArguments, context: CallContext) {
      if (!readsResults(tool)) return fillArguments(tool, args, context, view);
      requireFitting(tool, args);
      return args;
    },
    [Symbol.asyncDispose]: async () => inner[Symbol.asyncDispose](),
  });
}

/** Whether a tool is one of these, under whatever name: it takes a handle as such, and not what it stands for. */
function readsResults({ parameters }: Tool): boolean {
  return parameters.some(({ name, schema }) => {
    const { pattern } = Object(schema) as { readonly pattern?: unknown };
    return name === handle.name && pattern === handlePattern;
  });
}

async function run(
  name: string,
  args: ToolArguments,
  context: CallContext,
  kept: KeptResults,
  countTokens: (text: string) => number,
): Promise<unknown> {
  const { handle: given, select: expression } = args as { readonly handle: string; readonly select?: string };
  const value = selected(await kept.get(given, context), expression);
  if (name === "result_select") return value;
  const { from = 0, limit = Infinity } = args as { readonly from?: number; readonly limit?: number };
  const tokens = (context.budget?.tokens ?? defaultTokens) - tokensOfFrame;
  return pageOf(value, {
    from,
    limit: Math.min(limit, tokens * charactersPerToken),
    fits: (page) => countTokens(JSON.stringify(page)) <= tokens,
  });
}

function selected({ value, size }: KeptResult, expression: string | undefined): unknown {
  return expression === undefined ? value : select(value, expression, size);
}
