/** Numbers, bytes and choices that are the same for the same seed. */
export interface Random {
  /** @returns A whole number from 0 up to `end`, without it. */
  below(end: number): number;
  bytes(length: number): Uint8Array;
  pick<T>(items: readonly T[]): T;
  text(alphabet: string, length: number): string;
}

/** Mulberry32. */
export function seededRandom(seed: number): Random {
  let state = seed;
  function below(end: number): number {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * end);
  }
  return {
    below,
    bytes: (length) => Uint8Array.from({ length }, () => below(256)),
    pick: (items) => items[below(items.length)] as never,
    text: (alphabet, length) =>
      Array.from({ length }, () => alphabet.charAt(below(alphabet.length))).join(""),
  };
}
