import { toInputSchema } from "@mcs/core";
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { predictRefusals, toNativeTools, toolFormats } from "../src/dialects.ts";
import { createValidator } from "../src/validate.ts";
import { calledTools } from "./fixtures/tool-and-arguments.ts";
import { schemaOf } from "./fixtures/native-schemas.ts";

describe.each(toolFormats)("the dialect of %s", (format) => {
  test("is refused for no tool, and gives back every call that fits", () => {
    const law = fc.property(calledTools, ({ tool, args }) => {
      fc.pre(createValidator(toInputSchema(tool))(args).length === 0);
      const { tools, encode, decode, diagnostics } = toNativeTools([tool], format);
      expect(diagnostics.filter(({ leftOut }) => leftOut)).toEqual([]);
      expect(predictRefusals(tools, format)).toEqual([]);
      const written = encode(tool.name, args) ?? { name: "", arguments: {} };
      expect(decode(written.name, written.arguments)).toEqual({ name: tool.name, arguments: args });
      expect(createValidator(schemaOf(tools[0], format))(written.arguments)).toEqual([]);
    });
    fc.assert(law, { numRuns: Number(process.env["RUNS"] ?? 1000) });
  });
});
