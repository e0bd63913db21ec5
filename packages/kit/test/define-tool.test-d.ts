import { toStandardJsonSchema } from "@valibot/to-json-schema";
import { type } from "arktype";
import * as v from "valibot";
import { expectTypeOf, test } from "vitest";
import * as z from "zod";
import { defineTool, type DefinedTool } from "../src/index.ts";

test("types what execute gets from the schema, defaults filled in", () => {
  const defined = defineTool({
    name: "csv_head",
    description: "First rows.",
    parameters: z.strictObject({ path: z.string(), limit: z.int().default(5), note: z.string().optional() }),
    execute(args, context) {
      expectTypeOf(args).toEqualTypeOf<{ path: string; limit: number; note?: string | undefined }>();
      expectTypeOf(context.signal).toEqualTypeOf<AbortSignal>();
      return args.path;
    },
  });
  expectTypeOf(defined).toEqualTypeOf<DefinedTool>();
});

test("types it from a schema of another library, too", () => {
  const made0 = defineTool({
    name: "a",
    description: "a",
    parameters: toStandardJsonSchema(v.strictObject({ a: v.number(), b: v.optional(v.string(), "x") })),
    execute(args) {
      expectTypeOf(args).toEqualTypeOf<{ a: number; b: string }>();
    },
  });
  expectTypeOf(made0).toEqualTypeOf<DefinedTool>();
  const made1 = defineTool({
    name: "a",
    description: "a",
    parameters: type({ a: "number", b: "string = 'x'" }),
    execute(args) {
      expectTypeOf(args).toEqualTypeOf<{ a: number; b: string }>();
    },
  });
  expectTypeOf(made1).toEqualTypeOf<DefinedTool>();
});

test("types what a schema makes of a value, not what it takes", () => {
  const made2 = defineTool({
    name: "a",
    description: "a",
    parameters: z.strictObject({ on: z.string().transform((text) => new Date(text)) }),
    execute(args) {
      expectTypeOf(args).toEqualTypeOf<{ on: Date }>();
    },
  });
  expectTypeOf(made2).toEqualTypeOf<DefinedTool>();
});

test("refuses what is no schema that describes itself, and arguments that the schema does not have", () => {
  const made3 = defineTool({
    name: "a",
    description: "a",
    // @ts-expect-error valibot alone writes no JSON Schema
    parameters: v.strictObject({ a: v.number() }),
    execute: () => null,
  });
  expectTypeOf(made3).toEqualTypeOf<DefinedTool>();
  const made4 = defineTool({
    name: "a",
    description: "a",
    parameters: z.strictObject({ a: z.number() }),
    // @ts-expect-error there is no b
    execute: ({ b }) => b as unknown,
  });
  expectTypeOf(made4).toEqualTypeOf<DefinedTool>();
});

test("holds what execute returns to the schema of the result, and to nothing without one", () => {
  const parameters = z.strictObject({});
  const output = z.strictObject({ rows: z.int() });
  defineTool({ name: "a", description: "a", parameters, output, execute: () => ({ rows: 1 }) });
  defineTool({
    name: "a",
    description: "a",
    parameters,
    output,
    execute: () => Promise.resolve({ rows: 1 }),
  });
  // @ts-expect-error -- a text is no number
  defineTool({ name: "a", description: "a", parameters, output, execute: () => ({ rows: "1" }) });
  const free = defineTool({ name: "a", description: "a", parameters, execute: () => ({ rows: "1" }) });
  expectTypeOf(free).toEqualTypeOf<DefinedTool>();
});
