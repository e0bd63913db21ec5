import type { LlmAnswer } from "@mcs/core";

/** What a model is asked. */
export interface ModelRequest {
  /** Instructions, and for a model without native tools the tools as text. Most APIs take it apart from the messages. */
  readonly system: string;
  /** In the shape of the model's own API, which is why they fit any type. */
  readonly messages: never[];
  /** In the same shape; left out if there are none, because some APIs refuse an empty list. */
  readonly tools?: never[];
  readonly signal: AbortSignal;
}

/**
 * What came of it: pieces (the API's stream events, or texts), or the whole answer. A generator may yield pieces to show and
 * return the whole answer, which then counts.
 */
export type ModelAnswer = AsyncIterable<string | object> | LlmAnswer;

/** A model behind any API: a few lines around its client. What it throws ends the run. */
export type Model = (request: ModelRequest) => ModelAnswer | PromiseLike<ModelAnswer>;
