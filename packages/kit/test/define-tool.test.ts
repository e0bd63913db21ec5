import { expect, test } from "vitest";
import * as z from "zod";
import { defineTool, type ToolDefinition } from "../src/index.ts";

const execute = (): null => null;

test("describes its arguments with the schema that checks them", () => {
  const Node = z.object({
    label: z.string(),
    get children() {
      return z.array(Node).optional();
    },
  });
  const { tool } = defineTool({
    name: "tree_draw",
    title: "Draw a tree",
    parameters: z.strictObject({
      root: Node.describe("The root"),
      depth: z.int().min(1).max(9).default(3).describe("Levels to draw"),
    }),
    output: z.string(),
    execute: () => "drawn",
  });
  expect(tool).toMatchObject({
    name: "tree_draw",
    title: "Draw a tree",
    parameters: [
      { name: "root", description: "The root", required: true },
      {
        name: "depth",
        description: "Levels to draw",
        required: false,
        schema: { type: "integer", minimum: 1, maximum: 9, default: 3 },
      },
    ],
    outputSchema: { type: "string" },
  });
  const reference = JSON.stringify(tool.parameters[0]?.schema).match(/#\/\$defs\/([^"]+)/)?.[1];
  expect(Object.keys(tool.$defs ?? {})).toContain(reference);
});

test.each([
  { name: "an illegal name", definition: { name: "read csv", description: "x", parameters: z.object({}) } },
  {
    name: "an illegal alias",
    definition: { name: "a", aliases: ["1"], description: "x", parameters: z.object({}) },
  },
  { name: "no description", definition: { name: "a", parameters: z.object({}) } },
  {
    name: "parameters that are no object",
    definition: { name: "a", description: "x", parameters: z.string() },
  },
  {
    name: "parameters that are bare JSON Schema",
    definition: { name: "a", description: "x", parameters: { type: "object", properties: {} } },
  },
  {
    name: "parameters that JSON Schema cannot express",
    definition: { name: "a", description: "x", parameters: z.object({ on: z.date() }) },
  },
])("refuses $name", ({ definition }) => {
  expect(() =>
    defineTool({ ...(definition as Omit<ToolDefinition<unknown, unknown>, "execute">), execute }),
  ).toThrow(expect.objectContaining({ code: "MCS_INVALID_CONFIG" }));
});

test.each([
  { type: "z.date()", member: z.date() },
  { type: "z.bigint()", member: z.bigint().optional() },
  { type: "a list of them", member: z.array(z.date()) },
])("names the parameter that JSON Schema cannot express: $type", ({ member }) => {
  const parameters = z.strictObject({ id: z.string(), since: member });
  const define = (): unknown => defineTool({ name: "a", description: "x", parameters, execute });
  expect(define).toThrow(expect.objectContaining({ code: "MCS_INVALID_CONFIG" }));
  expect(define).toThrow(/"since"/);
});
