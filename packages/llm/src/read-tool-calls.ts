import { findTool, isMCSError, type Issue, type LlmAnswer, type Tool, type ToolArguments } from "@mcs/core";
import { assignIds } from "./call-ids.ts";
import { coreFormats, formatNamed, formatOf } from "./formats/formats.ts";
import { decodeFitting, type FittingArguments } from "./decode-fitting.ts";
import type { CallProblem, FoundCall, FoundCalls } from "./found-call.ts";
import { maxCalls } from "./json/limits.ts";
import type { LlmFormat } from "./llm-format.ts";
import { fillTemplate, type PromptStrategy } from "./prompt-strategy.ts";
import { readArguments, type ReadArguments } from "./read-arguments.ts";
import type {
  DecodeCall,
  ReadCall,
  ReadFailure,
  ReadOptions,
  ToolCallReading,
  ValidateArguments,
} from "./reading.ts";
import { jsonStrategy } from "./strategies/json.ts";
import { coreGrammars } from "./text/grammars.ts";
import { own } from "./own.ts";
import { knownNames } from "./text/known-names.ts";
import { resolveName, type KnownNames } from "./text/text-source.ts";

/** Stands in a prompt for a name that could not be read. */
const unnamed = "?";

/** Who does not answer: a message of theirs holds what a user, a tool or a program said. */
const otherRoles = new Set<unknown>(["user", "tool", "function", "system", "developer"]);

/**
 * Reads the calls out of an answer: text, a message object, or a whole response. All of them, in order, each either
 * ready to run or with the reason why not. Reasoning, quotations and code that look like calls are none.
 *
 * Whatever the answer is, this returns: hostile objects and endless texts are read as `failed`.
 *
 * @throws {MCSError} `MCS_UNSUPPORTED` if `options.format` is not the name of a format: the program's mistake.
 */
export function readToolCalls(answer: LlmAnswer, options: ReadOptions): ToolCallReading {
  const { formats = coreFormats, grammars = coreGrammars, strategy = jsonStrategy } = options;
  const requested = options.format === undefined ? undefined : formatNamed(options.format, formats).name;
  let name: LlmFormat = "text";
  try {
    if (otherRoles.has(own(answer, "role"))) return { kind: "none" };
    const format = formatOf(answer, requested, formats);
    name = format.name;
    const names = knownNames(options.tools, options.otherTools);
    const found = format.read(answer, { names, strategy, grammars, formats });
    const calls = found.calls.map((call) => withoutNamespace(call, names));
    return settle({ ...found, calls }, name, options, strategy);
  } catch {
    // A getter or proxy threw. What it threw is the answer's, so it is neither passed on nor quoted.
    return failAnswer(name, "it is not plain data", strategy);
  }
}

function withoutNamespace(call: FoundCall, names: KnownNames): FoundCall {
  if (call.name === undefined) return call;
  const name = resolveName(call.name, names);
  return name === call.name ? call : { ...call, name };
}

function failAnswer(format: LlmFormat, error: string, strategy: PromptStrategy): ToolCallReading {
  const retryPrompt = fillTemplate(strategy.retryPrompts.unreadableAnswer, { error });
  return { kind: "failed", detail: `The answer could not be read: ${error}.`, retryPrompt, format };
}

function settle(
  { calls: all, text, cutOff, refused }: FoundCalls,
  format: LlmFormat,
  options: ReadOptions,
  strategy: PromptStrategy,
): ToolCallReading {
  if (refused !== undefined) return failAnswer(format, refused, strategy);
  if (all.length === 0) return { kind: "none" };
  const found = all.length > maxCalls ? refuseSurplus(all, format) : all;
  const calls: ReadCall[] = [];
  const failures: ReadFailure[] = [];
  const healed: string[] = [];
  const ids = assignIds(found.map(({ id }) => id));
  const isCut = cutOff || options.cutOff === true;
  for (const [index, call] of found.entries()) {
    const id = ids[index] ?? "";
    const whole = isCut && index === found.length - 1 ? cut(call) : call;
    const settled = settleCall(whole, id, format, options, strategy);
    if ("call" in settled) calls.push(settled.call);
    else failures.push(settled.failure);
    healed.push(...settled.repairs.map((repair) => `${call.name ?? id}: ${repair}`));
  }
  return { kind: "calls", calls, failures, ids, healed, text, format };
}

/** Who calls so often is out of its mind. Each native call needs an answer all the same; calls in text get one together. */
function refuseSurplus(calls: readonly FoundCall[], format: LlmFormat): FoundCall[] {
  const surplus = calls.slice(maxCalls, format === "text" ? maxCalls + 1 : undefined);
  const error = `it is beyond the first ${maxCalls} calls of one answer that has ${calls.length}`;
  const problem: CallProblem = { prompt: "unreadableCall", error };
  return [...calls.slice(0, maxCalls), ...surplus.map((call) => ({ ...call, problem, repairs: [] }))];
}

/** The last call of an answer that was cut off, which may be incomplete even where it looks whole. */
function cut(call: FoundCall): FoundCall {
  return { ...call, problem: call.problem ?? { prompt: "cutOff", error: "the answer was cut off" } };
}

/** For tools that the model got as they are. */
const asWritten: DecodeCall = (name, args) => ({ name, arguments: args });

type Settled = { readonly repairs: readonly string[] } & (
  | { readonly call: ReadCall }
  | { readonly failure: ReadFailure }
);

function settleCall(
  found: FoundCall,
  id: string,
  format: LlmFormat,
  { tools, validate, decode = asWritten }: ReadOptions,
  strategy: PromptStrategy,
): Settled {
  const meant = found.name === undefined ? undefined : decode(found.name, {}, format).name;
  const tool = meant === undefined ? undefined : findTool(tools, meant);
  const name = tool?.name ?? meant;
  if (name === undefined || found.problem !== undefined) {
    const problem: CallProblem = found.problem ?? { prompt: "noToolField", error: "it has no name" };
    return { failure: failCall(id, name, problem, strategy), repairs: found.repairs };
  }
  const checked = new Map<ToolArguments, readonly Issue[]>();
  const issuesOf =
    tool &&
    validate &&
    ((args: ToolArguments): readonly Issue[] => {
      const issues = checked.get(args) ?? check(validate, tool, args);
      checked.set(args, issues);
      return issues;
    });
  const fit = (args: ToolArguments): FittingArguments =>
    decodeFitting(args, (written) => decode(name, written, format).arguments, issuesOf);
  const accepts = issuesOf && ((args: ToolArguments) => fit(args).issues.length === 0);
  const { isOpen = false } = found;
  const read: ReadArguments =
    found.arguments === undefined
      ? readArguments(found.rawArguments, {
          accepts,
          mayClose: accepts !== undefined && !isOpen,
          rules: strategy.healing,
        })
      : { arguments: found.arguments, repairs: [] };
  if ("problem" in read)
    return { failure: failCall(id, name, read.problem, strategy), repairs: found.repairs };
  const repairs = [...found.repairs, ...read.repairs];
  const { arguments: args, issues } = fit(read.arguments);
  if (issues.length === 0) return { call: { id, name, arguments: args, known: tool !== undefined }, repairs };
  return { failure: failArguments(id, name, issues, strategy), repairs };
}

function failArguments(
  id: string,
  name: string,
  issues: readonly Issue[],
  strategy: PromptStrategy,
): ReadFailure {
  const error = issues
    .map(({ argument, message }) => fillTemplate(strategy.results.issue, { argument, error: message }))
    .join("")
    .trim();
  const listed = issues.map(({ argument, message }) => `${argument} ${message}`).join("; ");
  return {
    ...failCall(id, name, { prompt: "invalidArguments", error }, strategy),
    detail: `Invalid arguments for "${name}": ${listed}`,
    issues,
  };
}

/** A check that fails itself must not let the call through. */
function check(validate: ValidateArguments, tool: Tool, args: ToolArguments): readonly Issue[] {
  try {
    return validate(tool, args);
  } catch (error) {
    return [
      {
        argument: "arguments",
        message: isMCSError(error) ? error.message : "could not be checked against the tool's schema",
      },
    ];
  }
}

function failCall(
  id: string,
  name: string | undefined,
  { prompt, error }: CallProblem,
  strategy: PromptStrategy,
): ReadFailure {
  const shown = (name ?? unnamed).slice(0, 128);
  return {
    id,
    ...(name !== undefined && { name }),
    detail: `The call of "${shown}" cannot be used: ${error}.`,
    retryPrompt: fillTemplate(strategy.retryPrompts[prompt], { tool_name: shown, error }),
  };
}
