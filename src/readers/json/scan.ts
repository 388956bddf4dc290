import { CheckError } from '../../model/error.ts';
import {
  AFTER,
  BACKSLASH,
  CLOSE_ARRAY,
  CLOSE_OBJECT,
  COLON,
  COMMA_OR_CLOSE,
  DONE,
  ESCAPE,
  EXPECTED,
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
  STRING,
  TOP,
  VALUE,
  VALUE_OR_CLOSE,
  ZERO,
} from './grammar.ts';
import { MAX_DEPTH, parseJson } from './parse.ts';

/** What becomes of a top-level member: passed over, handed over whole, item by item, or as the bytes come in. */
export type Want = 'skip' | 'value' | 'elements' | 'pieces';
export type ValueKind = 'object' | 'array' | 'string' | 'number' | 'literal';

/** Bytes handed over are valid only until the call returns. Whatever a call throws ends the scan. */
export interface Scanned {
  /** Asked once for every top-level member, in document order, before its value. */
  want(key: string, kind: ValueKind): Want;
  /** The member's raw bytes; also called for `elements` where the value is no array. */
  value(key: string, raw: Uint8Array): void;
  element(key: string, index: number, raw: Uint8Array): void;
  piece(key: string, raw: Uint8Array): void;
  /** Something follows the document: its offset, and its first bytes. The scan fails after this in any case. */
  trailing(offset: number, head: Uint8Array): void;
}

/**
 * Scans one JSON document whose top level is an object, holding no more of it than one wanted value or element, and
 * returns its top-level keys. The whole grammar is held to, also in what is passed over, except for UTF-8 and lone
 * surrogates there: those are for whoever parses the raw bytes.
 *
 * Throws CheckError `not-json`, `duplicate-key` (top level), `input-too-deep`.
 */
export async function scanDocument(
  bytes: AsyncIterable<Uint8Array>,
  scanned: Scanned,
): Promise<readonly string[]> {
  const scanner = createScanner(scanned);
  for await (const chunk of bytes) scanner.feed(chunk);
  return scanner.end();
}

/** How many bytes after the document are kept to tell what they are. */
const TRAILING = 512;

interface Scanner {
  feed(chunk: Uint8Array): void;
  end(): readonly string[];
}

function createScanner(scanned: Scanned): Scanner {
  const keys = new Set<string>();
  /** For each open bracket, whether it is an object's. */
  const inObject = new Uint8Array(MAX_DEPTH + 1);
  let state = TOP;
  let depth = 0;
  let stringIsKey = false;
  let literal = '';
  let matched = 0;
  let hexLeft = 0;
  let want: Want = 'skip';
  let key = '';
  let index = 0;
  /** Where in the present chunk the bytes to hand over begin, else -1; what earlier chunks had of them is in `held`. */
  let from = -1;
  let held: Uint8Array[] = [];
  let base = 0;
  let chunk: Uint8Array = new Uint8Array(0);
  let after: Uint8Array = new Uint8Array(0);
  let afterAt = 0;

  function fail(at: number): never {
    const byte = chunk[at] as number;
    const seen =
      byte > 0x20 && byte < 0x7f
        ? `"${String.fromCharCode(byte)}"`
        : `byte 0x${byte.toString(16).padStart(2, '0')}`;
    throw new CheckError(
      'not-json',
      `${seen} at offset ${base + at} is not JSON there: expected ${EXPECTED[state]}`,
      'write the plan again with `terraform show -json PLANFILE > plan.json`',
    );
  }

  const take = (end: number): Uint8Array => {
    const last = chunk.subarray(from, end);
    from = -1;
    if (held.length === 0) return last;
    const whole = joined([...held, last]);
    held = [];
    return whole;
  };

  /** A value begins at `at`, inside `depth` brackets. */
  const begin = (kind: ValueKind, at: number): void => {
    if (depth === 1) {
      want = scanned.want(key, kind);
      index = 0;
      if (want === 'elements' && kind !== 'array') want = 'value';
      if (want === 'value' || want === 'pieces') from = at;
    } else if (depth === 2 && want === 'elements') from = at;
  };

  /** The value that began last at this depth ended before `at`. */
  const finish = (at: number): void => {
    state = depth === 0 ? DONE : COMMA_OR_CLOSE;
    if (depth === 2 && want === 'elements') scanned.element(key, index++, take(at));
    if (depth !== 1) return;
    if (want === 'value') scanned.value(key, take(at));
    if (want === 'pieces') scanned.piece(key, take(at));
    want = 'skip';
  };

  const open = (isObject: boolean): void => {
    if (depth === MAX_DEPTH)
      throw new CheckError('input-too-deep', `the document is nested deeper than ${MAX_DEPTH} levels`);
    depth++;
    inObject[depth] = isObject ? 1 : 0;
    state = isObject ? KEY_OR_CLOSE : VALUE_OR_CLOSE;
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
    const decoded = parseJson(take(end), 'a top-level key');
    key = typeof decoded === 'string' ? decoded : '';
    if (keys.has(key))
      throw new CheckError(
        'duplicate-key',
        `the document has the top-level key ${JSON.stringify(key)} twice`,
        'no Terraform writes such a plan: find out who changed the file, and write it again',
      );
    keys.add(key);
  };

  const close = (byte: number, at: number): void => {
    if (byte !== (inObject[depth] === 1 ? CLOSE_OBJECT : CLOSE_ARRAY)) fail(at);
    depth--;
    finish(at + 1);
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
      if (depth === 1) from = at;
      stringIsKey = true;
      state = STRING;
    } else if (state === VALUE_OR_CLOSE && byte === CLOSE_ARRAY) close(byte, at);
    else if (state !== TOP) beginValue(byte, at);
    else if (byte === OPEN_OBJECT) open(true);
    else fail(at);
  };

  function refuseAfter(): never {
    scanned.trailing(afterAt, after);
    throw new CheckError(
      'not-json',
      `the document ends before offset ${afterAt}, and more follows`,
      'write the plan alone into the file: `terraform show -json PLANFILE > plan.json`',
    );
  }

  return {
    feed(next) {
      chunk = next;
      const length = next.length;
      if (from !== -1) from = 0;
      let at = 0;
      while (at < length) {
        let byte = next[at] as number;
        if (state === STRING) {
          while (PLAIN[byte] === 1 && ++at < length) byte = next[at] as number;
          if (at === length) break;
          if (byte === QUOTE) endString(at + 1);
          else if (byte === BACKSLASH) state = ESCAPE;
          else fail(at);
        } else if (state < STRING || state === DONE) {
          if (isSpace(byte)) {
            // nothing: white space may stand between all tokens
          } else if (state === DONE) {
            state = AFTER;
            afterAt = base + at;
            continue;
          } else step(byte, at);
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
      if (from !== -1) {
        if (want === 'pieces') scanned.piece(key, next.subarray(from));
        else held.push(next.slice(from));
      }
      base += length;
    },
    end() {
      if (state === AFTER) refuseAfter();
      if (state !== DONE)
        throw new CheckError(
          'not-json',
          `the document ends at offset ${base}, where it needs ${EXPECTED[state]}`,
          'the file is cut off: write it again, and do not copy it out of a log',
        );
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
