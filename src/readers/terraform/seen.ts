/** The objects of a list, each by its address and the deposed key it may have. */
export interface Seen {
  /** Notes it, and says whether it is there for the first time. */
  add(address: string, deposed: string | null): boolean;
  /** The same for an object that is not deposed, by the two halves of the hash of its address. */
  addHashed(low: number, high: number): boolean;
}

/**
 * Knows each object by 64 bits of hash, in some 16 bytes, so that a list of a million takes as much memory as a few
 * chunks of the document. An object that was there is always known. One that was not may be taken for another: once in
 * a thousand million lists of a hundred thousand objects, and then the plan is refused, not passed.
 */
export function createSeen(): Seen {
  /** Two numbers for each place, both 0 where it is free; places that are taken stand in runs after where they belong. */
  let table = new Int32Array(2 * FIRST_PLACES);
  let count = 0;

  const insert = (high: number, low: number): boolean => {
    const last = table.length - 2;
    let at = (low << 1) & last;
    while (table[at] !== 0 || table[at + 1] !== 0) {
      if (table[at] === low && table[at + 1] === high) return false;
      at = (at + 2) & last;
    }
    table[at] = low;
    table[at + 1] = high;
    return true;
  };

  const grow = (): void => {
    const old = table;
    table = new Int32Array(Math.max(2 * old.length, 2 * MANY_PLACES));
    for (let at = 0; at < old.length; at += 2) {
      const low = old[at] ?? 0;
      const high = old[at + 1] ?? 0;
      if (low !== 0 || high !== 0) insert(high, low);
    }
  };

  const addHashed = (low: number, high: number): boolean => {
    const isNew = insert(high, low === 0 && high === 0 ? 1 : low);
    if (isNew && ++count * 8 > 3 * table.length) grow();
    return isNew;
  };

  return {
    add(address, deposed) {
      // How long the deposed key is comes first, so that no two objects are the same row of numbers.
      let unit = deposed === null ? 0 : deposed.length + 1;
      const text = deposed === null ? address : deposed + address;
      let low = 0x9e3779b9 | 0;
      let high = 0x243f6a88;
      // For any one unit a step maps the pairs (high, low) one to one, and for any one pair the units.
      for (let at = 0; ; at++) {
        low = Math.imul(low ^ unit, 0x85ebca6b);
        low = (low << 13) | (low >>> 19);
        high = Math.imul(high ^ low, 0xc2b2ae35);
        high = (high << 17) | (high >>> 15);
        if (at === text.length) break;
        unit = text.charCodeAt(at);
      }
      low = spread(low ^ high);
      return addHashed(low, spread(high ^ low));
    },
    addHashed,
  };
}

const FIRST_PLACES = 1 << 12;
/** What does not fit there is a large plan: then the next table is for any but the largest, and is not outgrown step by step. */
const MANY_PLACES = 1 << 20;

/** Lets every bit have a say in all bits. */
function spread(bits: number): number {
  let mixed = Math.imul(bits ^ (bits >>> 16), 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
  return mixed ^ (mixed >>> 16);
}
