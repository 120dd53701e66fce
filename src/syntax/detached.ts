const LONGEST_COPIED = 12;

/**
 * The same text in memory of its own. A text that was cut out of another keeps all of the other in memory for as long
 * as it is used.
 */
export const detached = (text: string): string =>
  // The engine copies short cuts anyway.
  text.length > LONGEST_COPIED ? ` ${text}`.slice(1) : text;
