// States of the scanner. Numbers, not words: one is compared for every byte that is not inside a string.
export const TOP = 0;
export const VALUE = 1;
export const VALUE_OR_CLOSE = 2;
export const KEY = 3;
export const KEY_OR_CLOSE = 4;
export const COLON = 5;
export const COMMA_OR_CLOSE = 6;
export const STRING = 7;
export const ESCAPE = 8;
export const HEX = 9;
export const LITERAL = 10;
export const DONE = 11;
export const AFTER = 12;
export const MINUS = 13;
export const ZERO = 14;
export const INTEGER = 15;
const POINT = 16;
const FRACTION = 17;
const EXPONENT = 18;
const EXPONENT_SIGN = 19;
const EXPONENT_DIGITS = 20;
export const SKIP = 21;

export const EXPECTED: readonly string[] = [
  'an object',
  'a value',
  'a value or "]"',
  'a key',
  'a key or "}"',
  '":"',
  '"," or a closing bracket',
  'the rest of a string',
  'an escape that JSON knows',
  'a hex digit',
  'true, false or null',
  'nothing more',
  'nothing more',
  'a digit',
  'the end of a number',
  'a digit',
  'a digit',
  'a digit',
  'a digit or a sign',
  'a digit',
  'a digit',
  'a closing bracket',
];

export const QUOTE = 0x22;
export const BACKSLASH = 0x5c;
export const OPEN_OBJECT = 0x7b;
export const CLOSE_OBJECT = 0x7d;
export const OPEN_ARRAY = 0x5b;
export const CLOSE_ARRAY = 0x5d;
export const COMMA = 0x2c;
export const COLON_BYTE = 0x3a;

/** 1 for a byte that may stand in a string and ends nothing. */
export const PLAIN = Uint8Array.from({ length: 256 }, (_, byte) =>
  byte >= 0x20 && byte !== QUOTE && byte !== BACKSLASH ? 1 : 0,
);
export const LITERALS: ReadonlyMap<number, string> = new Map([
  [0x74, 'true'],
  [0x66, 'false'],
  [0x6e, 'null'],
]);

export const isSpace = (byte: number): boolean =>
  byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09;
export const isDigit = (byte: number): boolean => byte >= 0x30 && byte <= 0x39;
export const isHex = (byte: number): boolean =>
  isDigit(byte) || (byte >= 0x41 && byte <= 0x46) || (byte >= 0x61 && byte <= 0x66);

/** The state after one more byte of a number; COMMA_OR_CLOSE where the number ended before it, null where it may not. */
export function numberState(state: number, byte: number): number | null {
  const digit = isDigit(byte);
  const mayEnd = state === ZERO || state === INTEGER || state === FRACTION || state === EXPONENT_DIGITS;
  if (digit) {
    if (state === ZERO) return null;
    if (state === MINUS) return byte === 0x30 ? ZERO : INTEGER;
    if (state === POINT) return FRACTION;
    return state === EXPONENT || state === EXPONENT_SIGN ? EXPONENT_DIGITS : state;
  }
  if (byte === 0x2e && (state === ZERO || state === INTEGER)) return POINT;
  if ((byte === 0x65 || byte === 0x45) && mayEnd && state !== EXPONENT_DIGITS) return EXPONENT;
  if ((byte === 0x2b || byte === 0x2d) && state === EXPONENT) return EXPONENT_SIGN;
  return mayEnd ? COMMA_OR_CLOSE : null;
}
