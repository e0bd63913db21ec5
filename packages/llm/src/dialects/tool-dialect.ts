import { MCSError, type Tool, type ToolArguments } from "@mcs/core";
import { copyJson } from "../json/copy-json.ts";
import { descriptionOf } from "../describe-tools.ts";
import type { NamedCall } from "../native-tools.ts";
import { isObject } from "./codec.ts";
import { compileArguments, type CompiledArguments } from "./compile-arguments.ts";
import { cutDescription } from "./cut-description.ts";
import { findFault, isNamed } from "./find-fault.ts";
import type { Losses } from "./losses.ts";
import type { ProviderRules } from "./rules/provider-rules.ts";
import type { SchemaLimits, SchemaRules } from "./rules/schema-rules.ts";
import { describe } from "./transforms/compiled-schema.ts";
import { toWireNames } from "./wire-names.ts";
import type { WireTool } from "./write-tools.ts";

/** The tools of one list in one provider's terms. A tool is compiled when it is first asked for. */
export interface ToolDialect {
  /** What a tool is called; `undefined` if it has no name, or that of a tool before it. */
  wireNameOf(tool: Tool): string | undefined;
  writeTool(tool: Tool): WrittenTool | Failed;
  readonly decode: (name: string, args: ToolArguments) => NamedCall;
  readonly encode: (name: string, args: ToolArguments) => NamedCall | undefined;
}

/** Why a tool cannot be expressed. */
type Failed = "too_large" | "unusable_schema";

interface WrittenTool {
  readonly wire: WireTool;
  readonly losses: Losses;
  /** The end of its description stands with the arguments. */
  readonly isCut: boolean;
}

/** Tools are kept as they were given, so that the same list is compiled once for each provider. */
const compiled = new WeakMap<Tool, Map<ProviderRules, CompiledArguments | Failed>>();

export function createToolDialect(
  tools: readonly Tool[],
  rules: ProviderRules,
  limits?: SchemaLimits,
): ToolDialect {
  const firsts = new Map<string, Tool>();
  for (const tool of tools) if (isNamed(tool) && !firsts.has(tool.name)) firsts.set(tool.name, tool);
  const wireNames = toWireNames([...firsts.keys()], rules.name);
  const byWireName = new Map([...firsts].map(([name, tool]) => [wireNames.get(name) ?? name, tool]));

  function compile(tool: Tool): CompiledArguments | Failed {
    if (limits !== undefined) return compileSafely(tool, rules.schema, limits);
    const known = compiled.get(tool) ?? new Map<ProviderRules, CompiledArguments | Failed>();
    compiled.set(tool, known);
    if (!known.has(rules)) known.set(rules, compileSafely(tool, rules.schema));
    return known.get(rules) ?? "unusable_schema";
  }

  return {
    wireNameOf: (tool) => (firsts.get(tool.name) === tool ? wireNames.get(tool.name) : undefined),

    writeTool(tool) {
      const args = compile(tool);
      if (typeof args === "string") return args;
      const name = wireNames.get(tool.name) ?? tool.name;
      const { head, rest } = cutDescription(descriptionOf(tool), rules.description ?? Infinity);
      const isCut = rest !== "";
      const schema = isCut ? { ...args.schema, ...describe(args.schema.description, [rest]) } : args.schema;
      return { wire: { name, description: head, schema }, losses: args.losses, isCut };
    },

    decode(wireName, args) {
      const tool = byWireName.get(wireName) ?? firsts.get(wireName);
      if (tool === undefined) return { name: wireName, arguments: args };
      const codec = compile(tool);
      if (typeof codec === "string" || codec.same) return { name: tool.name, arguments: args };
      return { name: tool.name, arguments: requireArguments(codec.decode(args), tool.name) };
    },

    encode(name, args) {
      const tool = firsts.get(name);
      const codec = tool && compile(tool);
      const encoded = typeof codec === "object" ? codec.encode(args) : undefined;
      const wireName = wireNames.get(name);
      return isObject(encoded) && wireName !== undefined ? { name: wireName, arguments: encoded } : undefined;
    },
  };
}

/** A schema from outside may be anything: a cycle of objects, a getter that throws, a value that is no JSON. */
function compileSafely(tool: Tool, rules: SchemaRules, limits?: SchemaLimits): CompiledArguments | Failed {
  try {
    if (findFault(tool) !== undefined) return "unusable_schema";
    const args = compileArguments(tool, rules, limits) ?? "too_large";
    if (args !== "too_large") JSON.stringify(args.schema);
    return args;
  } catch {
    return "unusable_schema";
  }
}

/** Texts and lists of pairs may have held what arguments must not hold. */
function requireArguments(decoded: unknown, tool: string): ToolArguments {
  const copy = copyJson(decoded);
  if (copy.kind === "copy" && isObject(copy.value)) return copy.value;
  const reason = copy.kind === "refused" ? copy.reason : "they are no object";
  throw new MCSError("MCS_INVALID_ARGUMENTS", `The arguments of "${tool}" cannot be used: ${reason}.`, {
    hint: "Write them as the tool's schema says.",
  });
}
