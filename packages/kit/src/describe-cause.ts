/** Text of a foreign error; a hostile one (throwing getters) must not break the way out. */
export function describeCause(cause: unknown): string | undefined {
  if (cause === undefined) return undefined;
  try {
    if (cause instanceof Error) return cause.stack ?? cause.message;
    return typeof cause === "string" ? cause : JSON.stringify(cause);
  } catch {
    return "(could not be printed)";
  }
}
