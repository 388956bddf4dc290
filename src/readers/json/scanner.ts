import {
  AFTER,
  BACKSLASH,
  CLOSE_ARRAY,
  CLOSE_OBJECT,
  COLON,
  COMMA_OR_CLOSE,
  DONE,
  ESCAPE,
  HEX,
  INTEGER,
  isDigit,
  isHex,
  isSpace,
  KEY,
  KEY_OR_CLOSE,
  LITERAL,
  LITERALS,
  MINUS,
  numberState,
  OPEN_ARRAY,
  OPEN_OBJECT,
  PLAIN,
  QUOTE,
  SKIP,
  STRING,
  TOP,
  VALUE,
  VALUE_OR_CLOSE,
  ZERO,
} from './grammar.ts';
import { createKept } from './kept.ts';
import { MAX_DEPTH, parseJson } from './parse.ts';
import type { Scanned, ValueKind, Want } from './scan.ts';
import { endsEarly, moreFollows, strange, tooDeep, twice } from './scan-errors.ts';
import type { Skipper, Why } from './skipper.ts';

/** In which state a byte would have failed that a skipper finds wrong. */
const SKIPPED: Readonly<Record<Exclude<Why, 'more' | 'closed' | 'too-deep'>, number>> = {
  stranger: VALUE,
  unbalanced: COMMA_OR_CLOSE,
  control: STRING,
};

/** How many bytes after the document are kept to tell what they are. */
const TRAILING = 512;

export interface Scanner {
  feed(chunk: Uint8Array): void;
  end(): readonly string[];
}

/** The state machine behind `scanDocument`, which says what it does. */
export function createScanner(scanned: Scanned, skipper: Skipper | null): Scanner {
  const keys = new Set<string>();
  /** The bytes of a top-level key, of a value or element that is handed over whole, or of a piece of one. */
  const kept = createKept();
  /** For each open bracket, whether it is an object's. */
  const inObject = new Uint8Array(MAX_DEPTH + 1);
  let state = TOP;
  let depth = 0;
  let stringIsKey = false;
  let literal = '';
  let matched = 0;
  let hexLeft = 0;
  let want: Want = 'skip';
  let inElements = false;
  let key = '';
  let index = 0;
  let base = 0;
  let chunk: Uint8Array = new Uint8Array(0);
  let after: Uint8Array = new Uint8Array(0);
  let afterAt = 0;

  function fail(at: number): never {
    throw strange(chunk[at] as number, base + at, state);
  }

  /** A value begins at `at`, inside `depth` brackets. */
  const begin = (kind: ValueKind, at: number): void => {
    if (depth === 1) {
      want = scanned.want(key, kind);
      index = 0;
      inElements = want === 'elements' || want === 'unusual-elements';
      if (inElements && kind !== 'array') want = 'value';
      inElements &&= kind === 'array';
      if (want === 'value' || want === 'pieces') kept.begin(at);
    } else if (depth === 2 && inElements) kept.begin(at);
  };

  /** The value that began last at this depth ended before `at`. */
  const finish = (at: number): void => {
    state = depth === 0 ? DONE : COMMA_OR_CLOSE;
    if (depth === 2 && inElements) scanned.element(key, index++, kept.take(at));
    if (depth !== 1) return;
    if (want === 'value') scanned.value(key, kept.take(at));
    if (want === 'pieces') scanned.piece(key, kept.take(at));
    want = 'skip';
    inElements = false;
  };

  const open = (isObject: boolean): void => {
    if (depth === MAX_DEPTH) throw tooDeep();
    depth++;
    inObject[depth] = isObject ? 1 : 0;
    state = isObject ? KEY_OR_CLOSE : VALUE_OR_CLOSE;
    if (skipper === null || depth !== (inElements ? 3 : 2)) return;
    skipper.open(depth - 1, isObject ? OPEN_OBJECT : OPEN_ARRAY);
    state = SKIP;
  };

  const beginValue = (byte: number, at: number): void => {
    if (byte === QUOTE) {
      begin('string', at);
      stringIsKey = false;
      state = STRING;
    } else if (byte === OPEN_OBJECT || byte === OPEN_ARRAY) {
      begin(byte === OPEN_OBJECT ? 'object' : 'array', at);
      open(byte === OPEN_OBJECT);
    } else if (byte === 0x2d || isDigit(byte)) {
      begin('number', at);
      state = byte === 0x2d ? MINUS : byte === 0x30 ? ZERO : INTEGER;
    } else {
      const word = LITERALS.get(byte);
      if (word === undefined) fail(at);
      begin('literal', at);
      literal = word;
      matched = 1;
      state = LITERAL;
    }
  };

  const endString = (end: number): void => {
    if (!stringIsKey) {
      finish(end);
      return;
    }
    state = COLON;
    if (depth !== 1) return;
    const decoded = parseJson(kept.take(end), 'a top-level key');
    key = typeof decoded === 'string' ? decoded : '';
    if (keys.has(key)) throw twice(key);
    keys.add(key);
  };

  const close = (byte: number, at: number): void => {
    if (byte !== (inObject[depth] === 1 ? CLOSE_OBJECT : CLOSE_ARRAY)) fail(at);
    depth--;
    finish(at + 1);
  };

  /** Lets the skipper pass over the elements from here on that need no look; the offset behind them, or null. */
  const pass = (at: number): number | null => {
    const passed = depth === 2 && want === 'unusual-elements' ? skipper?.pass?.(at) : null;
    if (!passed) return null;
    index += passed.count;
    state = COMMA_OR_CLOSE;
    return passed.end;
  };

  /** Lets the skipper find the end of what it was opened for, and returns the offset behind what it saw. */
  const skip = (by: Skipper, from: number): number => {
    const { at, why } = by.skip(from);
    if (why === 'too-deep') throw tooDeep();
    if (why !== 'closed' && why !== 'more') {
      state = SKIPPED[why];
      fail(at);
    }
    if (why === 'closed') {
      depth--;
      finish(at);
    }
    return at;
  };

  /** One byte outside of strings, and no white space between tokens. */
  const step = (byte: number, at: number): void => {
    if (state === COMMA_OR_CLOSE) {
      if (byte !== 0x2c) close(byte, at);
      else state = inObject[depth] === 1 ? KEY : VALUE;
    } else if (state === COLON) {
      if (byte !== 0x3a) fail(at);
      state = VALUE;
    } else if (state === KEY_OR_CLOSE && byte === CLOSE_OBJECT) close(byte, at);
    else if (state === KEY || state === KEY_OR_CLOSE) {
      if (byte !== QUOTE) fail(at);
      if (depth === 1) kept.begin(at);
      stringIsKey = true;
      state = STRING;
    } else if (state === VALUE_OR_CLOSE && byte === CLOSE_ARRAY) close(byte, at);
    else if (state !== TOP) beginValue(byte, at);
    else if (byte === OPEN_OBJECT) open(true);
    else fail(at);
  };

  function refuseAfter(): never {
    scanned.trailing(afterAt, after);
    throw moreFollows(afterAt);
  }

  return {
    feed(next) {
      chunk = next;
      kept.load(next);
      skipper?.load(next);
      const length = next.length;
      let at = 0;
      while (at < length) {
        let byte = next[at] as number;
        if (state === STRING) {
          while (PLAIN[byte] === 1 && ++at < length) byte = next[at] as number;
          if (at === length) break;
          if (byte === QUOTE) endString(at + 1);
          else if (byte === BACKSLASH) state = ESCAPE;
          else fail(at);
        } else if (state === SKIP && skipper !== null) {
          at = skip(skipper, at);
          continue;
        } else if (state < STRING || state === DONE) {
          if (isSpace(byte)) {
            // nothing: white space may stand between all tokens
          } else if (state === DONE) {
            state = AFTER;
            afterAt = base + at;
            continue;
          } else {
            const passed = byte === OPEN_OBJECT && state <= VALUE_OR_CLOSE ? pass(at) : null;
            if (passed !== null) {
              at = passed;
              continue;
            }
            step(byte, at);
          }
        } else if (state === ESCAPE) {
          if (byte === 0x75) hexLeft = 4;
          else if (!'"\\/bfnrt'.includes(String.fromCharCode(byte))) fail(at);
          state = byte === 0x75 ? HEX : STRING;
        } else if (state === HEX) {
          if (!isHex(byte)) fail(at);
          if (--hexLeft === 0) state = STRING;
        } else if (state === LITERAL) {
          if (byte !== literal.charCodeAt(matched)) fail(at);
          if (++matched === literal.length) finish(at + 1);
        } else if (state === AFTER) {
          after = joined([after, next.subarray(at, at + TRAILING - after.length)]);
          if (after.length === TRAILING) refuseAfter();
          break;
        } else {
          const then = numberState(state, byte);
          if (then === null) fail(at);
          if (then === COMMA_OR_CLOSE) {
            finish(at);
            continue;
          }
          state = then;
        }
        at++;
      }
      if (want !== 'pieces') kept.carry();
      else if (kept.from() !== -1) scanned.piece(key, next.subarray(kept.from()));
      base += length;
    },
    end() {
      if (state === AFTER) refuseAfter();
      if (state !== DONE) throw endsEarly(base, state);
      return [...keys];
    },
  };
}

function joined(parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let offset = 0;
  for (const part of parts) {
    whole.set(part, offset);
    offset += part.length;
  }
  return whole;
}
