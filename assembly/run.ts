// Passes over a run of elements that plainly change nothing, without leaving WebAssembly. AssemblyScript, not TypeScript.
//
// What makes an element plain is said by src/readers/terraform/idle.ts, whose look this is for the common case alone:
// every element that is in any way unusual ends the run, and is looked at there.
// biome-ignore lint/correctness/useImportExtensions: the compiler puts it there itself
import { WINDOW } from './skip';
// biome-ignore lint/correctness/useImportExtensions: the compiler puts it there itself
import { begin, byteAt, members, next, PLACES, ROWS, STOP } from './walk';

/** Where the caller puts the rows of the members that have a say, a byte each, in the order of the constants below. */
export const ROLES: i32 = PLACES + ROWS * 8;
const ADDRESS: i32 = 0;
const PREVIOUS_ADDRESS: i32 = 1;
const MODE: i32 = 2;
const PROVIDER: i32 = 3;
const DEPOSED: i32 = 4;
const ACTIONS: i32 = 5;
const BEFORE: i32 = 6;
const AFTER: i32 = 7;

/** How many elements a run may have. */
export const MOST: i32 = 2048;
/**
 * Where the caller finds what a run has: numbers of 32 bits. How many elements; whether any of them existed; whether any
 * has a provider of OpenTofu; one that says nothing; and for each element the two halves of the hash of its address
 * (src/readers/terraform/seen.ts), and where the address begins and ends.
 */
export const FOUND: i32 = ROLES + 16;
const PER_ELEMENT: i32 = 16;

let existed: u32 = 0;
let openTofu: u32 = 0;

/** The offset behind the last element of the run that begins at an offset; that offset where there is none. */
export function run(from: i32, to: i32, outer: i32, all: i32): i32 {
  begin(to, outer, all);
  existed = 0;
  openTofu = 0;
  let behind = from;
  let count = 0;
  let at = from;
  while (count < MOST && byteAt(at) === 0x7b) {
    memory.fill(PLACES, 0, all << 3);
    const end = members(at, 0, outer);
    if (end === STOP || !passes(FOUND + 16 + count * PER_ELEMENT)) break;
    count++;
    behind = end;
    at = next(end);
    if (byteAt(at) !== 0x2c) break;
    at = next(at + 1);
  }
  store<u32>(FOUND, count);
  store<u32>(FOUND, existed, 4);
  store<u32>(FOUND, openTofu, 8);
  return behind;
}

/** Whether the element that was walked over last is plain; then what is to be known of it stands at `note`. */
function passes(note: i32): bool {
  const address = beginOf(ADDRESS);
  if (beginOf(ACTIONS) === 0 || address === 0 || !isNothing(DEPOSED)) return false;
  if (!hashed(address + 1, endOf(ADDRESS) - 1, note)) return false;
  store<u32>(note, address, 8);
  store<u32>(note, endOf(ADDRESS), 12);
  if (!isNothing(PREVIOUS_ADDRESS) && !isSame(ADDRESS, PREVIOUS_ADDRESS)) return false;

  const isThereBefore = !isNothing(BEFORE);
  // It is there before and not after: that is not nothing.
  if (isThereBefore && isNull(AFTER)) return false;
  const managed = isManaged();
  if (managed === UNUSUAL) return false;

  let isOfOpenTofu: u32 = 0;
  if (!isNothing(PROVIDER)) {
    const provider = beginOf(PROVIDER);
    const end = endOf(PROVIDER) - 1;
    for (let at = provider + 1; at < end; at++) {
      const byte = byteAt(at);
      if (byte < 0x20 || byte > 0x7e || byte === 0x5c) return false;
    }
    isOfOpenTofu = startsWithOpenTofu(provider + 1) ? 1 : 0;
  }
  if (isThereBefore) existed |= managed;
  openTofu |= isOfOpenTofu;
  return true;
}

const UNUSUAL: u32 = 2;

/** 1 for a managed resource, as one without a mode is; 0 for one that only reads. */
function isManaged(): u32 {
  if (isNothing(MODE)) return 1;
  const mode = WINDOW + beginOf(MODE) + 1;
  const size = endOf(MODE) - beginOf(MODE) - 2;
  // mana ged" data ephe mera l
  if (size === 7 && load<u32>(mode) === 0x616e616d && load<u32>(mode, 4) === 0x22646567) return 1;
  if (size === 4 && load<u32>(mode) === 0x61746164) return 0;
  const isEphemeral =
    size === 9 &&
    load<u32>(mode) === 0x65687065 &&
    load<u32>(mode, 4) === 0x6172656d &&
    load<u8>(mode, 8) === 0x6c;
  return isEphemeral ? 0 : UNUSUAL;
}

/** Whether `registry.opentofu.org/` stands there. */
function startsWithOpenTofu(at: i32): bool {
  const text = WINDOW + at;
  return (
    // regi stry .ope ntof u.or g/
    load<u32>(text, 0) === 0x69676572 &&
    load<u32>(text, 4) === 0x79727473 &&
    load<u32>(text, 8) === 0x65706f2e &&
    load<u32>(text, 12) === 0x666f746e &&
    load<u32>(text, 16) === 0x726f2e75 &&
    load<u16>(text, 20) === 0x2f67
  );
}

/** The hash of `createSeen`. False for an address that is empty, or needs to be decoded for more than its quotes. */
function hashed(from: i32, to: i32, note: i32): bool {
  if (from >= to) return false;
  let low: i32 = 0x9e3779b9;
  let high: i32 = 0x243f6a88;
  let unit: i32 = 0;
  let at = from;
  while (true) {
    low = (low ^ unit) * 0x85ebca6b;
    low = rotl(low, 13);
    high = (high ^ low) * 0xc2b2ae35;
    high = rotl(high, 17);
    if (at === to) break;
    unit = byteAt(at++);
    if (unit === 0x5c) {
      unit = byteAt(at++);
      if (unit !== 0x22) return false;
    } else if (unit < 0x20 || unit > 0x7e) return false;
  }
  low = spread(low ^ high);
  high = spread(high ^ low);
  store<i32>(note, low);
  store<i32>(note, high, 4);
  return true;
}

function spread(bits: i32): i32 {
  let mixed = (bits ^ (bits >>> 16)) * 0x85ebca6b;
  mixed = (mixed ^ (mixed >>> 13)) * 0xc2b2ae35;
  return mixed ^ (mixed >>> 16);
}

function place(role: i32): i32 {
  return PLACES + ((<i32>load<u8>(ROLES + role)) << 3);
}

function beginOf(role: i32): i32 {
  return load<i32>(place(role));
}

function endOf(role: i32): i32 {
  return load<i32>(place(role), 4);
}

function isNull(role: i32): bool {
  return load<u32>(WINDOW + beginOf(role)) === 0x6c6c756e && beginOf(role) !== 0;
}

function isNothing(role: i32): bool {
  return beginOf(role) === 0 || isNull(role);
}

function isSame(one: i32, other: i32): bool {
  const size = endOf(one) - beginOf(one);
  return (
    size === endOf(other) - beginOf(other) &&
    memory.compare(WINDOW + beginOf(one), WINDOW + beginOf(other), size) === 0
  );
}
