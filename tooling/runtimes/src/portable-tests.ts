import { fileURLToPath } from "node:url";
import type { ViteUserConfig } from "vitest/config";

declare module "vitest" {
  interface ProvidedContext {
    /** Why the runtime is not there; empty where it is. */
    absence: string;
  }
}

/** A runtime that the tests are run in. */
export interface Runtime {
  /** Of its report and of the test that proves it to be what it is called: `node22`. */
  readonly name: string;
  /** Why it is not there; empty where it is. */
  readonly absence: string;
  /** Whether tests that use Node's own modules run there. */
  readonly hasNode: boolean;
}

/** The packages that run anywhere. Tests that need Node are called `*.node.test.ts`. */
const tests = "packages/{core,llm,secrets,kit}/test/**/*.test.ts";
/** The conformance suite on plain drivers, decorators and orchestrators, and on drivers that break its rules. */
const suites = "packages/{testkit,consent,orchestrator}/test/{conformance,controls}.test.ts";
const nodeOnly = "**/*.node.test.ts";

/** The tests that these packages have of their own, for one more runtime; type tests have nothing to run. */
export function portableTests({ name, absence, hasNode }: Runtime): NonNullable<ViteUserConfig["test"]> {
  const proof = `tooling/runtimes/test/${name}.test.ts`;
  return {
    dir: fileURLToPath(new URL("../../../", import.meta.url)),
    include: absence === "" ? [proof, tests, suites] : [proof],
    exclude: ["**/node_modules/**", ...(hasNode ? [] : [nodeOnly])],
    reporters: [process.env["CI"] ? "dot" : "default", ["json", { outputFile: `reports/${name}.json` }]],
    restoreMocks: true,
    testTimeout: 30_000, // a second and a third run of the long property tests, beside everything else
    provide: { absence },
  };
}
