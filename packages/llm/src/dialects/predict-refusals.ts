import { MCSError } from "@mcs/core";
import { checkRebuiltSchema } from "./check-rebuilt-schema.ts";
import { checkWholeSchema } from "./check-whole-schema.ts";
import { toolFormats } from "./rules/provider-rules.ts";
import { providerRules } from "./rules/rules.ts";
import type { SchemaLimits } from "./rules/schema-rules.ts";
import { isLegalName } from "./wire-names.ts";
import { toolShapes, type WireTool } from "./write-tools.ts";

/** Why a provider would refuse a request with these tools. */
export interface Refusal {
  /** The tool's name in the request; absent if it concerns them all. */
  readonly tool?: string;
  /** Where in the schema of its arguments, as a JSON Pointer; absent if it is not about that. */
  readonly path?: string;
  readonly message: string;
}

/**
 * Says, without a network, what a provider would refuse in a list of tools, wherever they come from. It knows what
 * `providerRules` know, so an empty list is no promise.
 *
 * @param tools - In the provider's shape, as `toNativeTools` writes them.
 * @param limits - In place of the format's own.
 * @throws {MCSError} `MCS_UNSUPPORTED` if tools are not written in this format.
 */
export function predictRefusals(tools: readonly object[], format: string, limits?: SchemaLimits): Refusal[] {
  const known = toolFormats.find((one) => one === format);
  if (known === undefined) {
    throw new MCSError("MCS_UNSUPPORTED", `There are no rules for tools in the format "${format}".`, {
      hint: `Use one of ${toolFormats.join(", ")}.`,
    });
  }
  const rules = providerRules[known];
  const written = toolShapes[known].read(tools);
  const refusals: Refusal[] = [];
  if (known === "gemini" && tools.length > 1)
    refusals.push({ message: "There are several lists of functions." });
  if (rules.tools !== undefined && written.length > rules.tools) {
    refusals.push({ message: `There are ${written.length} tools, but at most ${rules.tools} are taken.` });
  }
  const names = new Set<string>();
  for (const tool of written) {
    const { name, description } = tool;
    const refuse = (message: string, path?: string): void => {
      refusals.push({ tool: name, message, ...(path !== undefined && { path }) });
    };
    if (!isLegalName(name, rules.name))
      refuse(`The name does not match ${rules.name.pattern.source}, or is too long.`);
    if (names.has(name)) refuse("Another tool has this name.");
    names.add(name);
    const { description: longest = Infinity } = rules;
    if (description.length > longest) refuse(`The description has over ${longest} characters.`);
    if (!isWithoutArguments(tool, known)) {
      const check = rules.schema.kind === "whole" ? checkWholeSchema : checkRebuiltSchema;
      check(tool.schema, { ...rules.schema, ...(limits && { limits }) }, refuse);
    }
  }
  return refusals;
}

/** Gemini has no schema for a function without parameters. */
function isWithoutArguments({ schema }: WireTool, format: string): boolean {
  return format === "gemini" && Object.keys(schema).length === 0;
}
