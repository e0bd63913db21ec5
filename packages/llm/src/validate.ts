import { isMCSError, MCSError, toInputSchema, type Issue, type JsonSchema, type Tool } from "@mcs/core";
import { copyJson } from "./json/copy-json.ts";
import { pathText } from "./validate/argument-path.ts";
import { compileSchema, type CompiledCheck } from "./validate/compile-schema.ts";

export { nearestNames } from "./nearest-names.ts";

/** Checks a value; every violation at once (of a hundred and more, the first hundred), none if it fits. */
export type SchemaCheck = (value: unknown, rootName?: string) => Issue[];

/**
 * Over these sizes patterns and uniqueness are left to the other side: their cost is not linear, and the schema may be
 * hostile.
 */
const costlyRules = { longestString: 2000, longestArray: 2000 };

const checks = new WeakMap<Tool, SchemaCheck>();

/**
 * Checks arguments against a tool's schema (JSON Schema 2020-12, without `eval`). The check is compiled once per tool
 * object.
 *
 * @returns One issue per violation: the argument (`body.items[2].price`), the rule, what was given, and the nearest
 *   allowed value or name. Empty if the arguments fit.
 * @throws {MCSError} `MCS_INVALID_SPEC` if the tool's schema cannot be used; nothing was checked then.
 */
export function validateArguments(tool: Tool, args: unknown): Issue[] {
  try {
    let check = checks.get(tool);
    if (check === undefined) {
      check = createValidator(toInputSchema(tool));
      checks.set(tool, check);
    }
    return check(args);
  } catch (error) {
    if (!isMCSError(error)) throw error;
    throw new MCSError(error.code, `Tool "${tool.name}": ${error.message}`);
  }
}

/**
 * Compiles a JSON Schema 2020-12. References point into the schema itself. Formats are checked where JSON Schema defines
 * them; a pattern that does not compile, or could take for ever, is not.
 *
 * @returns A check. Its `rootName` stands before the paths of issues. It throws `MCS_INVALID_SPEC` when it meets a part
 *   of the schema that cannot be used.
 * @throws {MCSError} `MCS_INVALID_SPEC` if the schema cannot be used at all.
 */
export function createValidator(schema: JsonSchema): SchemaCheck {
  const full = compileSchema(schema, true);
  let cheap: CompiledCheck | undefined;
  return (value, rootName) => {
    const copy = copyJson(value);
    if (copy.kind === "refused")
      return [{ argument: pathText(copy.path, rootName), message: `cannot be used: ${copy.reason}` }];
    const { longestString, longestArray, depth } = copy.size;
    const isLarge = longestString > costlyRules.longestString || longestArray > costlyRules.longestArray;
    const check = isLarge ? (cheap ??= compileSchema(schema, false)) : full;
    return check(copy.value, rootName, depth);
  };
}
