import { createHash } from "node:crypto";
import type { Tool } from "@mcs/core";
import { toNativeTools } from "../../src/dialects.ts";
import { allFormats } from "../../src/formats.ts";
import { allGrammars } from "../../src/grammars.ts";
import { readToolCalls } from "../../src/index.ts";
import { sentenceEnds } from "../../src/prompt/sentence-ends.ts";
import { writeType } from "../../src/prompt/write-type.ts";
import { estimateTokens, shortenTools, writeSystemMessage } from "../../src/prompts.ts";
import { hermesStrategy, jsonStrategy, terseStrategy } from "../../src/strategies.ts";
import { validateArguments } from "../../src/validate.ts";
import {
  readToolSets,
  type AnswerCase,
  type NamedCall,
  type NativeCase,
  type PromptCase,
  type Reading,
  type SentenceCase,
  type TypeCase,
} from "./vector-files.ts";

const strategies = { json: jsonStrategy, hermes: hermesStrategy, terse: terseStrategy };
const toolSets = readToolSets();

/** @throws {Error} If there is no such tool set. */
function toolsNamed(name: string): readonly Tool[] {
  const tools = toolSets[name];
  if (tools === undefined) throw new Error(`There is no tool set "${name}".`);
  return tools;
}

export function typeOf({ schema }: Pick<TypeCase, "schema">): Pick<TypeCase, "type"> {
  return { type: writeType(schema) };
}

export function beginningsOf({ text }: Pick<SentenceCase, "text">): Pick<SentenceCase, "beginnings"> {
  return { beginnings: sentenceEnds(text).map((end) => text.slice(0, end)) };
}

export function promptOf({
  strategy,
  tools,
  maxTokens,
}: Pick<PromptCase, "strategy" | "tools" | "maxTokens">): Pick<
  PromptCase,
  "prompt" | "tokens" | "diagnostics"
> {
  const chosen = strategies[strategy];
  const given = toolsNamed(tools);
  const { tools: shortened, diagnostics } =
    maxTokens === undefined ? { tools: given, diagnostics: [] } : shortenTools(given, { maxTokens }, chosen);
  const prompt = writeSystemMessage(shortened, chosen);
  return {
    prompt,
    tokens: estimateTokens(prompt),
    diagnostics: diagnostics.map(({ code, tool }) => ({ code, ...(tool !== undefined && { tool }) })),
  };
}

export function nativeOf({
  format,
  tools,
}: Pick<NativeCase, "format" | "tools">): Pick<NativeCase, "native" | "sha256" | "diagnostics"> {
  const { tools: native, diagnostics } = toNativeTools(toolsNamed(tools), format);
  return {
    native,
    sha256: createHash("sha256").update(JSON.stringify(native)).digest("hex"),
    diagnostics: diagnostics.map(({ code, tool, path, leftOut }) => ({
      code,
      ...(tool !== undefined && { tool }),
      ...(path !== undefined && { path }),
      leftOut,
    })),
  };
}

/** What a model writes for each call; null if it cannot. */
export function writtenOf({
  format,
  tools,
  calls,
}: Pick<NativeCase, "format" | "tools" | "calls">): readonly (NamedCall | null)[] {
  const { encode } = toNativeTools(toolsNamed(tools), format);
  return calls.map(({ meant }) => encode(meant.name, meant.arguments) ?? null);
}

/** What the calls that a model writes mean. */
export function meantOf({
  format,
  tools,
  calls,
}: Pick<NativeCase, "format" | "tools" | "calls">): readonly (NamedCall | null)[] {
  const { decode } = toNativeTools(toolsNamed(tools), format);
  return calls.map(({ written }) => written && decode(written.name, written.arguments));
}

export function readingOf({
  tools,
  answer,
  cutOff,
}: Pick<AnswerCase, "tools" | "answer" | "cutOff">): Reading {
  const reading = readToolCalls(answer, {
    tools: toolsNamed(tools),
    formats: allFormats,
    grammars: allGrammars,
    validate: validateArguments,
    cutOff: cutOff === true,
  });
  if (reading.kind === "none") return { kind: "none" };
  const { kind, format } = reading;
  if (kind === "failed") return { kind, format };
  const { calls, failures, ids, healed, text } = reading;
  return JSON.parse(
    JSON.stringify({
      kind,
      format,
      calls,
      failures: failures.map(({ id, name }) => ({ id, ...(name !== undefined && { name }) })),
      ids,
      healed: healed.length > 0,
      text: text.replaceAll(/\s+/g, " ").trim(),
    }),
  ) as Reading;
}
