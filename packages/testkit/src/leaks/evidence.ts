import { inspect } from "node:util";
import { serialize } from "node:v8";
import { everyTextIn } from "./every-text.ts";

/** What can be held of a driver, and looked at in every way there is. */
const kinds = ["driver", "tools", "result", "error", "response", "ability"] as const;
/** What is looked at. */
export type Kind = (typeof kinds)[number];

type Way = "inspected" | "walked" | "as JSON" | "cloned" | "as text";

/** Whether and how an object gives away what is in it; each is a surface of its own for each kind. */
const waysToLook: Readonly<Record<Way, (value: unknown) => readonly string[]>> = {
  inspected: (value: unknown) =>
    [{}, { customInspect: false }, { showHidden: true, getters: true, showProxy: true }].map((options) =>
      inspect(value, { depth: 8, maxArrayLength: null, maxStringLength: null, ...options }),
    ),
  walked: (value: unknown) => everyTextIn(value),
  "as JSON": (value: unknown) => [attempt(() => JSON.stringify(value))],
  cloned: (value: unknown) => [
    attempt(() => everyTextIn(structuredClone(value)).join("\n")),
    attempt(() => serialize(value).toString("latin1")),
  ],
  "as text": (value: unknown) => [
    attempt(() => String(value)),
    attempt(() => String(Number(value))),
    attempt(() => "".concat(value as string)),
    Object.prototype.toString.call(value),
  ],
};

/** A way out of a driver. */
export type Surface =
  | `${Kind} ${Way}`
  | "metadata"
  | "system message"
  | "tool texts"
  | "native tools"
  | "messages"
  | "retry prompt"
  | "call detail"
  | "pending call"
  | "unclaimed call"
  | "streaming signal"
  | "health"
  | "status"
  | "progress"
  | "stack trace"
  | "call sites"
  | "log"
  | "stdout"
  | "stderr"
  | "process warnings"
  | "store"
  | "temporary files"
  | "child processes"
  | "resource timings"
  | "globals"
  | "other hosts";

/** What came out of a driver, by the way it came. A surface that is there and stayed silent counts, too. */
export class Evidence {
  readonly #texts = new Map<Surface, string[]>();

  /** The surface was watched; this is what it gave. */
  add(surface: Surface, ...texts: readonly string[]): void {
    this.#texts.set(surface, [...(this.#texts.get(surface) ?? []), ...texts]);
  }

  /** All texts of a value that is plain data. */
  addData(surface: Surface, value: unknown): void {
    this.add(surface, ...everyTextIn(value));
  }

  /** Looks at an object in every way there is. */
  look(kind: Kind, value: unknown): void {
    for (const [way, look] of Object.entries(waysToLook)) this.add(`${kind} ${way as Way}`, ...look(value));
  }

  get surfaces(): readonly Surface[] {
    return [...this.#texts.keys()];
  }

  /** Everything that came out one way, in the order in which it came. */
  textsOf(surface: Surface): readonly string[] {
    return this.#texts.get(surface) ?? [];
  }
}

/** What a conversion says, or what it says instead. */
function attempt(convert: () => string): string {
  try {
    return convert();
  } catch (error) {
    return everyTextIn(error).join("\n");
  }
}
