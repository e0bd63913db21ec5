/**
 * All text that this package writes to a model, and the names by which it reads calls back: data, so that the two
 * cannot drift apart and a project can override it entry by entry. The groups are the tables of the contract's TOML;
 * placeholders stand in braces and are filled once, so that no value can bring in another.
 */
export interface PromptStrategy {
  readonly systemMessage: {
    /** `{tools}`, `{call_example}`. */
    readonly template: string;
    /** For a model that is given its tools natively; names none of them. */
    readonly native: string;
  };
  readonly toolDescription: {
    /**
     * One tool: `{tool_name}`, `{description}`, and its arguments as `{arguments}` (a type in few tokens), `{schema}` (JSON
     * Schema), or `{definition}` (all three as JSON, in the shape of OpenAI's API).
     */
    readonly template: string;
    /** Stands between two tools. */
    readonly separator: string;
    /** Behind the tools, where `{arguments}` refer to them: all the shared `{types}`. */
    readonly types: string;
  };
  readonly callExample: { readonly example: string };
  readonly parsing: {
    /** Keys under which a call names its tool. */
    readonly toolFieldAliases: readonly string[];
    /**
     * Those of them that are common in other data too: without an explicit marker they name a tool only where
     * arguments stand beside them.
     */
    readonly ambiguousToolFields: readonly string[];
    /** Keys under which a call has its arguments. */
    readonly argumentFieldAliases: readonly string[];
    /** Keys that a call may have besides, and that mean nothing. */
    readonly otherFields: readonly string[];
  };
  /** A project's own mending of the arguments of a recognised call, in this order, where they are not JSON as they are. */
  readonly healing: readonly HealingRule[];
  /** `{tool_name}`, `{error}` (why), `{available}` (names of tools). */
  readonly retryPrompts: {
    readonly noToolField: string;
    readonly unknownTool: string;
    readonly executionFailed: string;
    readonly unreadableCall: string;
    /** The same, where nothing behind the call was read either. */
    readonly brokenCall: string;
    readonly invalidArguments: string;
    readonly cutOff: string;
    readonly unsupportedCall: string;
    readonly unreadableAnswer: string;
  };
  readonly results: {
    /** A call that failed or was denied: `{code}`, `{error}`, `{issues}`, `{effect}`, `{hint}`. */
    readonly failed: string;
    /** One argument at fault, within `{issues}`: `{argument}`, `{error}`. */
    readonly issue: string;
    /** A call that has no result. */
    readonly missing: string;
    /** A result that cannot be written as JSON. */
    readonly unwritable: string;
    /** What stands before files that cannot go into the result itself: `{id}`. */
    readonly files: string;
    /** Text models: the user message around all `{results}`. */
    readonly message: string;
    /** Text models: one result, `{id}`, `{tool_name}`, `{content}`, fenced by a random `{nonce}`. */
    readonly fence: string;
  };
}

/** One way of mending the text of a call's arguments; `createHealingRule` of `@mcs/llm/toml` makes one of a pattern. */
export interface HealingRule {
  /** What it mends: it is reported as this. */
  readonly comment: string;
  /** Must take linear time. What it throws is passed over. */
  apply(text: string): string;
}

/** Puts values into the placeholders of a template, in one pass; braces around other words stay. */
export function fillTemplate(template: string, values: Readonly<Record<string, string>>): string {
  return template.replaceAll(/\{(\w+)\}/g, (placeholder, name: string) =>
    Object.hasOwn(values, name) ? (values[name] ?? placeholder) : placeholder,
  );
}
