import { MCSError, type Tool } from "@mcs/core";
import type { Diagnostic, DiagnosticCode, NativeTools } from "../native-tools.ts";
import { explainFailure, isNamed } from "./find-fault.ts";
import type { NativeToolOf } from "./native-tool-types.ts";
import { predictRefusals } from "./predict-refusals.ts";
import { toolFormats, type ToolFormat } from "./rules/provider-rules.ts";
import { providerRules } from "./rules/rules.ts";
import type { SchemaLimits } from "./rules/schema-rules.ts";
import { lossTexts } from "./texts.ts";
import { createToolDialect, type ToolDialect } from "./tool-dialect.ts";
import { toolShapes, type WireTool } from "./write-tools.ts";

/** How to write tools. */
export interface NativeToolsOptions {
  /** In place of what the format's rules say: for a server that takes more, or less. */
  readonly limits?: SchemaLimits;
}

/**
 * The tools in a provider's shape, in the order given and the same bytes each time; and the way back, from what the model
 * calls to the tools as they were given. What the provider does not take is written in another way, or said in
 * descriptions. A tool that cannot be expressed is left out with a diagnostic, because it would fail the whole request.
 * `text` has no native tools: the list is empty, and `writeSystemMessage` describes them instead.
 *
 * @throws {MCSError} `MCS_UNSUPPORTED` if tools are not written in this format.
 */
export function toNativeTools<Format extends string>(
  tools: readonly Tool[],
  format: Format,
  options: NativeToolsOptions = {},
): NativeTools<NativeToolOf<Format>> {
  return (format === "text" ? noTools : write(tools, toToolFormat(format), options)) as NativeTools<
    NativeToolOf<Format>
  >;
}

const noTools: NativeTools = {
  tools: [],
  decode: (name, args) => ({ name, arguments: args }),
  encode: (name, args) => ({ name, arguments: args }),
  diagnostics: [],
};

/** @throws {MCSError} `MCS_UNSUPPORTED` if it is none. */
function toToolFormat(name: string): ToolFormat {
  const format = toolFormats.find((known) => known === name);
  if (format !== undefined) return format;
  throw new MCSError("MCS_UNSUPPORTED", `Tools are not written in the format "${name}".`, {
    hint: `Use one of ${toolFormats.join(", ")}, or text.`,
  });
}

function write(tools: readonly Tool[], format: ToolFormat, { limits }: NativeToolsOptions): NativeTools {
  const rules = providerRules[format];
  const dialect = createToolDialect(tools, rules, limits);
  const diagnostics: Diagnostic[] = [];
  const written: WireTool[] = [];
  for (const [index, tool] of tools.entries()) {
    if (!isNamed(tool)) {
      const message = `${lossTexts.illegal_name("")} It is entry ${index + 1} of the list.`;
      diagnostics.push({ code: "illegal_name", leftOut: true, message });
      continue;
    }
    const result = writeTool(tool, dialect, format, limits);
    diagnostics.push(...result.diagnostics);
    if (result.wire !== undefined) written.push(result.wire);
  }
  if (rules.tools !== undefined && written.length > rules.tools) {
    const message = `${written.length} tools, but the provider's own API takes at most ${rules.tools}.`;
    diagnostics.push({ code: "too_many_tools", leftOut: false, message });
  }
  return {
    tools: toolShapes[format].write(written),
    decode: dialect.decode,
    encode: dialect.encode,
    diagnostics,
  };
}

interface WrittenTool {
  readonly wire?: WireTool;
  readonly diagnostics: readonly Diagnostic[];
}

function writeTool(tool: Tool, dialect: ToolDialect, format: ToolFormat, limits?: SchemaLimits): WrittenTool {
  const { name } = tool;
  const leaveOut = (code: DiagnosticCode, what = ""): WrittenTool => ({
    diagnostics: [{ code, tool: name, leftOut: true, message: lossTexts[code](what) }],
  });
  const wireName = dialect.wireNameOf(tool);
  if (wireName === undefined) return leaveOut("duplicate_name");
  const written = dialect.writeTool(tool);
  if (written === "too_large") return leaveOut(written);
  if (written === "unusable_schema") return leaveOut(written, explainFailure(tool));
  const [refusal] = predictRefusals(toolShapes[format].write([written.wire]), format, limits);
  if (refusal !== undefined) return leaveOut("unusable_schema", refusal.message);
  const tell = (code: DiagnosticCode, what = ""): Diagnostic => ({
    code,
    tool: name,
    leftOut: false,
    message: lossTexts[code](what),
  });
  return {
    wire: written.wire,
    diagnostics: [
      ...(wireName === name ? [] : [tell("renamed_tool", wireName)]),
      ...(written.isCut ? [tell("long_description")] : []),
      ...written.losses.toDiagnostics(name),
    ],
  };
}
