import { corpusAvailable, corpusFile, corpusSkipReason } from "@mcs/corpus";
import { OpenApiDriver } from "@mcs/driver-openapi";
import { toolFormats } from "@mcs/llm/dialects";
import { describe, expect, test } from "vitest";
import { checkDialect } from "../src/dialects/check-dialect.ts";
import { sampleArguments } from "../src/dialects/sample-arguments.ts";

/** Each for something that dialects stumble over; `bench:dialects` takes a whole sample of the corpus. */
const documents = [
  ["api/github.com/api.github.com.json", "forms beside properties, nullable bodies"],
  ["api/stripe.com.json", "maps, cycles, forms of every kind"],
  ["api/slack.com.json", "forms only"],
  ["api/azure.com/datalake-analytics-catalog.json", "names with $"],
  ["api/googleapis.com/discovery.json", "schemas that describe schemas"],
] as const;

const files = new Map<string, string | undefined>();
for (const [path] of documents) files.set(path, await corpusFile(path));

describe.each(documents)("%s (%s)", (path) => {
  test.skipIf(!corpusAvailable())(
    `compiles for every format, and every call comes back${corpusSkipReason}`,
    async () => {
      await using driver = new OpenApiDriver({ spec: files.get(path) ?? "" });
      const tools = await driver.listTools();
      const samples = new Map(tools.map((tool) => [tool, sampleArguments(tool)]));
      for (const format of toolFormats) {
        const { leftOut, refusals, changed, calls } = checkDialect(tools, samples, format);
        expect({ format, leftOut, refusals, changed }).toEqual({
          format,
          leftOut: [],
          refusals: [],
          changed: [],
        });
        expect(calls).toBeGreaterThan(tools.length);
      }
    },
  );
});
