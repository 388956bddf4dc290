// Walks the members of an object, and of one object in it, by a table of their keys. AssemblyScript, not TypeScript.
//
// This is the twin of src/readers/json/plain-walk.ts, which says what is held to. The bytes are in the window of
// skip.ts, with a zero byte behind them: it ends every run of space, key, string and word.
// biome-ignore lint/correctness/useImportExtensions: the compiler puts it there itself
import { skip, WINDOW, WINDOW_SIZE } from './skip';

/** How many rows the table may have, and how many bytes each has: its shape, the length of its key, and the key. */
export const ROWS: i32 = 32;
export const ROW_SIZE: i32 = 32;
/** Where the caller puts the table: the rows of the object, those of the object in it, and the one word of a list. */
export const TABLE: i32 = WINDOW + WINDOW_SIZE + 1024;
/** Where the caller finds, for each row, where its value begins and ends: two numbers of 32 bits, 0 where it is absent. */
export const PLACES: i32 = TABLE + ROWS * ROW_SIZE;

// Shapes; their order is that of SHAPES in src/readers/json/walk.ts.
const TEXT: i32 = 1;
const LIST_OF_WORD: i32 = 2;
const OBJECT: i32 = 3;

export const STOP: i32 = -1;
const QUOTE: i32 = 0x22;
const BACKSLASH: i32 = 0x5c;

let rows: i32 = 0;
let outerRows: i32 = 0;
/** The offset behind the last byte. */
let last: i32 = 0;

/** The offset behind the object that the window begins with; -1 where anything is not as the table says. */
export function walk(length: i32, outer: i32, all: i32): i32 {
  begin(length, outer, all);
  memory.fill(PLACES, 0, all << 3);
  return members(0, 0, outer);
}

/** What is walked over from now on ends at this offset, and has a table of so many rows. */
export function begin(end: i32, outer: i32, all: i32): void {
  last = end;
  outerRows = outer;
  rows = all;
  store<u8>(WINDOW + end, 0);
}

export function members(from: i32, first: i32, behind: i32): i32 {
  if (byteAt(from) !== 0x7b) return STOP;
  let at = next(from + 1);
  if (byteAt(at) === 0x7d) return at + 1;
  let found = first - 1;
  while (true) {
    let tries = behind - first;
    do {
      if (--tries < 0) return STOP;
      found = found + 1 === behind ? first : found + 1;
    } while (!has(at, found));
    const place = PLACES + (found << 3);
    if (load<u32>(place) !== 0) return STOP;
    at = next(at + keyLength(found));
    if (byteAt(at) !== 0x3a) return STOP;
    at = next(at + 1);
    const end = valueEnd(at, found);
    if (end === STOP) return STOP;
    store<u32>(place, at);
    store<u32>(place, end, 4);
    at = next(end);
    const byte = byteAt(at);
    if (byte === 0x7d) return at + 1;
    if (byte !== 0x2c) return STOP;
    at = next(at + 1);
  }
}

function valueEnd(at: i32, row: i32): i32 {
  const shape = <i32>load<u8>(TABLE + row * ROW_SIZE);
  const byte = byteAt(at);
  if (shape === OBJECT) return members(at, outerRows, rows);
  if (shape === LIST_OF_WORD) {
    if (byte !== 0x5b) return STOP;
    const word = next(at + 1);
    if (!has(word, rows)) return STOP;
    const close = next(word + keyLength(rows));
    return byteAt(close) === 0x5d ? close + 1 : STOP;
  }
  if (byte === QUOTE) return behindString(at);
  if (shape === TEXT)
    return byte === 0x6e && load<u32>(WINDOW + at) === 0x6c6c756e ? behindWord(at, 4) : STOP;
  if (byte === 0x7b || byte === 0x5b) {
    // In ASCII, a closing bracket comes two after its opening one.
    if (byteAt(at + 1) === byte + 2) return at + 2;
    const stop = skip(at + 1, last, byte + 2, 0);
    return (stop & 7) === 1 ? stop >> 3 : STOP;
  }
  if (byte === 0x6e || byte === 0x74) {
    const word = load<u32>(WINDOW + at);
    return word === 0x6c6c756e || word === 0x65757274 ? behindWord(at, 4) : STOP;
  }
  if (byte === 0x66) return load<u32>(WINDOW + at + 1) === 0x65736c61 ? behindWord(at, 5) : STOP;
  if (byte === 0x30) return behindWord(at, 1);
  if (!isDigit(byte)) return STOP;
  let digits = 1;
  while (digits < 10 && isDigit(byteAt(at + digits))) digits++;
  return behindWord(at, digits);
}

/** The offset behind a word, where it ends there. */
function behindWord(at: i32, length: i32): i32 {
  const end = at + length;
  const byte = byteAt(end);
  return byte === 0x2c || byte === 0x7d || byte === 0x5d || isSpace(byte) ? end : STOP;
}

function behindString(from: i32): i32 {
  let at = from + 1;
  while (true) {
    const bytes = v128.load(WINDOW + at);
    const special = i8x16.bitmask(
      v128.or(
        v128.or(i8x16.eq(bytes, i8x16.splat(0x22)), i8x16.eq(bytes, i8x16.splat(0x5c))),
        i8x16.lt_u(bytes, i8x16.splat(0x20)),
      ),
    );
    if (special === 0) {
      at += 16;
      continue;
    }
    at += ctz(special);
    const byte = byteAt(at);
    if (byte === QUOTE) return at + 1;
    if (byte !== BACKSLASH || byteAt(at + 1) < 0x20) return STOP;
    at += 2;
  }
}

export function next(from: i32): i32 {
  let at = from;
  while (isSpace(byteAt(at))) at++;
  return at;
}

/** Whether the key of a row stands there. */
function has(at: i32, row: i32): bool {
  const key = TABLE + row * ROW_SIZE + 2;
  const length = keyLength(row);
  for (let i = 0; i < length; i++) if (load<u8>(WINDOW + at + i) !== load<u8>(key + i)) return false;
  return true;
}

function keyLength(row: i32): i32 {
  return <i32>load<u8>(TABLE + row * ROW_SIZE, 1);
}

export function byteAt(at: i32): i32 {
  return <i32>load<u8>(WINDOW + at);
}

function isSpace(byte: i32): bool {
  return byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09;
}

function isDigit(byte: i32): bool {
  return byte >= 0x30 && byte <= 0x39;
}
