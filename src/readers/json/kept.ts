/** Bytes of a stream that are handed over in one piece, though they may come in several chunks. */
export interface Kept {
  /** They begin at this offset of the present chunk. */
  begin(at: number): void;
  /** Where in the present chunk those that were not handed over begin; -1 where none are wanted. */
  from(): number;
  /** They end at this offset of the present chunk: valid until the next chunk, or the next bytes that are kept. */
  take(end: number): Uint8Array;
  /** The present chunk is over, and its bytes will change: what of them is still wanted is copied. */
  carry(): void;
  /** Another chunk takes its place. */
  load(chunk: Uint8Array): void;
}

/** Copies only what lies across two chunks, always into the same memory, which grows to the longest of it. */
export function createKept(): Kept {
  let chunk: Uint8Array = new Uint8Array(0);
  let start = -1;
  let carried = new Uint8Array(1 << 12);
  let length = 0;

  const copy = (from: number, to: number): void => {
    const after = length + to - from;
    if (after > carried.length) {
      const larger = new Uint8Array(Math.max(after, 2 * carried.length));
      larger.set(carried.subarray(0, length));
      carried = larger;
    }
    carried.set(chunk.subarray(from, to), length);
    length = after;
  };

  return {
    begin(at) {
      start = at;
    },
    from: () => start,
    take(end) {
      const from = start;
      start = -1;
      if (length === 0) return chunk.subarray(from, end);
      copy(from, end);
      const whole = carried.subarray(0, length);
      length = 0;
      return whole;
    },
    carry() {
      if (start !== -1) copy(start, chunk.length);
    },
    load(next) {
      chunk = next;
      if (start !== -1) start = 0;
    },
  };
}
