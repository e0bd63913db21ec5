import type { CallResult } from "@mcs/core";

/** A file that the model is to see itself, not only to read about. */
export interface ShownFile {
  readonly mediaType: string;
  /** Base64. */
  readonly data: string;
}

/**
 * What became of a call, with the files of its result that the model is to see: `showFiles` of `@mcs/kit/store` gets them
 * out of a store. They go where the provider takes files of that type: into the result, or after the results. Where it
 * takes none they are left out, and the model has what the result says of them.
 */
export interface ShownResult extends CallResult {
  readonly files?: readonly ShownFile[];
}
