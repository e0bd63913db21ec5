import { isRecord, records, textOr, type JsonRecord } from "../json.ts";
import type { Rule } from "../rule.ts";

/** Keys of the OpenAPI subset that `parameters` takes; `parametersJsonSchema` takes JSON Schema. */
const schemaKeys = new Set(
  "type format title description nullable enum default example items minItems maxItems properties propertyOrdering required minProperties maxProperties minLength maxLength pattern minimum maximum anyOf".split(
    " ",
  ),
);
const rule = /^[A-Za-z_][A-Za-z0-9_.:-]{0,127}$/;

/** What a function declaration must be. */
export const toolRules: readonly Rule[] = [
  {
    name: "a function's name with other characters",
    source: "observed",
    *faults(body) {
      for (const { name } of declarationsOf(body))
        if (!rule.test(textOr(name)))
          yield "Invalid function name. Must start with a letter or an underscore. Must be alphameric (a-z, A-Z, 0-9), underscores (_), dots (.), colons (:), or dashes (-), with a maximum length of 128.";
    },
  },
  {
    name: "two functions of one name",
    source: "observed",
    *faults(body) {
      const names = declarationsOf(body).map(({ name }) => textOr(name));
      const twice = names.find((name, index) => names.indexOf(name) !== index);
      if (twice !== undefined) yield `Duplicate function declaration found: ${twice}`;
    },
  },
  {
    name: "functions in several tools",
    source: "observed",
    *faults({ tools }) {
      if (records(tools).filter(({ functionDeclarations }) => functionDeclarations !== undefined).length > 1)
        yield "Multiple tools are supported only when they are all search tools.";
    },
  },
  {
    name: "an object without properties",
    source: "observed",
    *faults(body) {
      for (const { parameters } of declarationsOf(body)) {
        const isObject = isRecord(parameters) && /^object$/i.test(textOr(parameters["type"]));
        if (isObject && Object.keys(parameters["properties"] ?? {}).length === 0)
          yield "* GenerateContentRequest.tools[0].function_declarations[0].parameters.properties: should be non-empty for OBJECT type";
      }
    },
  },
  {
    name: "both kinds of parameters",
    source: "documented",
    *faults(body) {
      for (const declaration of declarationsOf(body))
        if (declaration["parameters"] !== undefined && declaration["parametersJsonSchema"] !== undefined)
          yield "parameters and parameters_json_schema must not both be set.";
    },
  },
  {
    name: "a keyword that the schema subset lacks",
    source: "observed",
    *faults(body) {
      for (const { parameters } of declarationsOf(body))
        for (const key of unknownKeys(parameters))
          yield `Invalid JSON payload received. Unknown name "${key}" at 'tools[0].function_declarations[0].parameters': Cannot find field.`;
    },
  },
];

export function declarationsOf(body: JsonRecord): readonly JsonRecord[] {
  return records(body["tools"]).flatMap(({ functionDeclarations }) => records(functionDeclarations));
}

function* unknownKeys(schema: unknown): Generator<string> {
  if (!isRecord(schema)) return;
  for (const key of Object.keys(schema)) if (!schemaKeys.has(key)) yield key;
  const { properties, items, anyOf } = schema;
  const inner = [...(isRecord(properties) ? Object.values(properties) : []), items, ...records(anyOf)];
  for (const one of inner) yield* unknownKeys(one);
}
