/** What the value of a member has to look like in an object that is not unusual. A text may also be null. */
export const SHAPES = ['any', 'text', 'list-of-word', 'object'] as const;
export type Shape = (typeof SHAPES)[number];
export type Member = readonly [key: string, shape: Shape];

/** The members that an object may have. The order in which they mostly stand in the document is the fastest. */
export interface Members {
  readonly outer: readonly Member[];
  /** Those of the one member of `outer` that is an `object`. */
  readonly inner: readonly Member[];
  /** A `list-of-word` is a list with this string in it and nothing else. */
  readonly word: string;
}

/**
 * Goes over the raw bytes of an object, and parses none of it. Between the members the whole grammar is held to, and each
 * may be there once; strings are held to what ends them, what is in brackets to what a `Skipper` looks at, and of words
 * and numbers only the common ones pass.
 */
export interface Walk {
  /** Whether the bytes are one object as the table of members says, with nothing before or after it. */
  over(raw: Uint8Array): boolean;
  /**
   * After a walk, where the value of each member begins and ends: two offsets for each of `outer`, then of `inner`, both
   * 0 where it is absent. The same array for every walk.
   */
  readonly places: Uint32Array;
}
