import { readFileSync, writeFileSync } from "node:fs";
import type { JsonSchema, JsonValue, Tool, ToolArguments } from "@mcs/core";
import type { LlmFormat } from "../../src/index.ts";

/** What every case has. */
interface Case {
  readonly id: string;
  readonly title: string;
}

export interface TypeCase extends Case {
  readonly schema: JsonSchema;
  /** What a prompt writes for it. */
  readonly type: string;
}

export interface SentenceCase extends Case {
  readonly text: string;
  /** The text without what stands behind each sentence, from the first sentence to all of them. */
  readonly beginnings: readonly string[];
}

export interface PromptCase extends Case {
  readonly strategy: "json" | "hermes" | "terse";
  /** Name of a tool set. */
  readonly tools: string;
  /** Tokens by the estimate; absent: any number. */
  readonly maxTokens?: number;
  /** The whole system message. */
  readonly prompt: string;
  /** The estimate for it. */
  readonly tokens: number;
  readonly diagnostics: readonly { readonly code: string; readonly tool?: string }[];
}

export interface NativeCase extends Case {
  readonly format: LlmFormat | "openai-strict";
  readonly tools: string;
  readonly native: readonly object[];
  /** SHA-256 of `native` as JSON, in hexadecimal. */
  readonly sha256: string;
  readonly diagnostics: readonly {
    readonly code: string;
    readonly tool?: string;
    readonly path?: string;
    readonly leftOut: boolean;
  }[];
  /** A call, and what a model writes for it; null if it cannot in this format. */
  readonly calls: readonly { readonly meant: NamedCall; readonly written: NamedCall | null }[];
}

export interface NamedCall {
  readonly name: string;
  readonly arguments: ToolArguments;
}

export interface AnswerCase extends Case {
  readonly tools: string;
  readonly answer: string | object;
  readonly cutOff?: true;
  readonly reading: Reading;
}

/** What an answer asks for. */
export type Reading =
  | { readonly kind: "none" }
  | { readonly kind: "failed"; readonly format: LlmFormat }
  | {
      readonly kind: "calls";
      readonly format: LlmFormat;
      readonly calls: readonly {
        readonly id: string;
        readonly name: string;
        readonly arguments: { readonly [name: string]: JsonValue };
        readonly known: boolean;
      }[];
      readonly failures: readonly { readonly id: string; readonly name?: string }[];
      /** Calls and failures in the order of the answer. */
      readonly ids: readonly string[];
      /** Whether anything was mended. */
      readonly healed: boolean;
      /** Blanks collapsed and trimmed. */
      readonly text: string;
    };

/** The files of vectors, by name. */
export interface VectorFiles {
  readonly types: readonly TypeCase[];
  readonly sentences: readonly SentenceCase[];
  readonly prompts: readonly PromptCase[];
  readonly "native-tools": readonly NativeCase[];
  readonly "answers-text": readonly AnswerCase[];
  readonly "answers-native": readonly AnswerCase[];
}

export const vectorFileNames = [
  "types",
  "sentences",
  "prompts",
  "native-tools",
  "answers-text",
  "answers-native",
] as const satisfies readonly (keyof VectorFiles)[];

const folder = new URL("../../vectors/", import.meta.url);

/** Parses a JSON file of the vectors. */
export function readVectorJson(name: string): unknown {
  return JSON.parse(readFileSync(new URL(`${name}.json`, folder), "utf8"));
}

export function readVectors<Name extends keyof VectorFiles>(name: Name): VectorFiles[Name] {
  return (readVectorJson(name) as { readonly cases: VectorFiles[Name] }).cases;
}

/** The tool sets that cases name in `tools`. */
export function readToolSets(): Readonly<Record<string, readonly Tool[]>> {
  return (readVectorJson("tool-sets") as { readonly toolSets: Record<string, Tool[]> }).toolSets;
}

export function writeVectors<Name extends keyof VectorFiles>(name: Name, cases: VectorFiles[Name]): void {
  const file = { $schema: "vectors.schema.json", kind: name, cases };
  writeFileSync(new URL(`${name}.json`, folder), `${JSON.stringify(file, null, 2)}\n`);
}
