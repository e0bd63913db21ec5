import type { JsonSchema, Tool } from "@mcs/core";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { describeTools } from "../src/prompts.ts";
import { writeType } from "../src/prompt/write-type.ts";
import { readType } from "./fixtures/read-type.ts";
import { meaningOf } from "./fixtures/type-meaning.ts";

const text = fc.string({ unit: "grapheme-composite", maxLength: 12 });
const key = fc.oneof(
  fc.constantFrom("id", "pet-id", "$filter", "__proto__", "[key: string]", "a // b"),
  text,
);
const words = fc
  .oneof(text, fc.constantFrom("Either // or", "in {braces}?", '"quoted": (x)', "= 1"))
  .map((line) => line.replaceAll(/\s+/g, " ").trim())
  .filter((line) => line !== "");
const primitive = fc.constantFrom("string", "integer", "number", "boolean", "null");
const literal = fc.oneof(
  text,
  fc.integer(),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  fc.boolean(),
);

const rules = fc.record(
  {
    minimum: fc.integer(),
    maxLength: fc.nat(),
    pattern: text,
    format: fc.constantFrom("date-time", "uuid"),
    deprecated: fc.boolean(),
    default: fc.jsonValue({ maxDepth: 2 }),
    description: words,
    not: fc.constant({ type: "string", enum: ["a"] }),
    "x-anything": fc.jsonValue({ maxDepth: 2 }),
  },
  { requiredKeys: [] },
);

const { schema } = fc.letrec<{ schema: JsonSchema }>((tie) => {
  const several = fc.array(tie("schema"), { minLength: 2, maxLength: 3 });
  const shape = fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    primitive.map((type) => ({ type })),
    fc.uniqueArray(primitive, { minLength: 2, maxLength: 3 }).map((type) => ({ type })),
    fc.uniqueArray(literal, { minLength: 1, maxLength: 3 }).map((literals) => ({ enum: literals })),
    literal.map((only) => ({ type: "string", const: only })),
    key.map((name) => ({ $ref: `#/$defs/${name.replaceAll("~", "~0").replaceAll("/", "~1")}` })),
    several.map((anyOf) => ({ anyOf })),
    several.map((oneOf) => ({ type: "object", oneOf })),
    several.map((allOf) => ({ allOf })),
    tie("schema").map((items) => ({ type: ["array", "null"], items })),
    fc
      .tuple(
        fc.uniqueArray(fc.tuple(key, tie("schema")), { selector: ([name]) => name, maxLength: 3 }),
        fc.array(key, { maxLength: 2 }),
        fc.option(fc.oneof(fc.boolean(), tie("schema")), { nil: undefined }),
      )
      .map(([members, others, additionalProperties]) => ({
        type: "object",
        properties: Object.fromEntries(members),
        required: [...new Set([...members.slice(1).map(([name]) => name), ...others])],
        ...(additionalProperties !== undefined && { additionalProperties }),
      })),
  );
  return {
    schema: fc.oneof(
      fc.boolean(),
      fc.tuple(shape, rules).map((parts) => Object.assign({}, ...parts)),
    ),
  };
});

describe("a type in a prompt", () => {
  test("says everything that its schema says: it can be read back", () => {
    fc.assert(
      fc.property(schema, (generated) => {
        // JSON has no negative zero.
        const original = JSON.parse(JSON.stringify(generated)) as JsonSchema;
        expect(meaningOf(readType(writeType(original)))).toEqual(meaningOf(original));
      }),
      { numRuns: 1000 },
    );
  });

  test.each<{ name: string; given: JsonSchema; want: string }>([
    { name: "a literal without its type", given: { type: "string", enum: ["a", "b"] }, want: '"a" | "b"' },
    {
      name: "a type that the literals do not say",
      given: { type: "string", enum: ["a", 1] },
      want: '("a" | 1) & string',
    },
    {
      name: "a nullable with its rule",
      given: { type: ["string", "null"], maxLength: 3 },
      want: "(string | null)(maxLength: 3)",
    },
    { name: "a list of a union", given: { type: "array", items: { enum: [1, 2] } }, want: "(1 | 2)[]" },
    { name: "an object without keys", given: { type: "object" }, want: "object" },
    {
      name: "a map",
      given: { type: "object", additionalProperties: { type: "integer" } },
      want: "{[key: string]: integer}",
    },
    { name: "what has no sign by its keyword", given: { not: { const: 1 } }, want: 'any(not: {"const":1})' },
    { name: "a name with a blank in quotes", given: { $ref: "#/$defs/my~1type x" }, want: '$"my/type x"' },
    { name: "another reference as it stands", given: { $ref: "#" }, want: 'any($ref: "#")' },
    { name: "no title of one word", given: { type: "string", title: "pet_id" }, want: "string" },
    { name: "a title of several", given: { title: "Pet of mine" }, want: 'any(title: "Pet of mine")' },
    {
      name: "no title that repeats the key",
      given: { type: "object", properties: { pet_id: { title: "Pet Id" } } },
      want: "{pet_id?: any}",
    },
    {
      name: "a description on one line, whatever it holds",
      given: { type: "object", properties: { a: { description: "One.\n  b: string // Two.\r\n" } } },
      want: "{\n  a?: any // One. b: string // Two.\n}",
    },
    { name: "an object without its type as one", given: { properties: { a: true } }, want: "{a?: any}" },
  ])("writes $name", ({ given, want }) => {
    expect(writeType(given)).toBe(want);
  });

  test.each<{ given: unknown }>([
    { given: { type: 7, properties: null, required: "all", items: [1], enum: {}, anyOf: [], allOf: "x" } },
    { given: { type: "object", properties: { a: null }, required: [1], additionalProperties: 3 } },
    { given: { type: ["array", null], items: null, $ref: 3, title: [], description: {} } },
  ])("keeps what is no schema as it stands: $given", ({ given }) => {
    const written = writeType(given as JsonSchema);
    const kept = Object.entries(given as object).filter(([keyword]) => keyword !== "type");
    expect(
      kept.filter(([keyword, value]) => !written.includes(`${keyword}: ${JSON.stringify(value)}`)),
    ).toEqual([]);
  });
});

const tool = (name: string, $defs: Tool["$defs"]): Tool => ({
  name,
  description: "A tool.",
  parameters: [{ name: "body", description: "", schema: { $ref: "#/$defs/Order" } }],
  ...($defs && { $defs }),
});
const order = (items: string): JsonSchema => ({
  type: "object",
  properties: { items: { $ref: `#/$defs/${items}` } },
});

describe("types that several tools share", () => {
  test("stand once behind the tools", () => {
    const $defs = { Order: order("Item"), Item: { type: "string" } };
    const prompt = describeTools([tool("one", $defs), tool("two", $defs)]);
    expect(prompt.match(/Order = /g)).toHaveLength(1);
    expect(prompt).toMatch(/Types that the arguments refer to:\nOrder = \{items\?: Item\}\nItem = string$/);
  });

  test("stay with their tool where they mean something else in another, also through what they refer to", () => {
    const prompt = describeTools([
      tool("one", { Order: order("Item"), Item: { type: "string" }, Same: true }),
      tool("two", { Order: order("Item"), Item: { type: "integer" }, Same: true }),
    ]);
    expect(prompt).toBe(`## one
A tool.
Arguments: {body?: Order}
Order = {items?: Item}
Item = string

## two
A tool.
Arguments: {body?: Order}
Order = {items?: Item}
Item = integer

Types that the arguments refer to:
Same = any`);
  });
});
