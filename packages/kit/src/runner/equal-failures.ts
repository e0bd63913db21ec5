import type { Failure } from "@mcs/core";

/** Counts failures that are all the same. */
export interface EqualFailures {
  /** @returns How often the call has failed like that in a row, this time included. */
  add(tool: string, args: unknown, failure: Pick<Failure, "code" | "message">): number;
  /** A call of the tool succeeded. */
  clear(tool: string): void;
}

export function countEqualFailures(): EqualFailures {
  const byTool = new Map<string, Map<string, number>>();
  return {
    add(tool, args, { code, message }) {
      const counts = byTool.get(tool) ?? new Map<string, number>();
      byTool.set(tool, counts);
      const failure = JSON.stringify([args, code, message]);
      const count = (counts.get(failure) ?? 0) + 1;
      counts.set(failure, count);
      return count;
    },
    clear: (tool) => void byTool.delete(tool),
  };
}
