import type { JsonSchema, Tool, ToolArguments } from "@mcs/core";
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  createDecoder,
  predictRefusals,
  providerRules,
  toNativeTools,
  toolFormats,
  type ToolFormat,
} from "../src/dialects.ts";
import { schemaOf } from "./fixtures/native-schemas.ts";

function toolWith(schema: JsonSchema, others: Partial<Tool> = {}): Tool {
  return {
    name: "a_tool",
    description: "A tool.",
    parameters: [{ name: "x", description: "", schema }],
    ...others,
  };
}

/** What becomes of one argument's schema and of its value. */
function written(
  format: ToolFormat,
  schema: JsonSchema,
  value: unknown,
): { readonly schema: unknown; readonly value: unknown } {
  const { tools, encode } = toNativeTools([toolWith(schema)], format);
  const native = schemaOf(tools[0], format);
  const [member] = typeof native === "object" ? Object.values(native.properties ?? {}) : [];
  return { schema: member, value: Object.values(encode("a_tool", { x: value })?.arguments ?? {})[0] };
}

describe("in openai-strict", () => {
  const closed = { required: ["value"], additionalProperties: false };
  test.each([
    {
      what: "an optional argument is null when it is left out",
      schema: { type: "integer" },
      value: 7,
      schemaOut: { type: ["integer", "null"] },
      valueOut: 7,
    },
    {
      what: "one that may be null itself is wrapped",
      schema: { type: ["string", "null"] },
      value: null,
      schemaOut: { type: ["object", "null"], properties: { value: { type: ["string", "null"] } }, ...closed },
      valueOut: { value: null },
    },
    {
      what: "a map is a list of pairs",
      schema: { type: "object", additionalProperties: { type: "number" } },
      value: { a: 1 },
      schemaOut: { type: ["array", "null"], items: { properties: { value: { type: "number" } } } },
      valueOut: [{ key: "a", value: 1 }],
    },
    {
      what: "a value of any form is JSON text",
      schema: {},
      value: [1, "b"],
      schemaOut: { type: ["string", "null"] },
      valueOut: '[1,"b"]',
    },
    {
      what: "what is not taken stands in the description",
      schema: { type: "string", maxLength: 5, pattern: "(?=a)", description: "Short" },
      value: "ab",
      schemaOut: { type: ["string", "null"], description: "Short. At most 5 characters. Pattern: (?=a)" },
      valueOut: "ab",
    },
    {
      what: "forms that nothing tells apart are named",
      schema: {
        anyOf: [
          { type: "object", properties: { a: { type: "string" } } },
          { title: "Bee", type: "object", properties: { b: { type: "string" } } },
        ],
      },
      value: { b: "x" },
      schemaOut: { anyOf: [{ required: ["form_1"] }, { required: ["Bee"] }, { type: "null" }] },
      valueOut: { Bee: { b: "x" } },
    },
    {
      what: "forms that a property tells apart stay as they are",
      schema: {
        oneOf: ["cat", "dog"].map((kind) => ({
          type: "object",
          required: ["kind"],
          properties: { kind: { const: kind }, [kind]: { type: "string" } },
        })),
      },
      value: { kind: "dog" },
      schemaOut: { anyOf: [{ required: ["kind", "cat"] }, { required: ["kind", "dog"] }, { type: "null" }] },
      valueOut: { kind: "dog", dog: null },
    },
    {
      what: "forms beside properties become one object",
      schema: {
        type: "object",
        properties: { a: { type: "string" } },
        anyOf: [{ required: ["a"] }, { required: ["b"], properties: { b: { type: "string" } } }],
      },
      value: { b: "x" },
      schemaOut: { description: "Give the properties of one of these: (a), or (b).", required: ["b", "a"] },
      valueOut: { a: null, b: "x" },
    },
  ] as const)("$what", ({ schema, value, schemaOut, valueOut }) => {
    const out = written("openai-strict", schema, value);
    expect(out.schema).toMatchObject(schemaOut);
    expect(out.value).toEqual(valueOut);
  });

  test("a schema that contains itself goes on as JSON text, which is read back", () => {
    const $defs = {
      Tree: { type: "object", properties: { children: { type: "array", items: { $ref: "#/$defs/Tree" } } } },
    };
    const native = toNativeTools([toolWith({ $ref: "#/$defs/Tree" }, { $defs })], "openai-strict");
    const args = { x: { children: [{ children: [{ children: [] }] }] } };
    const call = native.encode("a_tool", args);
    expect(call?.arguments).toEqual({ x: { children: ['{"children":[{"children":[]}]}'] } });
    expect(native.decode("a_tool", call?.arguments ?? {}).arguments).toEqual(args);
    expect(native.diagnostics.map(({ code }) => code)).toContain("cut_recursion");
  });

  test("JSON text that is none is a failure, and plain text is itself", () => {
    const { decode } = toNativeTools([toolWith({})], "openai-strict");
    const unreadable = expect.objectContaining({ code: "MCS_INVALID_ARGUMENTS" }) as Error;
    expect(() => decode("a_tool", { x: '{"a": ' })).toThrow(unreadable);
    expect(() => decode("a_tool", { x: '{"a": {"__proto__": 1}}' })).toThrow(unreadable);
    expect(decode("a_tool", { x: "plain" }).arguments).toEqual({ x: "plain" });
  });
});

describe("in gemini", () => {
  test.each([
    {
      what: "numbers are enumerated as texts",
      schema: { enum: [1, 2, ""] },
      value: 2,
      schemaOut: { type: ["string"], enum: ["1", "2", "(empty)"] },
      valueOut: "2",
    },
    {
      what: "formats that it refuses are described",
      schema: { type: "string", format: "uuid" },
      value: "u",
      schemaOut: { type: ["string"], description: "Format: uuid." },
      valueOut: "u",
    },
  ])("$what", ({ schema, value, schemaOut, valueOut }) => {
    const out = written("gemini", schema, value);
    expect(out.schema).toMatchObject(schemaOut);
    expect(out.value).toEqual(valueOut);
  });

  test("all functions are in one list, and one without parameters has no schema", () => {
    const ping: Tool = { name: "ping", description: "Ping.", parameters: [] };
    expect(toNativeTools([ping, toolWith({ type: "string" })], "gemini").tools).toMatchObject([
      {
        functionDeclarations: [
          { name: "ping", description: "Ping." },
          { name: "a_tool", parameters: { type: "OBJECT" } },
        ],
      },
    ]);
    expect(toNativeTools([], "gemini").tools).toEqual([]);
  });
});

describe("names", () => {
  const parameters = ["$filter", "filter", "page[limit]", "page limit"].map((name) => ({
    name,
    description: "",
    schema: { type: "string" },
  }));
  const tool: Tool = { name: "t", description: "T.", parameters };

  test("that a provider refuses are changed as little as possible, and never meet", () => {
    const { encode, diagnostics } = toNativeTools([tool], "anthropic");
    const args = { $filter: "1", filter: "2", "page[limit]": "3", "page limit": "4" };
    const keys = Object.keys(encode("t", args)?.arguments ?? {});
    expect(keys.map((key) => key.replace(/_[a-z0-9]{6}$/, "_#"))).toEqual([
      "filter_#",
      "filter",
      "page_limit",
      "page_limit_#",
    ]);
    expect(diagnostics.map(({ code }) => code)).toEqual([
      "renamed_property",
      "renamed_property",
      "renamed_property",
    ]);
  });

  test("of tools are changed alike, and changed back", () => {
    const names = ["a.b", "a b", "a_b", "x".repeat(70)];
    const { tools, decode } = toNativeTools(
      names.map((name) => ({ ...tool, name })),
      "openai",
    );
    const wire = tools.map(({ function: { name } }) => name);
    expect(new Set(wire).size).toBe(4);
    expect(wire[2]).toBe("a_b");
    expect(wire.map((name) => decode(name, {}).name)).toEqual(names);
  });
});

describe("a tool that cannot be expressed", () => {
  const good: Tool = { name: "good", description: "Good.", parameters: [] };
  const cyclic: Record<string, unknown> = { type: "object" };
  cyclic["properties"] = { self: cyclic };
  let deep: JsonSchema = { type: "string" };
  for (let level = 0; level < 20_000; level += 1) deep = { type: "object", properties: { x: deep } };
  const hostile = [
    { what: "a cycle of objects", schema: cyclic },
    { what: "endless levels", schema: deep },
    { what: "a value that is no JSON", schema: { const: 10n } },
    {
      what: "a getter that throws",
      schema: Object.defineProperty({}, "type", {
        enumerable: true,
        get: () => {
          throw new Error("no");
        },
      }),
    },
  ];

  test.each(hostile)("because of $what fails none of the others", ({ schema }) => {
    for (const format of toolFormats) {
      const { tools, diagnostics } = toNativeTools([toolWith(schema), good], format);
      expect(JSON.stringify(tools)).toContain('"good"');
      expect(predictRefusals(tools, format)).toEqual([]);
      const leftOut = diagnostics.filter((one) => one.leftOut).map((one) => one.tool);
      expect(leftOut.length === 0 || leftOut.join() === "a_tool").toBe(true);
    }
  });
});

describe.each(toolFormats)("in %s what is at fault is named", (format) => {
  const fine: Tool = toolWith({ type: "string" }, { name: "fine" });
  const x = { name: "x", description: "", schema: { type: "string" } };

  test.each<{ what: string; parameters: unknown; said: string }>([
    { what: "two parameters of one name", parameters: [x, { ...x, schema: {} }], said: '"x"' },
    { what: "a schema that is text", parameters: [x, { ...x, name: "y", schema: "s" }], said: '"y"' },
    { what: "a schema that is a list", parameters: [{ ...x, schema: [{ type: "string" }] }], said: '"x"' },
    { what: "a schema that is null", parameters: [{ ...x, schema: null }], said: '"x"' },
    { what: "a bigint in a schema", parameters: [{ ...x, schema: { const: 1n } }], said: '"x"' },
    { what: "a parameter that is null", parameters: [x, null], said: "Parameter 2" },
    { what: "no list of parameters", parameters: undefined, said: "parameters" },
  ])("$what", ({ parameters, said }) => {
    const broken = { ...fine, name: "broken", parameters } as Tool;
    const { tools, diagnostics, encode } = toNativeTools([broken, fine], format);
    expect(tools).toEqual(toNativeTools([fine], format).tools);
    expect(diagnostics.filter(({ leftOut }) => leftOut)).toEqual([
      {
        code: "unusable_schema",
        tool: "broken",
        leftOut: true,
        message: expect.stringContaining(said) as string,
      },
    ]);
    expect(encode("broken", { x: "a" })).toBeUndefined();
  });

  test.each<unknown>([null, undefined, "a_tool", { ...fine, name: undefined }])(
    "a tool that is %o",
    (given) => {
      const { tools, diagnostics, decode } = toNativeTools([fine, given as Tool], format);
      expect(tools).toEqual(toNativeTools([fine], format).tools);
      expect(diagnostics.filter(({ leftOut }) => leftOut)).toMatchObject([
        { code: "illegal_name", message: expect.stringContaining("entry 2") as string },
      ]);
      expect(decode("fine", { x: "a" })).toEqual({ name: "fine", arguments: { x: "a" } });
    },
  );
});

test("whatever a schema holds, nothing throws and nothing that is left is refused", () => {
  const schemas = fc.object({
    key: fc.constantFrom(
      "type",
      "properties",
      "items",
      "anyOf",
      "$ref",
      "enum",
      "required",
      "pattern",
      "minimum",
      "a",
    ),
    values: [
      fc.string(),
      fc.integer(),
      fc.boolean(),
      fc.constant(null),
      fc.constantFrom("object", "array", "#", "#/properties/x"),
    ],
  });
  const property = fc.property(schemas, fc.constantFrom(...toolFormats), (schema, format) => {
    const { tools } = toNativeTools([toolWith(schema as JsonSchema)], format);
    expect(predictRefusals(tools, format)).toEqual([]);
  });
  fc.assert(property, { numRuns: 2000 });
});

test.each(toolFormats)("a description is never lost in %s, however long", (format) => {
  const words = Array.from({ length: 400 }, (_, index) => `word${index}.`);
  const tool = { ...toolWith({ type: "string" }), description: words.join(" ") };
  const { tools } = toNativeTools([tool], format);
  expect(predictRefusals(tools, format)).toEqual([]);
  const text = JSON.stringify(tools);
  expect(words.filter((word) => !text.includes(word))).toEqual([]);
});

test.each(toolFormats)("tools in %s are the same bytes each time", (format) => {
  const schema = { type: "object", additionalProperties: { type: "string", format: "x" } };
  const [one, other] = [0, 1].map(() =>
    JSON.stringify(toNativeTools([structuredClone(toolWith(schema))], format)),
  );
  expect(one).toBe(other);
});

test("limits can be others than the provider's", () => {
  const nested = toolWith({
    type: "object",
    properties: { y: { type: "object", properties: { z: { type: "string" } } } },
  });
  const { diagnostics } = toNativeTools([nested], "gemini", { limits: { nesting: 2 } });
  expect(diagnostics.map(({ code }) => code)).toContain("cut_nesting");
});

/** A tool in the shape of Chat Completions. */
function chatTool(parameters: object): object {
  return { type: "function", function: { name: "t", description: "", parameters } };
}

describe("predicted refusals", () => {
  test.each([
    { format: "anthropic", tool: { name: "t", input_schema: { type: "object", anyOf: [{}] } } },
    { format: "anthropic", tool: { name: "t", input_schema: { type: "object", properties: { $x: {} } } } },
    { format: "anthropic", tool: { name: "t", input_schema: { type: "object", required: true } } },
    { format: "openai", tool: chatTool({ type: "object", properties: { a: { $ref: "#/$defs/A" } } }) },
    { format: "openai", tool: chatTool({ type: "object", properties: { a: { pattern: "(?!x)" } } }) },
    { format: "openai-strict", tool: chatTool({ type: "object", properties: {}, required: [] }) },
    {
      format: "openai-strict",
      tool: chatTool({
        type: "object",
        properties: { a: { type: "string" } },
        required: [],
        additionalProperties: false,
      }),
    },
    {
      format: "gemini",
      tool: {
        functionDeclarations: [
          { name: "t", parameters: { type: "OBJECT", properties: { a: { type: "INTEGER", enum: [1] } } } },
        ],
      },
    },
    {
      format: "gemini",
      tool: {
        functionDeclarations: [
          { name: "t", parameters: { type: "OBJECT", properties: { a: { type: "ARRAY" } } } },
        ],
      },
    },
    {
      format: "bedrock",
      tool: {
        toolSpec: {
          name: "t",
          inputSchema: { json: { type: "object", properties: {}, additionalProperties: false } },
        },
      },
    },
    { format: "ollama", tool: chatTool({ type: "object", properties: { a: true } }) },
    {
      format: "mistral",
      tool: { type: "function", function: { name: "not legal", parameters: { type: "object" } } },
    },
  ] as const)("of $format name what is wrong with $tool", ({ format, tool }) => {
    expect(predictRefusals([tool], format)).toHaveLength(1);
  });

  test("exist for formats with rules only, each with a date and a source", () => {
    expect(() => predictRefusals([], "mcp")).toThrow(
      expect.objectContaining({ code: "MCS_UNSUPPORTED" }) as Error,
    );
    for (const { asOf, sources } of Object.values(providerRules)) {
      expect(asOf).toMatch(/^\d{4}-\d\d$/);
      expect(sources.length).toBeGreaterThan(0);
    }
  });
});

test("a decoder undoes the dialect of the format that is named, else of the answer's shape", () => {
  const tools = [toolWith({ type: "object", additionalProperties: { type: "string" } })];
  const args: ToolArguments = { x: [{ key: "a", value: "b" }] };
  expect(createDecoder(tools)("a_tool", args, "gemini").arguments).toEqual({ x: { a: "b" } });
  expect(createDecoder(tools)("a_tool", args, "openai").arguments).toEqual(args);
  expect(createDecoder(tools, "openai-strict")("a_tool", args, "openai").arguments).toEqual({
    x: { a: "b" },
  });
  expect(createDecoder(tools, "langchain")("a_tool", args, "langchain").arguments).toEqual(args);
});
