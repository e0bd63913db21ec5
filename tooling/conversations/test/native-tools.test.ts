import type { Tool } from "@mcs/core";
import { toNativeTools } from "@mcs/llm/dialects";
import { Tool$outboundSchema } from "@mistralai/mistralai/models/components";
import { expect, test } from "vitest";

const tool: Tool = {
  name: "get_pet",
  description: "Find a pet.",
  parameters: [{ name: "$id", description: "Its id", required: true, schema: { type: "integer" } }],
};

test("tools for Mistral pass the schema of its own client", () => {
  const { tools } = toNativeTools([tool], "mistral");
  expect(tools.map((one) => Tool$outboundSchema.parse(one))).toEqual(tools);
});
