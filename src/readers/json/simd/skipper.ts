import { type Skipper, WHYS } from '../skipper.ts';
import type { SimdRun } from './run.ts';

/** A skipper that looks at 64 bytes at once. The module's instance is its own from now on, and that of `run`. */
export function createSimdSkipper(
  { memory, WINDOW, WINDOW_SIZE, skip }: SkipExports,
  run: SimdRun | null = null,
): Skipper {
  const size = WINDOW_SIZE.value;
  const window = new Uint8Array(memory.buffer, WINDOW.value, size);
  let chunk: Uint8Array = new Uint8Array(0);
  /** The part of the chunk that is in the window. */
  let start = 0;
  let end = 0;
  /** The bracket that was opened and not told yet: the byte that closes it, else 0; and how many it is inside of. */
  let closing = 0;
  let outside = 0;

  const hold = (at: number): void => {
    if (at >= start && at < end) return;
    const fits = chunk.length <= size;
    start = fits ? 0 : at;
    end = fits ? chunk.length : Math.min(at + size, chunk.length);
    window.set(fits ? chunk : chunk.subarray(start, end));
  };

  return {
    open(outer, byte) {
      closing = byte + 2;
      outside = outer;
    },
    load(next) {
      chunk = next;
      start = end = 0;
    },
    skip(from) {
      for (let at = from; ; at = end) {
        hold(at);
        const result = skip(at - start, end - start, closing, outside);
        closing = 0;
        const why = WHYS[result & 7] ?? 'unbalanced';
        if (why !== 'more' || end === chunk.length) return { at: start + (result >>> 3), why };
      }
    },
    ...(run === null
      ? {}
      : {
          pass(at) {
            hold(at);
            const passed = run(at - start, end - start);
            return passed === null ? null : { end: start + passed.end, count: passed.count };
          },
        }),
  };
}

/** What assembly/skip.ts exports. */
export interface SkipExports {
  readonly memory: { readonly buffer: ArrayBuffer };
  readonly WINDOW: { readonly value: number };
  readonly WINDOW_SIZE: { readonly value: number };
  /** The index of why it stopped, and above those three bits the offset. */
  skip(from: number, to: number, closing: number, outer: number): number;
}
