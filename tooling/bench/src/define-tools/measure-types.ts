import { execFile } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

/** What it costs to check the types of a file, as the compiler says. */
export interface TypeCost {
  /** Times that the compiler put types into a generic one. */
  readonly instantiations: number;
  readonly types: number;
  /** Bytes. */
  readonly memory: number;
  /** Of the whole run. */
  readonly seconds: number;
}

/** Where `@mcs/kit` and `zod` are found. */
const folder = fileURLToPath(new URL("../../node_modules", import.meta.url));

/**
 * Checks a file that defines so many tools, each with a schema of its own.
 *
 * @throws {Error} With the compiler's output, if there is a type error.
 */
export async function measureTypes(tools: number): Promise<TypeCost> {
  const scratch = await mkdtemp(join(folder, ".tools-"));
  try {
    await writeFile(join(scratch, "tools.ts"), writeTools(tools));
    const config = { extends: "@mcs/tsconfig/base.json", include: ["tools.ts"] };
    await writeFile(join(scratch, "tsconfig.json"), JSON.stringify(config));
    const { stdout } = await promisify(execFile)("tsc", ["-p", scratch, "--extendedDiagnostics"]);
    const read = (name: string): number =>
      Number(new RegExp(`^${name}:\\s+([\\d.]+)`, "m").exec(stdout)?.[1]);
    return {
      instantiations: read("Instantiations"),
      types: read("Types"),
      memory: read("Memory used") * 1024,
      seconds: read("Total time"),
    };
  } finally {
    await rm(scratch, { recursive: true });
  }
}

function writeTools(count: number): string {
  const head = ['import { defineTool, type DefinedTool } from "@mcs/kit";', 'import * as z from "zod";'];
  return [...head, ...Array.from({ length: count }, (_, index) => writeTool(index)), ""].join("\n");
}

function writeTool(index: number): string {
  return `export const tool${index}: DefinedTool = defineTool({
  name: "tool_${index}",
  description: "Tool ${index}.",
  annotations: { readOnly: true },
  parameters: z.strictObject({
    id${index}: z.int().min(1).describe("Id"),
    name: z.string().optional(),
    tags: z.array(z.enum(["a", "b${index}"])).default([]),
    filter: z.strictObject({ from: z.iso.date().optional(), limit: z.int().default(${index}) }).optional(),
  }),
  output: z.object({ rows: z.array(z.string()) }),
  execute: ({ id${index}, name = "", tags, filter }, { signal }) => {
    signal.throwIfAborted();
    return { rows: [name, ...tags].slice(id${index}, filter?.limit) };
  },
});`;
}
