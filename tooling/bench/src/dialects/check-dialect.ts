import { isDeepStrictEqual } from "node:util";
import type { Tool, ToolArguments } from "@mcs/core";
import { predictRefusals, toNativeTools, type ToolFormat } from "@mcs/llm/dialects";

/** What one format makes of the tools of one document. */
export interface DialectReport {
  readonly tools: number;
  readonly leftOut: readonly string[];
  /** Refusals that are predicted for the tools that are left, 128 in a request. */
  readonly refusals: readonly string[];
  /** Calls that came back as they were. */
  readonly calls: number;
  /** Calls that the format cannot say: they give properties that their schema leaves open, and does not name. */
  readonly unsaid: number;
  /** Calls that came back as others: none may. */
  readonly changed: readonly string[];
  /** Tools by cause. */
  readonly causes: ReadonlyMap<string, number>;
  /** Characters of all tools as JSON. */
  readonly characters: number;
}

/** Tools of one request: the least that any provider takes. */
const toolsOfRequest = 128;

/** @param samples - Calls that fit, by tool. */
export function checkDialect(
  tools: readonly Tool[],
  samples: ReadonlyMap<Tool, readonly ToolArguments[]>,
  format: ToolFormat,
): DialectReport {
  const refusals: string[] = [];
  const leftOut: string[] = [];
  const changed: string[] = [];
  const causes = new Map<string, number>();
  let [calls, unsaid, characters] = [0, 0, 0];
  for (let first = 0; first < tools.length; first += toolsOfRequest) {
    const request = tools.slice(first, first + toolsOfRequest);
    const native = toNativeTools(request, format);
    characters += JSON.stringify(native.tools).length;
    for (const { tool = "", path = "", message } of predictRefusals(native.tools, format)) {
      refusals.push(`${tool} ${path}: ${message}`);
    }
    for (const { code, tool = "", leftOut: isLeftOut, message } of native.diagnostics) {
      causes.set(code, (causes.get(code) ?? 0) + 1);
      if (isLeftOut) leftOut.push(`${tool}: ${message}`);
    }
    for (const tool of request) {
      for (const args of samples.get(tool) ?? []) {
        const written = native.encode(tool.name, args);
        if (written === undefined) unsaid += 1;
        else if (isDeepStrictEqual(native.decode(written.name, written.arguments).arguments, args))
          calls += 1;
        else changed.push(`${tool.name} ${JSON.stringify(args)}`);
      }
    }
  }
  return { tools: tools.length, leftOut, refusals, calls, unsaid, changed, causes, characters };
}
