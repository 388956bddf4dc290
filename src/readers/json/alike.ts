import type { Json } from '../../model/json.ts';

/** What is known of the members of the last object, for one that may have the very same ones. */
export interface Alike {
  /** Another object begins. */
  begin(): void;
  /** The member of the last object with this key, where its very text stands at the offset too. */
  find(key: string, at: number): Member | null;
  note(key: string, from: number, to: number, value: Json): void;
}

export interface Member {
  readonly value: Json;
  readonly length: number;
}

/**
 * Both sides of an update have mostly the same attributes with the same values: of these one is parsed, and the other is
 * found to be written alike. So they are also the very same values, and nobody has to compare what is inside of them.
 */
export function createAlike(text: string): Alike {
  let last = new Map<string, Noted>();
  let present = new Map<string, Noted>();
  return {
    begin() {
      [last, present] = [present, last];
      present.clear();
    },
    find(key, at) {
      const noted = last.get(key);
      if (noted === undefined || !text.startsWith(noted.text, at)) return null;
      // A longer number could begin like it.
      return ENDS.has(text.charCodeAt(at + noted.length)) ? noted : null;
    },
    note(key, from, to, value) {
      if (to - from < WORTH) return;
      present.set(key, { text: text.slice(from, to), length: to - from, value });
    },
  };
}

interface Noted extends Member {
  readonly text: string;
}

/** Shorter values are parsed as soon as they are compared. */
const WORTH = 16;

/** What stands behind a value: a comma, a bracket that closes, or white space. */
const ENDS: ReadonlySet<number> = new Set([0x2c, 0x7d, 0x20, 0x09, 0x0a, 0x0d]);
