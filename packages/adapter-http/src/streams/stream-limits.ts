import { MCSError } from "@mcs/core";

/** What bounds a stream of messages, beside the limits of the request that it answers. */
export interface StreamLimits {
  /** Characters of one message. Default 1,000,000. */
  readonly messageLength?: number;
  /** Messages. Default 100,000. */
  readonly messages?: number;
}

/** Counts messages, and ends a stream that has too many or too long ones. */
export class MessageCount {
  readonly longest: number;
  readonly #most: number;
  #count = 0;

  constructor({ messageLength = 1_000_000, messages = 100_000 }: StreamLimits) {
    this.longest = messageLength;
    this.#most = messages;
  }

  /** @throws {MCSError} `MCS_TOO_LARGE` */
  add(length: number): void {
    this.checkLength(length);
    this.#count += 1;
    if (this.#count > this.#most)
      throw new MCSError("MCS_TOO_LARGE", `The stream has more than ${this.#most} messages.`);
  }

  /** @throws {MCSError} `MCS_TOO_LARGE` */
  checkLength(length: number): void {
    if (length > this.longest)
      throw new MCSError(
        "MCS_TOO_LARGE",
        `A message of the stream has more than ${this.longest} characters.`,
      );
  }
}
