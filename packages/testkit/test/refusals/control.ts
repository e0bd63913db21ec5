/** A request as JSON, open to every change. */
export type Body = Record<string, unknown>;

/** How a rule is shown to fire: what is changed in a request that is accepted. */
export interface Control {
  /** Name of the rule. */
  readonly rule: string;
  /** Where one rule is broken in several ways: which one this is. */
  readonly by?: string;
  readonly change: (body: Body) => void;
}

/** The member of a request at a path: `at(body, "messages", 1, "content")`. */
export function at(value: unknown, ...path: readonly (string | number)[]): Body {
  return path.reduce<unknown>((one, key) => Reflect.get(one as object, key), value) as Body;
}

/** The list at a path. */
export function listAt(value: unknown, ...path: readonly (string | number)[]): unknown[] {
  return at(value, ...path) as unknown as unknown[];
}
