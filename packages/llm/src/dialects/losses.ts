import type { Diagnostic, DiagnosticCode } from "../native-tools.ts";
import { lossTexts } from "./texts.ts";

/** Collects what happens to one schema: one diagnostic for each cause, however often it occurs. */
export class Losses {
  readonly #found = new Map<string, { code: DiagnosticCode; what: string; path: string; times: number }>();

  /** @param what - What it concerns, where a code concerns several things: a keyword. */
  add(code: DiagnosticCode, path: string, what = ""): void {
    const key = `${code} ${what}`;
    const known = this.#found.get(key);
    if (known === undefined) this.#found.set(key, { code, what, path, times: 1 });
    else known.times += 1;
  }

  toDiagnostics(tool: string): Diagnostic[] {
    return [...this.#found.values()].map(({ code, what, path, times }) => {
      const where =
        times === 1 ? path || "the arguments" : `${times} places, the first being ${path || "the arguments"}`;
      return { code, tool, path, leftOut: false, message: `${lossTexts[code](what)} At ${where}.` };
    });
  }
}
