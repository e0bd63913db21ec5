import { compile, TreeInterpreter } from "@jmespath-community/jmespath";
import { MCSError } from "@mcs/core";

/** Characters of an expression. */
export const longestExpression = 1_000;

/** Values and characters that one selection may come to look at or to copy, estimated before it is made. */
const mostWork = 100_000_000;

/** A node of a parsed expression, as far as it is looked at. */
interface Node {
  readonly type: string;
  readonly name?: unknown;
  readonly value?: unknown;
  readonly [member: string]: unknown;
}

/** They name values from outside of the current one, so that one could be compared with every other. */
const unbounded = new Set(["Root", "Variable", "LetExpression"]);

/** They make texts of any length. */
const padding = new Set(["pad_left", "pad_right", "replace"]);

/** Which argument has to be written out: two long texts out of the value would cost the product of their lengths. */
const writtenOut = new Map([
  ["join", 0],
  ["contains", 1],
  ["find_first", 1],
  ["find_last", 1],
  ["split", 1],
]);

/**
 * Selects a part of a JSON value by a JMESPath expression (JMESPath Community specification, without `$`, `let`, `pad_left`,
 * `pad_right` and `replace`; what is looked for in a text is written out). What a value inherits is not there. What an
 * expression may cost is bounded before it runs: it grows with the value and, at most, with the product of its
 * multi-selects.
 *
 * @param size - Of the value as JSON, in characters.
 * @returns `null` if nothing is there.
 * @throws {MCSError} `MCS_INVALID_ARGUMENTS` if the expression cannot be used; `MCS_TOO_LARGE` if it could cost too much.
 */
export function select(value: unknown, expression: string, size: number): unknown {
  if (expression.length > longestExpression) {
    throw invalid(`must not be longer than ${longestExpression} characters`);
  }
  try {
    const parsed = compile(expression);
    if (size * workOf(parsed as unknown as Node) > mostWork) {
      throw new MCSError("MCS_TOO_LARGE", "The expression could make a result too large to handle.", {
        effect: "none",
        hint: "Select less at once.",
      });
    }
    return TreeInterpreter.search(parsed, withoutPrototypes(value) as never);
  } catch (error) {
    if (error instanceof MCSError) throw error;
    throw invalid(
      `is no JMESPath expression that fits: ${error instanceof Error ? error.message.slice(0, 300) : ""}`,
    );
  }
}

/** How many times as much as there is a part of an expression may look at or give. */
function workOf(node: Node): number {
  if (unbounded.has(node.type)) throw invalid("must not use $ or let; start from the current value with @");
  if (node.type === "Function") checkFunction(String(node.name), childrenOf(node["children"]));
  if (node.type === "Literal") return 1 + JSON.stringify(node.value).length;
  const parts = Object.values(node).flatMap(childrenOf).map(workOf);
  if (node.type.startsWith("MultiSelect")) return parts.reduce((sum, part) => sum + part, 1);
  return parts.reduce((product, part) => product * part, node.type === "Function" ? parts.length + 1 : 1);
}

function checkFunction(name: string, given: readonly Node[]): void {
  if (padding.has(name)) throw invalid(`must not use ${name}`);
  const position = writtenOut.get(name);
  if (position !== undefined && given[position]?.type !== "Literal") {
    throw invalid(`needs a literal as argument ${position + 1} of ${name}`);
  }
}

function childrenOf(member: unknown): Node[] {
  if (Array.isArray(member)) return member.flatMap(childrenOf);
  return typeof member === "object" && member !== null && "type" in member ? [member as Node] : [];
}

/** The library looks members up by `value[name]`. */
function withoutPrototypes(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutPrototypes);
  if (typeof value !== "object" || value === null) return value;
  const members = Object.entries(value).map(([key, member]) => [key, withoutPrototypes(member)] as const);
  const bare: unknown = Object.assign(
    Object.create(null),
    Object.fromEntries(members.filter(([key]) => key !== "__proto__")),
  );
  return bare;
}

function invalid(reason: string): MCSError {
  return new MCSError("MCS_INVALID_ARGUMENTS", `\`select\` ${reason}.`, {
    issues: [{ argument: "select", message: reason }],
  });
}
