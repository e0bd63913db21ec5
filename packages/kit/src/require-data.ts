import { MCSError } from "@mcs/core";

/** What only a body or a stream has: JSON would make an empty object of all it holds. */
const unreadMarks = ["arrayBuffer", "getReader", Symbol.asyncIterator] as const;

/**
 * Refuses a result whose content nobody has read yet, and functions: `Response`, `Blob`, streams, generators.
 *
 * @throws {MCSError} `MCS_DRIVER_FAULT` that names the tool.
 */
export function requireData(result: unknown, tool: string): unknown {
  const isUnread =
    typeof result === "object" &&
    result !== null &&
    unreadMarks.some((mark) => typeof Reflect.get(result, mark) === "function");
  if (!isUnread && typeof result !== "function") return result;
  throw new MCSError("MCS_DRIVER_FAULT", `The tool "${tool}" returned something that is not data.`, {
    hint: "In the tool, read it first and return plain data, text or bytes.",
  });
}
