import { createToolDriver, defineTool } from "@mcs/kit";
import { sealCredential } from "@mcs/kit/config";
import * as z from "zod";
import type { Benchmark } from "./benchmark.ts";

/** As an API gives it: 10 kB of JSON in some hundred strings. */
const rows = Array.from({ length: 90 }, (_, index) => ({
  id: index,
  name: `Thing number ${index}`,
  owner: `owner-${index}@example.com`,
  note: "It is kept in the third drawer.",
}));

const meta = {
  id: "5f6d2a44-1d0f-4a3c-8a3e-0b5a3f1f2c77",
  name: "Things",
  version: "1.0.0",
  bindings: [{ capability: "things", adapter: "*", specFormat: "Custom" }],
};

/** What the checks, the deadline and the scrubber cost a call: goal, less than 0.1 ms. */
export default async function overhead(): Promise<Benchmark> {
  const args = { kind: "all", limit: 90 };
  const list = async ({ limit }: { readonly limit: number }): Promise<unknown> => rows.slice(0, limit);
  const tool = defineTool({
    name: "things_list",
    description: "List things.",
    annotations: { readOnly: true },
    parameters: z.strictObject({ kind: z.string(), limit: z.int() }),
    execute: list,
  });
  const secrets = ["token", "password", "client secret"].map((label, index) =>
    sealCredential(`${index}-8f3b1c7d9e2a4f60b5c8d1e7`, label),
  );
  const plain = createToolDriver({ meta, tools: [tool] });
  const scrubbed = createToolDriver({ meta, tools: [tool], secrets: () => secrets });
  return {
    name: `Overhead of a call with a result of ${JSON.stringify(rows).length} bytes`,
    contenders: {
      "the bare function": () => list(args),
      "executeTool, no secret": () => plain.executeTool("things_list", args),
      "executeTool, 3 secrets": () => scrubbed.executeTool("things_list", args),
    },
  };
}
