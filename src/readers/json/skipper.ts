/**
 * Finds the end of an open object or array without looking at the order of what is in it. It holds to this much of the
 * grammar: every bracket is closed by its own kind; every string ends, with no control character in it, where a quote
 * stands that is not escaped; outside of strings stand only white space and bytes that occur there in JSON; nothing is
 * nested deeper than MAX_DEPTH. Commas, colons, keys, numbers, literals, what stands after a backslash and UTF-8 are not
 * looked at.
 *
 * Where the document is JSON, that end is the end. Where it is not, every skipper still gives the same answer for the
 * same bytes, in chunks of any size.
 */
export interface Skipper {
  /** A bracket was opened that stands inside of `outer` others; `byte` is that bracket. */
  open(outer: number, byte: number): void;
  /** The bytes that `skip` is about from now on: the next chunk of the document, or another document. */
  load(chunk: Uint8Array): void;
  /** Goes on at an offset in the chunk. */
  skip(at: number): Stop;
  /**
   * Passes over the elements of a list, of which one begins at an offset in the chunk, as long as they are plain, and
   * gives the offset behind the last of them; null where the first is not. A skipper without it passes over none.
   */
  readonly pass?: (at: number) => Passed | null;
}

export interface Passed {
  readonly end: number;
  readonly count: number;
}

/** Where a skipper stopped: behind the bracket that closes, at the end of the chunk, or at the byte that is wrong. */
export interface Stop {
  readonly at: number;
  readonly why: Why;
}

/** `more`: the chunk ended first. `stranger`: a byte that cannot stand outside of a string. */
export const WHYS = ['more', 'closed', 'stranger', 'unbalanced', 'control', 'too-deep'] as const;
export type Why = (typeof WHYS)[number];
