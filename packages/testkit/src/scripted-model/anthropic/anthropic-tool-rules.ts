import { isRecord, records, textOr, type JsonRecord } from "../json.ts";
import type { Rule } from "../rule.ts";
import { blocksOf } from "./blocks.ts";

const combinators = ["oneOf", "allOf", "anyOf"];

/** What a tool must be. */
export const toolRules: readonly Rule[] = [
  {
    name: "a tool's name with other characters",
    source: "observed",
    *faults(body) {
      for (const { tool, path } of customTools(body))
        if (!/^[a-zA-Z0-9_-]{1,128}$/.test(textOr(tool["name"])))
          yield `${path}.name: String should match pattern '^[a-zA-Z0-9_-]{1,128}$'`;
    },
  },
  {
    name: "two tools of one name",
    source: "observed",
    *faults(body) {
      const names = records(body["tools"]).map(({ name }) => name);
      if (new Set(names).size < names.length) yield "tools: Tool names must be unique.";
    },
  },
  {
    name: "a tool without the schema of an object",
    source: "documented",
    *faults(body) {
      for (const { tool, path } of customTools(body)) {
        const schema = tool["input_schema"];
        if (!isRecord(schema)) yield `${path}.input_schema: Field required`;
        else if (schema["type"] === undefined) yield `${path}.input_schema.type: Field required`;
        else if (schema["type"] !== "object") yield `${path}.input_schema.type: Input should be 'object'`;
      }
    },
  },
  {
    name: "a choice at the root of a schema",
    source: "observed",
    *faults(body) {
      for (const { tool, path } of customTools(body)) {
        const schema = tool["input_schema"];
        if (isRecord(schema) && combinators.some((keyword) => keyword in schema))
          yield `${path}.input_schema: input_schema does not support oneOf, allOf, or anyOf at the top level`;
      }
    },
  },
  {
    name: "a parameter's name with other characters",
    source: "observed",
    *faults(body) {
      for (const { tool, path } of customTools(body)) {
        const schema = tool["input_schema"];
        const keys =
          isRecord(schema) && isRecord(schema["properties"]) ? Object.keys(schema["properties"]) : [];
        if (keys.some((key) => !/^[a-zA-Z0-9_.-]{1,64}$/.test(key)))
          yield `${path}.input_schema.properties: Property keys should match pattern '^[a-zA-Z0-9_.-]{1,64}$'`;
      }
    },
  },
  {
    name: "calls in a conversation without tools",
    source: "observed",
    *faults(body) {
      const types = new Set([...blocksOf(body)].map(({ block }) => block["type"]));
      if (records(body["tools"]).length === 0 && (types.has("tool_use") || types.has("tool_result")))
        yield "Requests which have `tool_use` or `tool_result` blocks in `messages` must define tools.";
    },
  },
];

/** The tools that the client runs itself. */
function customTools(body: JsonRecord): { tool: JsonRecord; path: string }[] {
  return records(body["tools"])
    .map((tool, index) => ({ tool, path: `tools.${index}.custom` }))
    .filter(({ tool }) => (tool["type"] ?? "custom") === "custom");
}
