import { corpusAvailable, corpusFile, corpusSkipReason } from "@mcs/corpus";
import { OpenApiDriver } from "@mcs/driver-openapi";
import { describe, expect, test } from "vitest";
import { generateDocument } from "../src/generate-document.ts";
import { costOfPrompt } from "../src/prompts/cost-of-prompt.ts";
import documents from "../src/prompts/documents.json" with { type: "json" };

describe("tools in a prompt", () => {
  test("cost at least an eighth less as types than as JSON Schema, in a document written by a program", async () => {
    await using driver = new OpenApiDriver({ spec: generateDocument(50, "https://things.example") });
    const { jsonSchema, types, bare } = costOfPrompt(await driver.listTools());
    expect(types).toBeLessThan(jsonSchema * 0.875);
    expect(bare).toBeLessThan(types);
  });

  test.skipIf(!corpusAvailable()).each(documents)(
    `cost less as types, and are estimated at no less than they cost, in %s${corpusSkipReason}`,
    { timeout: 60_000 },
    async (path) => {
      await using driver = new OpenApiDriver({ spec: (await corpusFile(path)) ?? "" });
      const { jsonSchema, types, estimated } = costOfPrompt(await driver.listTools());
      expect(types).toBeLessThan(jsonSchema * 0.96);
      expect(estimated).toBeGreaterThanOrEqual(types);
      expect(estimated).toBeLessThan(types * 1.4);
    },
  );
});
