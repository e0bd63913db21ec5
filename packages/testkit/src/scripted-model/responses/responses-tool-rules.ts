import { checkFunctionSchema } from "../check-function-schema.ts";
import { isRecord, records, textOr, type JsonRecord } from "../json.ts";
import { Refusal } from "../refusal.ts";
import type { Rule } from "../rule.ts";

/** What a tool must be. */
export const toolRules: readonly Rule[] = [
  {
    name: "a function's name with other characters",
    source: "observed",
    *faults(body) {
      for (const { tool, path } of functionsOf(body))
        if (!/^[a-zA-Z0-9_-]{1,64}$/.test(textOr(tool["name"])))
          yield `Invalid '${path}.name': string does not match pattern. Expected a string that matches the pattern '^[a-zA-Z0-9_-]+$'.`;
    },
  },
  {
    name: "a function without parameters",
    source: "documented",
    *faults(body) {
      for (const { tool, path } of functionsOf(body))
        if (tool["parameters"] === undefined) yield `Missing required parameter: '${path}.parameters'.`;
    },
  },
  {
    name: "a schema that is not taken",
    source: "observed",
    *faults(body) {
      for (const { tool, path } of functionsOf(body)) {
        if (!isRecord(tool["parameters"])) continue;
        // Where `strict` is not set, the API takes it for set.
        const strict = tool["strict"] !== false && tool["strict"] !== null;
        const reason = schemaFault(textOr(tool["name"]), { ...tool, strict }, path);
        if (reason !== undefined) yield reason;
      }
    },
  },
];

function functionsOf(body: JsonRecord): { tool: JsonRecord; path: string }[] {
  return records(body["tools"])
    .map((tool, index) => ({ tool, path: `tools[${index}]` }))
    .filter(({ tool }) => tool["type"] === "function");
}

function schemaFault(name: string, tool: JsonRecord, path: string): string | undefined {
  try {
    checkFunctionSchema(name, tool, `${path}.parameters`);
    return undefined;
  } catch (error) {
    if (error instanceof Refusal) return error.message;
    throw error;
  }
}
