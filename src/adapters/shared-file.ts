import { readSync } from 'node:fs';

/** A file that two threads go through at the same time, each over every byte of it. */
export interface SharedFile {
  /** An open file, which is read by offsets. */
  readonly file: number;
  readonly memory: SharedArrayBuffer;
}

/** The threads, by the number under which each counts the chunks that it is done with. */
export const LOOKING = 0;
export const HASHING = 1;
export type Side = typeof LOOKING | typeof HASHING;

const CHUNK = 1 << 20;
/** One thread may be ahead of the other by so many chunks. */
const PLACES = 16;
/** To wake a thread takes as long as to read a chunk: one that waits for places is woken for several. */
const TOGETHER = 8;

// Numbers of 32 bits at the beginning of the memory: what each side is done with, how many chunks somebody has set out to
// read, the state of the digest, and for each place the chunk that is in it, counted from 1, and its length. Then the
// digest, and the places.
const TAKEN = 2;
const STATE = 3;
const CHUNK_IN = 4;
const LENGTH_IN = CHUNK_IN + PLACES;
const DIGEST = 4 * (LENGTH_IN + PLACES);
const DIGEST_SIZE = 32;
const FIRST_PLACE = 4096;

const OPEN = 0;
const TOLD = 1;
const GIVEN_UP = 2;

export const sharedFile = (file: number): SharedFile => ({
  file,
  memory: new SharedArrayBuffer(FIRST_PLACE + PLACES * CHUNK),
});

/** What one thread does with the file. */
export interface Going {
  /**
   * The next chunk, good until the next call; empty at the end of the file. Null where the other thread lets it wait for
   * long: ask again. Throws what reading throws.
   */
  next(): Uint8Array | null;
  tell(digest: Uint8Array): void;
  /** The digest (hex) that the other thread told; null where it lets this one wait for long. */
  digest(): string | null;
  /** Whether the other thread has come to the second chunk. */
  isAccompanied(): boolean;
  /** Nobody goes on: wakes the other thread where it waits. */
  giveUp(): void;
  isGivenUp(): boolean;
}

/**
 * Each chunk is read by the thread that comes to it first, into a place that both are done with: so the slower one
 * rarely reads, and mostly neither waits. Both see the very same bytes, which nobody writes to until both are done.
 */
export function goThrough({ file, memory }: SharedFile, side: Side): Going {
  const numbers = new Int32Array(memory, 0, FIRST_PLACE / 4);
  const other = 1 - side;
  /** Which chunk is next, counted from 0; and whether it was handed out already. */
  let nth = 0;
  let isOut = false;

  const isGivenUp = (): boolean => Atomics.load(numbers, STATE) === GIVEN_UP;
  const giveUp = (): void => {
    Atomics.compareExchange(numbers, STATE, OPEN, GIVEN_UP);
    for (let at = 0; at < LENGTH_IN; at++) Atomics.notify(numbers, at);
  };
  /** Whether a number stayed as it is for long. */
  const stays = (at: number, value: number): boolean =>
    isGivenUp() || Atomics.wait(numbers, at, value, LONG) === 'timed-out';

  const bytesIn = (place: number, length: number): Uint8Array =>
    new Uint8Array(memory, FIRST_PLACE + place * CHUNK, length);

  /** A file gives less than is asked for only at its end, or where a signal comes between. */
  const fill = (place: number): void => {
    const bytes = bytesIn(place, CHUNK);
    let length = 0;
    try {
      for (let read = -1; read !== 0 && length < CHUNK; length += read)
        read = readSync(file, bytes, length, CHUNK - length, nth * CHUNK + length);
    } catch (thrown) {
      giveUp();
      throw thrown;
    }
    Atomics.store(numbers, LENGTH_IN + place, length);
    Atomics.store(numbers, CHUNK_IN + place, nth + 1);
    Atomics.notify(numbers, CHUNK_IN + place);
  };

  return {
    next() {
      if (isOut) Atomics.store(numbers, side, ++nth);
      if (isOut && nth % TOGETHER === 0) Atomics.notify(numbers, side);
      isOut = false;
      const place = nth % PLACES;
      for (;;) {
        const here = Atomics.load(numbers, CHUNK_IN + place);
        const behind = Atomics.load(numbers, other);
        if (here === nth + 1) break;
        if (Atomics.load(numbers, TAKEN) > nth) {
          if (stays(CHUNK_IN + place, here)) return null;
        } else if (behind <= nth - PLACES) {
          if (stays(other, behind)) return null;
        } else if (Atomics.compareExchange(numbers, TAKEN, nth, nth + 1) === nth) fill(place);
      }
      isOut = true;
      return bytesIn(place, Atomics.load(numbers, LENGTH_IN + place));
    },
    tell(digest) {
      new Uint8Array(memory, DIGEST, DIGEST_SIZE).set(digest);
      Atomics.compareExchange(numbers, STATE, OPEN, TOLD);
      Atomics.notify(numbers, STATE);
    },
    digest() {
      if (Atomics.load(numbers, STATE) === OPEN && stays(STATE, OPEN)) return null;
      if (Atomics.load(numbers, STATE) !== TOLD) return null;
      return Buffer.from(new Uint8Array(memory, DIGEST, DIGEST_SIZE)).toString('hex');
    },
    isAccompanied: () => Atomics.load(numbers, other) > 0,
    giveUp,
    isGivenUp,
  };
}

/** Milliseconds. */
const LONG = 100;
