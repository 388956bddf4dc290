import { CheckError } from '../../model/error.ts';
import {
  BACKSLASH,
  CLOSE_ARRAY,
  CLOSE_OBJECT,
  COLON_BYTE,
  COMMA,
  isSpace,
  OPEN_ARRAY,
  OPEN_OBJECT,
  PLAIN,
  QUOTE,
} from './grammar.ts';
import { createKept } from './kept.ts';
import { MAX_DEPTH, parseJson } from './parse.ts';
import type { Skipper } from './skipper.ts';

/** What becomes of a value: it is passed over, handed over whole, or gone into where it is an object or a list. */
export type Way = 'skip' | Take | Into;
export interface Take {
  /** The bytes are valid only until the call returns. */
  readonly take: (raw: Uint8Array) => void;
}
export interface Into {
  /** What becomes of a member, or of an element, which has no key. Asked once for each, in the order of the document. */
  readonly into: (key: string | null) => Way;
  /** The last member was there. */
  readonly leave?: () => void;
}

export interface Descent {
  feed(chunk: Uint8Array): void;
  end(): void;
}

/**
 * Goes down into one JSON document along the ways that are asked for, holding no more of it than one value that is taken.
 * It is for documents that were read before: what it passes over is held only to what the skipper looks at.
 *
 * Throws CheckError `not-json`, `input-too-deep`, and whatever a way throws.
 */
export function createDescent(root: Into, skipper: Skipper): Descent {
  const kept = createKept();
  /** What was gone into and not left yet, the innermost last. */
  const open: { readonly way: Into; readonly isObject: boolean }[] = [];
  let state: 'value' | 'first' | 'key' | 'in key' | 'colon' | 'next' | 'string' | 'word' | 'skip' | 'done' =
    'value';
  let isEscaped = false;
  let way: Way = root;
  let key: string | null = null;
  let base = 0;

  function fail(at: number): never {
    throw new CheckError(
      'not-json',
      `the document is not JSON at offset ${base + at}`,
      'write it again, and change nothing in it',
    );
  }

  const begin = (byte: number, at: number): void => {
    if (NO_VALUE.has(byte)) fail(at);
    const isObject = byte === OPEN_OBJECT;
    if (way !== 'skip' && 'take' in way) kept.begin(at);
    if (isObject || byte === OPEN_ARRAY) {
      if (way !== 'skip' && 'into' in way) {
        if (open.length === MAX_DEPTH)
          throw new CheckError('input-too-deep', 'the document is nested too deep');
        open.push({ way, isObject });
        state = 'first';
      } else {
        skipper.open(open.length, byte);
        state = 'skip';
      }
    } else {
      isEscaped = false;
      state = byte === QUOTE ? 'string' : 'word';
    }
  };

  const finish = (end: number): void => {
    if (way !== 'skip' && 'take' in way) way.take(kept.take(end));
    way = 'skip';
    state = open.length === 0 ? 'done' : 'next';
  };

  const close = (byte: number, at: number): void => {
    const last = open.pop();
    if (last === undefined || byte !== (last.isObject ? CLOSE_OBJECT : CLOSE_ARRAY)) fail(at);
    last.way.leave?.();
    way = 'skip';
    state = open.length === 0 ? 'done' : 'next';
  };

  /** Goes on behind a comma or the bracket that opened. */
  const member = (byte: number, at: number): void => {
    const inside = open.at(-1);
    if (inside === undefined) fail(at);
    if (!inside.isObject) {
      way = inside.way.into(null);
      begin(byte, at);
    } else {
      if (byte !== QUOTE) fail(at);
      kept.begin(at);
      isEscaped = false;
      state = 'in key';
    }
  };

  /** The offset behind the string that goes on at `at`, or null where the chunk ends first. */
  const stringEnd = (chunk: Uint8Array, from: number): number | null => {
    for (let at = from; at < chunk.length; at++) {
      const byte = chunk[at] as number;
      if (isEscaped) isEscaped = false;
      else if (PLAIN[byte] === 1) continue;
      else if (byte === BACKSLASH) isEscaped = true;
      else if (byte === QUOTE) return at + 1;
      else fail(at);
    }
    return null;
  };

  const step = (byte: number, at: number): void => {
    if (state === 'value') begin(byte, at);
    else if (state === 'first') {
      if (byte === CLOSE_OBJECT || byte === CLOSE_ARRAY) close(byte, at);
      else member(byte, at);
    } else if (state === 'key') member(byte, at);
    else if (state === 'colon') {
      if (byte !== COLON_BYTE) fail(at);
      way = open.at(-1)?.way.into(key) ?? 'skip';
      state = 'value';
    } else if (state === 'next') {
      if (byte === COMMA) state = 'key';
      else close(byte, at);
    } else fail(at);
  };

  return {
    feed(chunk) {
      kept.load(chunk);
      skipper.load(chunk);
      let at = 0;
      while (at < chunk.length) {
        if (state === 'skip') {
          const stop = skipper.skip(at);
          at = stop.at;
          if (stop.why === 'closed') finish(at);
          else if (stop.why !== 'more') fail(at);
        } else if (state === 'string' || state === 'in key') {
          const end = stringEnd(chunk, at);
          if (end === null) break;
          at = end;
          if (state === 'string') finish(end);
          else {
            const decoded = parseJson(kept.take(end), 'a key');
            key = typeof decoded === 'string' ? decoded : '';
            state = 'colon';
          }
        } else {
          const byte = chunk[at] as number;
          if (state === 'word') {
            if (!WORD_ENDS.has(byte)) at++;
            else finish(at);
          } else {
            if (!isSpace(byte)) step(byte, at);
            at++;
          }
        }
      }
      kept.carry();
      base += chunk.length;
    },
    end() {
      if (state === 'word' && open.length === 0) finish(0);
      if (state !== 'done') fail(0);
    },
  };
}

const NO_VALUE: ReadonlySet<number> = new Set([COMMA, COLON_BYTE, CLOSE_OBJECT, CLOSE_ARRAY]);

/** What ends a number or a literal. */
const WORD_ENDS: ReadonlySet<number> = new Set([0x20, 0x09, 0x0a, 0x0d, COMMA, CLOSE_OBJECT, CLOSE_ARRAY]);
