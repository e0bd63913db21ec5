import type { Tool } from "@mcs/core";
import { isObject } from "./codec.ts";

/** Whether something that was given as a tool can be told from others. Programs without types give anything. */
export function isNamed(tool: unknown): tool is Tool {
  return isObject(tool) && typeof tool["name"] === "string" && tool["name"] !== "";
}

/** @returns What keeps the parameters from being arguments, for people; `undefined` if nothing does. */
export function findFault({ parameters }: { readonly parameters?: unknown }): string | undefined {
  if (!Array.isArray(parameters)) return "The parameters are no list.";
  const names = new Set<string>();
  for (const [index, parameter] of (parameters as unknown[]).entries()) {
    if (!isObject(parameter) || typeof parameter["name"] !== "string")
      return `Parameter ${index + 1} has no name.`;
    const { name, schema = true } = parameter;
    if (names.has(name)) return `Two parameters are called "${name}".`;
    names.add(name);
    if (typeof schema !== "boolean" && !isObject(schema))
      return `The schema of "${name}" is neither an object nor a boolean.`;
  }
  return undefined;
}

/** What is at fault in a tool that could not be compiled: a cycle of objects, a getter that throws, a value that is no JSON. */
export function explainFailure(tool: Tool): string {
  try {
    const fault = findFault(tool);
    if (fault !== undefined) return fault;
  } catch {
    return "The parameters cannot be read.";
  }
  const culprit = tool.parameters.find(({ schema }) => !isJson(schema));
  const what = culprit === undefined ? "A schema" : `The schema of "${culprit.name}"`;
  return `${what} cannot be written as JSON.`;
}

function isJson(value: unknown): boolean {
  try {
    JSON.stringify(value);
    return true;
  } catch {
    return false;
  }
}
