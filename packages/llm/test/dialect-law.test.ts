import * as fc from "fast-check";
import { test } from "vitest";
import { toolFormats } from "../src/dialects.ts";
import { dialectLaw } from "./fixtures/dialect-law.ts";

test.each(toolFormats)(
  "in %s no tool is refused, and every call that fits comes back as it was",
  (format) => {
    fc.assert(dialectLaw(format), { numRuns: 1000 });
  },
);
