/** What V8 tells whoever asks about the functions that were running when an error was made. */
export interface ErrorWatch {
  /** Receivers and functions of an error's stack. They are nothing where all code is strict. */
  readonly framesOf: (error: unknown) => readonly unknown[];
  readonly end: () => void;
}

const frames = 100;
const toldByFrames = ["getThis", "getFunction", "getEvalOrigin", "getFileName"] as const;

/** Takes `Error.prepareStackTrace`, as any code in the process can, and every stack at full length. */
export function watchErrors(): ErrorWatch {
  const { stackTraceLimit } = Error;
  const before = Object.getOwnPropertyDescriptor(Error, "prepareStackTrace");
  const seen = new WeakMap<object, readonly unknown[]>();
  Error.stackTraceLimit = frames;
  Error.prepareStackTrace = (error: Error, sites: readonly NodeJS.CallSite[]): string => {
    seen.set(
      error,
      sites.flatMap((site) =>
        toldByFrames.map((name) => (Reflect.get(site, name) as (() => unknown) | undefined)?.call(site)),
      ),
    );
    return [String(error), ...sites.map(describe)].join("\n");
  };
  return {
    framesOf(error) {
      // Reading the stack is what makes it.
      void Reflect.get(Object(error), "stack");
      return seen.get(Object(error)) ?? [];
    },
    end() {
      Error.stackTraceLimit = stackTraceLimit;
      // Absent is not the same as undefined: V8 asks whether it is there.
      if (before === undefined) Reflect.deleteProperty(Error, "prepareStackTrace");
      else Object.defineProperty(Error, "prepareStackTrace", before);
    },
  };
}

function describe(site: NodeJS.CallSite): string {
  return `    at ${site.getFunctionName() ?? "-"} (${site.getFileName() ?? "-"}:${site.getLineNumber() ?? 0})`;
}
