/** One thing that a driver must keep, as data: suites run it, and a broken driver proves that it can fail. */
export interface Check<Subject> {
  /** Of the contract. */
  readonly rule: number;
  /** A sentence about behaviour. */
  readonly name: string;
  /** Whether the subject names what the check needs; without that it is no test. Default: always. */
  readonly applies?: (subject: Subject) => boolean;
  /** Rejects if the subject does not keep it. */
  readonly run: (subject: Subject) => Promise<void>;
}

/** A call as an API writes it. */
export interface WireCall {
  readonly id?: string;
  readonly tool: string;
  /** JSON text, or what should have been. */
  readonly args: string;
}

/** An assistant message as the chat-completions API gives it. */
export function chatMessage(...calls: readonly WireCall[]): object {
  return {
    role: "assistant",
    content: null,
    tool_calls: calls.map(({ id = "call_good", tool, args }) => ({
      id,
      type: "function",
      function: { name: tool, arguments: args },
    })),
  };
}

/** A whole answer of that API, with its reason to end. */
export function completion(message: object, reason: string): object {
  return { choices: [{ index: 0, message, finish_reason: reason }] };
}

export const jsonCall = (tool: string, args: unknown): string => JSON.stringify({ tool, arguments: args });

/** What a call rejects with; `undefined` if it does not. */
export function failureOf(call: Promise<unknown>): Promise<unknown> {
  return call.then(
    () => undefined,
    (error: unknown) => error,
  );
}

/** The text of a message in the shape of chat completions. */
export function contentOf(message: object | undefined): string {
  const content: unknown = Reflect.get(message ?? {}, "content");
  return typeof content === "string" ? content : (JSON.stringify(content) ?? "");
}
