import { isMCSError, type Issue, type ToolArguments } from "@mcs/core";

/** Arguments in terms of the tool, and what is wrong with them. */
export interface FittingArguments {
  readonly arguments: ToolArguments;
  readonly issues: readonly Issue[];
}

/**
 * Undoes a dialect. What the model wrote counts as written only if it fits the tool so, and not in the dialect that it was
 * told: some models know a service well enough to use its own names.
 *
 * @param issuesOf - Absent if arguments are not checked.
 */
export function decodeFitting(
  written: ToolArguments,
  decode: (args: ToolArguments) => ToolArguments,
  issuesOf: ((args: ToolArguments) => readonly Issue[]) | undefined,
): FittingArguments {
  let decoded: ToolArguments;
  try {
    decoded = decode(written);
  } catch (error) {
    const message = isMCSError(error) ? error.message : "cannot be read";
    return { arguments: written, issues: [{ argument: "arguments", message }] };
  }
  if (issuesOf === undefined) return { arguments: decoded, issues: [] };
  const issues = issuesOf(decoded);
  if (issues.length === 0 || decoded === written) return { arguments: decoded, issues };
  return issuesOf(written).length === 0 ? { arguments: written, issues: [] } : { arguments: decoded, issues };
}
