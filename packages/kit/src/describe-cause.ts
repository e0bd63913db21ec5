/** Who prints stacks: a program may put another in its place, which would get the error itself, not only its text. */
const usual = printerOfStacks();
const mostCauses = 5;

/** Text of a foreign error and its causes, to be scrubbed; a hostile one (throwing getters) must not break the way out. */
export function describeCause(cause: unknown): string | undefined {
  if (cause === undefined) return undefined;
  try {
    const texts: string[] = [];
    let next: unknown = cause;
    while (next !== undefined && next !== null && texts.length < mostCauses) {
      texts.push(describe(next));
      next = next instanceof Error ? next.cause : undefined;
    }
    return texts.join("\ncaused by ");
  } catch {
    return "(could not be printed)";
  }
}

function describe(cause: unknown): string {
  if (!(cause instanceof Error)) return typeof cause === "string" ? cause : JSON.stringify(cause);
  const { name, message } = cause;
  const stack = printerOfStacks() === usual ? cause.stack : undefined;
  return stack ?? `${name}: ${message}`;
}

function printerOfStacks(): unknown {
  return Reflect.get(Error, "prepareStackTrace");
}
