import type { Tool } from "@mcs/core";
import type { DecodeCall } from "../reading.ts";
import { toolFormats } from "./rules/provider-rules.ts";
import { providerRules } from "./rules/rules.ts";
import { createToolDialect, type ToolDialect } from "./tool-dialect.ts";

/**
 * What `readToolCalls` needs in order to undo what {@link toNativeTools} did to the tools, without writing them all anew:
 * only what is called is compiled.
 *
 * @param format - The format that the tools were written in; without it, that of the answer's shape, which cannot tell
 *   `openai-strict` from `openai`.
 */
export function createDecoder(tools: readonly Tool[], format?: string): DecodeCall {
  const dialects = new Map<string, ToolDialect | undefined>();
  return (name, args, shape) => {
    const wanted = format ?? shape;
    if (!dialects.has(wanted)) {
      const known = toolFormats.find((one) => one === wanted);
      dialects.set(wanted, known && createToolDialect(tools, providerRules[known]));
    }
    return dialects.get(wanted)?.decode(name, args) ?? { name, arguments: args };
  };
}
