import { isDeepStrictEqual } from "node:util";
import type { ReadCall, ReadCalls } from "./contenders.ts";
import type { Example } from "./corpus.ts";

/** How a contender did. */
export interface Score {
  /** Answers whose calls were read exactly, or that were rightly read as none. By format. */
  readonly right: ReadonlyMap<string, number>;
  /** Calls that would run, and that the answer does not make: other arguments, another tool, or none at all. */
  readonly wrong: number;
  /** Those of them in answers that make no call. */
  readonly invented: number;
  /** Milliseconds for all answers, per MB of them. */
  readonly millisecondsPerMegabyte: number;
}

type Reading = readonly ReadCall[];

/** @param readers - Where there are several, the one counts that does best with an example. */
export function scoreOf(readers: readonly ReadCalls[], examples: readonly Example[]): Score {
  const start = performance.now();
  const readings = examples.map((example) => readers.map((read) => callsOf(read, example)));
  return score(readings, examples, (performance.now() - start) / readers.length);
}

/**
 * @param readings - The calls of each example.
 * @param milliseconds - That all of them took.
 */
export function scoreReadings(
  readings: readonly Reading[],
  examples: readonly Example[],
  milliseconds: number,
): Score {
  return score(
    readings.map((reading) => [reading]),
    examples,
    milliseconds,
  );
}

function score(
  readings: readonly (readonly Reading[])[],
  examples: readonly Example[],
  milliseconds: number,
): Score {
  const right = new Map<string, number>();
  let [wrong, invented, characters] = [0, 0, 0];
  for (const [index, example] of examples.entries()) {
    characters += lengthOf(example.answer);
    const best = (readings[index] ?? []).toSorted(
      (one, other) => surplusOf(one, example) - surplusOf(other, example),
    );
    if (best.some((calls) => isDeepStrictEqual(calls, example.calls))) {
      right.set(example.format, (right.get(example.format) ?? 0) + 1);
      continue;
    }
    const surplus = surplusOf(best[0] ?? [], example);
    wrong += surplus;
    if (example.calls.length === 0) invented += surplus;
  }
  return { right, wrong, invented, millisecondsPerMegabyte: (milliseconds / characters) * 1e6 };
}

function callsOf(read: ReadCalls, example: Example): readonly ReadCall[] {
  try {
    // Without what only one of them knows, and without prototypes of their own.
    return structuredClone(read(example).map((call) => ({ name: call.name, arguments: call.arguments })));
  } catch {
    return [];
  }
}

/** Calls that the answer does not make. */
function surplusOf(calls: readonly ReadCall[], { calls: wanted }: Example): number {
  return calls.filter((call) => !wanted.some((one) => isDeepStrictEqual(one, call))).length;
}

function lengthOf(answer: string | object): number {
  return typeof answer === "string" ? answer.length : JSON.stringify(answer).length;
}
