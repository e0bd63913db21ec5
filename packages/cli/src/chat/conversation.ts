/** What stands in the model's place where it did not get to its answer; models see it. */
export const breakNotes = {
  interrupted: "[The user interrupted this answer.]",
  failed: "[This answer was cut off by a failure.]",
  tooLong: "[This answer was stopped: it made too many tool calls in a row.]",
} as const;

/**
 * The messages of a conversation. After every turn it is one that any endpoint takes: every call is answered, and user
 * and model take turns, however the turn ended.
 */
export class Conversation {
  #messages: readonly object[] = [];
  #turn = 0;

  get messages(): readonly object[] {
    return this.#messages;
  }

  /** Forgets all that was said. */
  clear(): void {
    this.#messages = [];
  }

  /** Begins a turn. */
  ask(text: string): void {
    this.#turn = this.#messages.length;
    this.#messages = [...this.#messages, { role: "user", content: text }];
  }

  /** What a turn made of it. */
  goOn(messages: readonly object[]): void {
    this.#messages = messages;
  }

  /**
   * Ends a turn early. One in which nothing happened leaves no trace, so that the user can say it again; after any other
   * the model sees how far it came.
   */
  breakOff(said: string, note: keyof typeof breakNotes): void {
    if (said === "" && this.#messages.length === this.#turn + 1) {
      this.#messages = this.#messages.slice(0, -1);
      return;
    }
    const content = [said, breakNotes[note]].filter(Boolean).join("\n\n");
    this.#messages = [...this.#messages, { role: "assistant", content }];
  }
}
