/** What a word, a key or a terminal's command consists of, and the first half of a character that has two. */
const partOfWord = /(?!\s)[\p{Cc}!-~\ud800-\udbff]/u;

/** Lets a streamed text through word by word, so that a secret or a terminal's command is never cut in two. */
export class HeldWords {
  #shown = "";
  /** The beginning of a word: in pieces, because joining them each time would take quadratic time in its length. */
  #held: string[] = [];
  readonly #show: (words: string) => void;

  constructor(show: (words: string) => void) {
    this.#show = show;
  }

  /** All that was shown so far. */
  get shown(): string {
    return this.#shown;
  }

  add(words: string): void {
    let end = words.length;
    while (end > 0 && partOfWord.test(words.charAt(end - 1))) end -= 1;
    if (end > 0) this.#release(words.slice(0, end));
    if (end < words.length) this.#held.push(words.slice(end));
  }

  /** Shows all that is left: the text is at its end. */
  showRest(): void {
    this.#release("");
  }

  #release(words: string): void {
    const whole = this.#held.join("") + words;
    this.#held = [];
    this.#shown += whole;
    if (whole !== "") this.#show(whole);
  }
}
