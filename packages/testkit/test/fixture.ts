import { MCSError, type MCSToolDriver } from "@mcs/core";
import { createToolDriver, defineTool } from "@mcs/kit";
import { sealCredential } from "@mcs/kit/config";
import * as z from "zod";
import type { ConformanceCase, CountedDriver, DriverCase, LosingDriver } from "../src/index.ts";

/** In the configuration of the driver below. */
export const secret = "canary-7f3a9c1e5b2d4860";

const divide = defineTool({
  name: "math_divide",
  description: "Divide one number by another.",
  annotations: { readOnly: true },
  aliases: ["divide"],
  parameters: z.strictObject({ dividend: z.number(), divisor: z.number() }),
  execute({ dividend, divisor }) {
    if (divisor === 0) throw new Error(`division by zero, with ${secret}`);
    return dividend / divisor;
  },
});

const table = defineTool({
  name: "math_table",
  description: "Multiply every number by every other.",
  annotations: { readOnly: true },
  parameters: z.strictObject({ upTo: z.int().min(1).max(100) }),
  execute: ({ upTo }) =>
    Array.from({ length: upTo }, (_, a) => Array.from({ length: upTo }, (__, b) => a * b)),
});

function make(write: () => unknown): MCSToolDriver {
  const sealed = sealCredential(secret, "the canary");
  const add = defineTool({
    name: "math_note",
    description: "Write a number down.",
    parameters: z.strictObject({ number: z.number() }),
    execute: write,
  });
  return createToolDriver({
    meta: {
      id: "0f8f4d5c-4f3b-4a0e-9f1d-7c1e0a2b3c4d",
      name: "Math",
      version: "1.0.0",
      bindings: [{ capability: "math", adapter: "*", specFormat: "Custom" }],
    },
    tools: [divide, table, add],
    secrets: () => [sealed],
    abilities: { healthcheck: async () => ({ status: "OK", detail: `reached with ${secret}` }) },
  });
}

/** A plain ToolDriver, which keeps every rule. */
export const plain = (): MCSToolDriver => make(() => "noted");

/** The same, with a backend that makes its effect and loses the answer. */
export function losing(): LosingDriver {
  let count = 0;
  const driver = make(() => {
    count += 1;
    throw new MCSError("MCS_TRANSPORT", "The connection broke.");
  });
  return { driver, reached: () => count };
}

/** The same, with a backend that counts. */
export function counting(): CountedDriver {
  let count = 0;
  const driver = make(() => {
    count += 1;
    return "noted";
  });
  return { driver, reached: () => count };
}

export const math: Omit<ConformanceCase, "createDetached"> & Pick<DriverCase, "large"> = {
  create: plain,
  succeeds: { tool: "math_divide", args: { dividend: 6, divisor: 4 }, result: 1.5 },
  fails: { tool: "math_divide", args: { dividend: 6, divisor: 0 }, code: "MCS_DRIVER_FAULT" },
  large: { tool: "math_table", args: { upTo: 60 } },
  loses: { tool: "math_note", args: { number: 7 }, create: losing },
  counts: { tool: "math_note", args: { number: 7 }, create: counting },
  secret,
};
