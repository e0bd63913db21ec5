import type { JsonValue, ToolArguments } from "@mcs/core";

/** What is written down before an effect is made. */
export interface EffectIntent<Details extends JsonValue = JsonValue> {
  /** A UUID, the same whenever the call is repeated: what to send to the other side as idempotency key. */
  readonly key: string;
  readonly tool: string;
  /** When it was first meant to happen, in milliseconds since the epoch. */
  readonly at: number;
  readonly details: Details;
}

/** Whether an effect took place. What is not certain is `unknown`. */
export type ProbeAnswer =
  | { readonly outcome: "done"; readonly result?: JsonValue }
  | { readonly outcome: "not-done" }
  | { readonly outcome: "unknown" };

/** Something that must not happen twice, and that must not be said to have happened if it did not. */
export interface Effect<Details extends JsonValue = JsonValue> {
  readonly tool: string;
  /** Only a digest of them is kept. */
  readonly args: ToolArguments;
  /** What performing and probing it takes, without secrets; a repeated call gets those of the first one. */
  readonly details: Details;
  /**
   * Makes it, once. An error's `effect` says what became of it; one that is no `MCSError` leaves that open.
   *
   * @returns JSON, if a repeated call is to get it again.
   */
  readonly perform: (intent: EffectIntent<Details>) => Promise<unknown>;
  /**
   * Finds out whether it happened. It must be certain of `done`, and of `not-done` also that it will not happen any more: the
   * effect is made again after that. Without it, what is unknown stays so.
   */
  readonly probe?: (
    intent: EffectIntent<Details>,
    context: { readonly signal: AbortSignal },
  ) => Promise<ProbeAnswer>;
  /** What a person should look for where nobody knows whether it happened: the hint of the failure. */
  readonly lookFor?: (intent: EffectIntent<Details>) => string;
  /** Making it once more under the same key changes nothing more: a repeated call may do so. Default `false`. */
  readonly isRepeatable?: boolean;
}
