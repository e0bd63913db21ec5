/** Levels of objects and arrays; deeper input is refused. */
export const maxDepth = 200;

/** Characters of an answer or of one call's arguments; longer input is refused unread. */
export const maxLength = 2_000_000;

/** Calls of one answer that are read; the others fail. */
export const maxCalls = 1000;

/** Keys that no arguments may have: a careless copy of them would change a prototype. */
export const forbiddenKeys: ReadonlySet<string> = new Set(["__proto__", "constructor", "prototype"]);
