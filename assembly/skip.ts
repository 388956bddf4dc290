// Finds where an open object or array of a JSON document ends, 64 bytes a step. AssemblyScript, not TypeScript.
//
// A step makes masks with a bit for every byte: quotes, backslashes, brackets, bytes that may not stand there. What is
// inside of a string is known from the parity of the quotes before it, so no byte is looked at alone but brackets
// outside of strings: each is held against the kind that is open.

/** Where the caller puts the bytes. What lies before holds, for each depth, the byte that closes it. */
export const WINDOW: i32 = 1024;
/** How many brackets may be open. */
const MAX_DEPTH: i32 = 512;
/** How many bytes the caller may put there; a step may read, and ignores, up to 63 more. */
export const WINDOW_SIZE: i32 = 262144;

// Outcomes; the caller gets them in the low three bits, and the offset they are about above them.
const MORE: i32 = 0;
const CLOSED: i32 = 1;
const STRANGER: i32 = 2;
const UNBALANCED: i32 = 3;
const CONTROL: i32 = 4;
const TOO_DEEP: i32 = 5;

const QUOTE = i8x16.splat(0x22);
const BACKSLASH = i8x16.splat(0x5c);
const SPACE = i8x16.splat(0x20);
const LOW_NIBBLE = i8x16.splat(0x0f);
const NOTHING = i8x16.splat(0);
// What a byte is outside of strings: the bits that both tables have in common for its halves. No bit: it may not stand
// there. The highest bit: it is a bracket. The other bits only keep the high halves apart.
const BY_HIGH = i8x16(1, 0, 2, 4, 8, -128, 32, 64 | -128, 0, 0, 0, 0, 0, 0, 0, 0);
const BY_LOW = i8x16(
  2 | 4, // space 0
  4 | 32, // 1 a
  2 | 4 | 64, // " 2 r
  4 | 64, // 3 s
  4 | 64, // 4 t
  4 | 8 | 32 | 64, // 5 E e u
  4 | 32, // 6 f
  4, // 7
  4, // 8
  1 | 4, // tab 9
  1 | 4, // line feed :
  2 | -128, // + [ {
  2 | 32, // , l
  1 | 2 | -128, // carriage return - ] }
  2 | 32, // . n
  0,
);
const ODD_BITS: u64 = (u64.MAX_VALUE / 3) * 2;

let depth: i32 = 0;
let base: i32 = 0;
/** All ones inside of a string. */
let inside: u64 = 0;
/** 1 where the next byte is escaped. */
let escapedNext: u64 = 0;

/**
 * Goes on over the bytes of the window from one offset to another; offsets count from the window's beginning. Where
 * `closing` is not 0 a bracket was opened before them, inside of `outer` others, that this byte closes.
 */
export function skip(from: i32, to: i32, closing: i32, outer: i32): i32 {
  if (closing !== 0) {
    base = outer;
    depth = outer + 1;
    inside = 0;
    escapedNext = 0;
    store<u8>(depth, closing);
  }
  let at = from;
  while (at < to) {
    const left = to - at;
    const valid: u64 = left >= 64 ? u64.MAX_VALUE : ((<u64>1) << (<u64>left)) - 1;
    const here = WINDOW + at;
    const a = v128.load(here);
    const b = v128.load(here, 16);
    const c = v128.load(here, 32);
    const d = v128.load(here, 48);

    const escaped = escapedBy(
      mask(eq(a, BACKSLASH), eq(b, BACKSLASH), eq(c, BACKSLASH), eq(d, BACKSLASH)) & valid,
    );
    const quotes = mask(eq(a, QUOTE), eq(b, QUOTE), eq(c, QUOTE), eq(d, QUOTE)) & valid & ~escaped;
    const strings = parity(quotes) ^ inside;
    // The mask has the opening quote of a string, and not the closing one.
    inside = <u64>(<i64>strings >> 63);
    escapedNext = left >= 64 ? escapedAfter : (escaped >> <u64>left) & 1;

    const controls = mask(lower(a), lower(b), lower(c), lower(d));
    const aKinds = kind(a);
    const bKinds = kind(b);
    const cKinds = kind(c);
    const dKinds = kind(d);
    const strangers = mask(
      eq(aKinds, NOTHING),
      eq(bKinds, NOTHING),
      eq(cKinds, NOTHING),
      eq(dKinds, NOTHING),
    );
    const wrong = ((controls & strings) | (strangers & ~strings)) & valid;
    // Only what stands before the first wrong byte counts.
    const right = wrong === 0 ? valid : (wrong & (0 - wrong)) - 1;

    let brackets = mask(aKinds, bKinds, cKinds, dKinds) & right & ~strings;
    while (brackets !== 0) {
      const offset = <i32>ctz(brackets);
      brackets &= brackets - 1;
      const byte = <i32>load<u8>(here + offset);
      if ((byte & 2) !== 0) {
        if (depth === MAX_DEPTH) return ((at + offset) << 3) | TOO_DEEP;
        // In ASCII, a closing bracket comes two after its opening one.
        store<u8>(++depth, byte + 2);
      } else {
        if (<i32>load<u8>(depth) !== byte) return ((at + offset) << 3) | UNBALANCED;
        if (--depth === base) return ((at + offset + 1) << 3) | CLOSED;
      }
    }
    if (wrong !== 0) {
      const offset = ctz(wrong);
      return ((at + <i32>offset) << 3) | (((strings >> offset) & 1) !== 0 ? CONTROL : STRANGER);
    }
    at += 64;
  }
  return (to << 3) | MORE;
}

/** Whether the first byte after the 64 that `escapedBy` saw last is escaped. */
let escapedAfter: u64 = 0;

/**
 * The bytes that a backslash escapes. Of a run of backslashes every second one is escaped, and what follows a run of
 * odd length: a subtraction that borrows along the run tells which, once runs that begin on odd bits are told apart.
 */
function escapedBy(backslashes: u64): u64 {
  if ((backslashes | escapedNext) === 0) {
    escapedAfter = 0;
    return 0;
  }
  const starting = backslashes & ~escapedNext;
  const series = (((starting << 1) | ODD_BITS) - starting) ^ ODD_BITS;
  escapedAfter = (series & backslashes) >> 63;
  return series ^ (backslashes | escapedNext);
}

/** For every bit, whether the bits up to it are odd in number. */
function parity(bits: u64): u64 {
  bits ^= bits << 1;
  bits ^= bits << 2;
  bits ^= bits << 4;
  bits ^= bits << 8;
  bits ^= bits << 16;
  return bits ^ (bits << 32);
}

function mask(a: v128, b: v128, c: v128, d: v128): u64 {
  const low = <u64>(<u32>(i8x16.bitmask(a) | (i8x16.bitmask(b) << 16)));
  const high = <u64>(<u32>(i8x16.bitmask(c) | (i8x16.bitmask(d) << 16)));
  return low | (high << 32);
}

function eq(bytes: v128, byte: v128): v128 {
  return i8x16.eq(bytes, byte);
}

function lower(bytes: v128): v128 {
  return i8x16.lt_u(bytes, SPACE);
}

function kind(bytes: v128): v128 {
  const high = i8x16.swizzle(BY_HIGH, i8x16.shr_u(bytes, 4));
  const low = i8x16.swizzle(BY_LOW, v128.and(bytes, LOW_NIBBLE));
  return v128.and(high, low);
}
