import {
  CLOSE_ARRAY,
  CLOSE_OBJECT,
  isDigit,
  isSpace,
  OPEN_ARRAY,
  OPEN_OBJECT,
  PLAIN,
  QUOTE,
} from './grammar.ts';
import { MAX_DEPTH } from './parse.ts';
import type { Skipper, Stop, Why } from './skipper.ts';

/** A skipper that looks at every byte: the twin of the one that looks at 64 at once, and its stand-in. */
export function createPlainSkipper(): Skipper {
  /** For each open bracket, the byte that closes it. */
  const closing = new Uint8Array(MAX_DEPTH + 1);
  let base = 0;
  let depth = 0;
  let inString = false;
  let escaped = false;
  let chunk: Uint8Array = new Uint8Array(0);

  const stop = (at: number, why: Why): Stop => ({ at, why });

  return {
    open(outer, byte) {
      base = outer;
      depth = outer + 1;
      // In ASCII, a closing bracket comes two after its opening one.
      closing[depth] = byte + 2;
      inString = false;
      escaped = false;
    },
    load(next) {
      chunk = next;
    },
    skip(from) {
      const length = chunk.length;
      for (let at = from; at < length; at++) {
        const byte = chunk[at] as number;
        if (inString) {
          if (PLAIN[byte] === 1) escaped = false;
          else if (byte < 0x20) return stop(at, 'control');
          else if (escaped) escaped = false;
          else if (byte === QUOTE) inString = false;
          else escaped = true;
        } else if (byte === OPEN_OBJECT || byte === OPEN_ARRAY) {
          if (depth === MAX_DEPTH) return stop(at, 'too-deep');
          closing[++depth] = byte + 2;
        } else if (byte === CLOSE_OBJECT || byte === CLOSE_ARRAY) {
          if (closing[depth] !== byte) return stop(at, 'unbalanced');
          if (--depth === base) return stop(at + 1, 'closed');
        } else if (byte === QUOTE) inString = true;
        else if (OUTSIDE[byte] !== 1) return stop(at, 'stranger');
      }
      return stop(length, 'more');
    },
  };
}

/** 1 for a byte that may stand outside of strings: white space, separators, and what numbers and literals are made of. */
const OUTSIDE = Uint8Array.from({ length: 256 }, (_, byte) =>
  isSpace(byte) || isDigit(byte) || ',:+-.Etruefalsn'.includes(String.fromCharCode(byte)) ? 1 : 0,
);
