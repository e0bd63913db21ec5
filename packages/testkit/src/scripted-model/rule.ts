import type { JsonRecord } from "./json.ts";

/**
 * One thing that an API refuses, as a line of its table. The tables were written from the providers' references and
 * from their messages in public issue threads, not from the code that they test.
 */
export interface Rule {
  /** What is refused; `refusedFor` of the recorded request. */
  readonly name: string;
  /**
   * How it is known. `documented`: the reference says so. `observed`: a message of the API, quoted in public. `stand-in`:
   * the API lets it pass and answers worse, without a word.
   */
  readonly source: "documented" | "observed" | "stand-in";
  /** @returns What the API says; the first counts. None if there is no such fault. */
  faults(body: JsonRecord, served: Served): Iterable<string>;
}

/** What a rule may know beside the request. */
export interface Served {
  /** The model that was asked for. */
  readonly model: string;
  /** Whether it reasons, and wants its sealed reasoning back. */
  readonly reasons: boolean;
}

/** The first rule of a table that a request breaks. */
export function brokenRule(
  rules: readonly Rule[],
  body: JsonRecord,
  served: Served,
): { readonly rule: string; readonly message: string } | undefined {
  for (const rule of rules) {
    for (const message of rule.faults(body, served)) return { rule: rule.name, message };
  }
  return undefined;
}
