/** Milliseconds; a timer that is set for longer fires at once. */
export const longestTimer: number = 2 ** 31 - 1;
