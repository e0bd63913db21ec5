import type { ToolArguments } from "@mcs/core";

/**
 * What happened to a tool on its way to a provider:
 * - `duplicate_name`, `illegal_name`, `unusable_schema`, `too_large`: it is left out;
 * - `too_many_tools`: there are more than the provider's own API takes;
 * - `renamed_tool`, `renamed_property`: `decode` gives the old name back;
 * - `json_text`: a value of any form is written as JSON text, and `decode` reads it;
 * - `cut_recursion`, `cut_nesting`: so is what lies deeper;
 * - `dropped_keyword`: the provider does not check it, so the description says it;
 * - `long_enum`: so it is with the values of an enumeration that is too long;
 * - `merged_forms`: alternatives became one object with the properties of all, and the description says which belong together;
 * - `closed_object`: properties that the schema does not name, but leaves open, cannot be given;
 * - `assumed_type`: the schema names no type, and keywords of one only;
 * - `invalid_keyword`: it is not JSON Schema 2020-12, or refers to nothing, and says nothing;
 * - `long_description`: its end moved into the description of the arguments.
 */
export type DiagnosticCode =
  | "assumed_type"
  | "closed_object"
  | "cut_nesting"
  | "cut_recursion"
  | "dropped_keyword"
  | "duplicate_name"
  | "illegal_name"
  | "invalid_keyword"
  | "json_text"
  | "long_description"
  | "long_enum"
  | "merged_forms"
  | "renamed_property"
  | "renamed_tool"
  | "too_large"
  | "too_many_tools"
  | "unusable_schema";

/** Something that the tools lose, or may lose, with a provider; or that is written in another way. */
export interface Diagnostic {
  readonly code: DiagnosticCode;
  /** The tool, unless it concerns them all. */
  readonly tool?: string;
  /** Where in the schema of the arguments, as a JSON Pointer; the first place if there are several. */
  readonly path?: string;
  /** Whether the tool is missing from the request because of it. */
  readonly leftOut: boolean;
  /** For people. */
  readonly message: string;
}

/** A call in somebody's terms: the model's, or those of the tools as they were given. */
export interface NamedCall {
  readonly name: string;
  readonly arguments: ToolArguments;
}

/** Tools in a provider's own shape. */
export interface NativeTools<NativeTool extends object = object> {
  readonly tools: NativeTool[];
  /**
   * What the model calls, in terms of the tools as they were given. It checks nothing: the arguments still have to be
   * held against the tool's own schema.
   *
   * @throws {MCSError} `MCS_INVALID_ARGUMENTS` for text that should be JSON and is not.
   */
  readonly decode: (name: string, args: ToolArguments) => NamedCall;
  /** What a model would write for a call; `undefined` if this format cannot say it, or the tool was left out. */
  readonly encode: (name: string, args: ToolArguments) => NamedCall | undefined;
  readonly diagnostics: readonly Diagnostic[];
}
