import type { Script } from "./script.ts";

/** One model that is served. */
export interface ScriptedModelCard {
  /** Its name, for `model` of a request. */
  readonly id: string;
  /** `false`: a request with `tools` is refused, and calls are written as text. Default `true`. */
  readonly nativeTools?: boolean;
  /**
   * Whether it reasons, where its API has a place for that: it then wants back what it sealed, unchanged (thought
   * signatures, reasoning items; the thinking of Anthropic's API is asked for by the request). Default `false`.
   */
  readonly reasons?: boolean;
  /** Default: the server's {@link ScriptedModelOptions.script}. */
  readonly script?: Script;
}

/** What is served, to whom, and where. */
export interface ScriptedModelOptions {
  /** Of every model that has none of its own. */
  readonly script: Script;
  /** Default: one model with native tools, called `scripted-stand-in`. */
  readonly models?: readonly ScriptedModelCard[];
  /** The only key that is accepted. Default: any. */
  readonly apiKey?: string;
  /** Address to listen at. Default `127.0.0.1`. */
  readonly host?: string;
  /** Default `0`: one that is free. */
  readonly port?: number;
}
