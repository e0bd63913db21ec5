import { toStandardJsonSchema } from "@valibot/to-json-schema";
import { type } from "arktype";
import * as v from "valibot";
import { describe, expect, test } from "vitest";
import * as z from "zod";
import { defineTool, processWithDrivers, type DefinedTool } from "../src/index.ts";
import { driverOf, rejection } from "./fixture.ts";

const description = "Give back what it got.";
const echo = (args: unknown): unknown => args;

/** The same tool by each library: `a` is needed, `b` has a default, nothing else may come. */
const libraries: Readonly<Record<string, DefinedTool>> = {
  zod: defineTool({
    name: "echo",
    description,
    parameters: z.strictObject({ a: z.int().min(1), b: z.array(z.string()).default(["x"]) }),
    execute: echo,
  }),
  valibot: defineTool({
    name: "echo",
    description,
    parameters: toStandardJsonSchema(
      v.strictObject({
        a: v.pipe(v.number(), v.integer(), v.minValue(1)),
        b: v.optional(v.array(v.string()), ["x"]),
      }),
    ),
    execute: echo,
  }),
  arktype: defineTool({
    name: "echo",
    description,
    parameters: type({ "+": "reject", a: "number.integer >= 1", b: type("string[]").default(() => ["x"]) }),
    execute: echo,
  }),
};

describe.each(Object.entries(libraries))("a schema of %s", (_, defined) => {
  const driver = driverOf([defined]);

  test("describes the arguments", () => {
    expect(defined.tool.parameters).toMatchObject([
      { name: "a", required: true, schema: { type: "integer", minimum: 1 } },
      { name: "b", required: false, schema: { type: "array", items: { type: "string" } } },
    ]);
  });

  test("fills in defaults", async () => {
    expect(await driver.executeTool("echo", { a: 1 })).toEqual({ a: 1, b: ["x"] });
  });

  test.each([
    { args: { a: 0 }, at: "a" },
    { args: { a: "1" }, at: "a" },
    { args: {}, at: "a" },
    { args: { a: 1, b: [2] }, at: "b[0]" },
    { args: { a: 1, c: 1 }, at: "c" },
  ])("refuses $args", async ({ args, at }) => {
    expect(await rejection(driver.executeTool("echo", args))).toMatchObject({
      code: "MCS_INVALID_ARGUMENTS",
      issues: [{ argument: at }],
    });
  });
});

describe("a schema that changes values", () => {
  const dated = defineTool({
    name: "dated",
    description,
    parameters: z.strictObject({
      on: z.iso.date().transform((text) => new Date(text)),
      count: z.int().catch(7),
      trimmed: z.string().trim().max(3),
    }),
    execute: ({ on, count, trimmed }) => `${on.getUTCFullYear()} ${count} ${trimmed}`,
  });

  test("is described by what it takes, and gives the tool what it makes of it", async () => {
    expect(dated.tool.parameters.map(({ name, schema }) => [name, schema])).toMatchObject([
      ["on", { type: "string", format: "date" }],
      ["count", {}],
      ["trimmed", { type: "string" }],
    ]);
    const driver = driverOf([dated]);
    expect(await driver.executeTool("dated", { on: "2026-05-01", count: 3, trimmed: " ab " })).toBe(
      "2026 3 ab",
    );
  });

  test("is asked once for each call: a model's arguments reach the tool changed once", async () => {
    let times = 0;
    const counting = defineTool({
      name: "counting",
      description,
      parameters: z.strictObject({ a: z.string().transform((text) => `${text}${(times += 1)}`) }),
      execute: ({ a }) => a,
    });
    const { toolCallResult } = await processWithDrivers(
      [driverOf([counting])],
      '{"tool": "counting", "arguments": {"a": "x"}}',
    );
    expect(toolCallResult).toBe("x1");
    expect(times).toBe(1);
  });

  test("is refused for a result, which only the tool can describe after the change", () => {
    const output = z.object({ on: z.string().transform((text) => new Date(text)) });
    expect(() =>
      defineTool({
        name: "a",
        description,
        parameters: z.object({}),
        output,
        execute: () => ({ on: new Date(0) }),
      }),
    ).toThrow(expect.objectContaining({ code: "MCS_INVALID_CONFIG" }));
  });
});

test("waits for a schema that has to", async () => {
  const slow = defineTool({
    name: "slow",
    description,
    parameters: z.strictObject({ name: z.string().refine(async (name) => name !== "taken", "is taken") }),
    execute: ({ name }) => name,
  });
  const driver = driverOf([slow]);
  expect(await driver.executeTool("slow", { name: "free" })).toBe("free");
  expect(await rejection(driver.executeTool("slow", { name: "taken" }))).toMatchObject({
    issues: [{ argument: "name", message: "is taken" }],
  });
});

test("describes a result by what the schema gives", () => {
  const { tool } = defineTool({
    name: "a",
    description,
    parameters: z.object({}),
    output: z.object({ rows: z.array(z.string()).default([]) }),
    execute: () => ({ rows: [] }),
  });
  expect(tool.outputSchema).toMatchObject({ type: "object", required: ["rows"] });
});
