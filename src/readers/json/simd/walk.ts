import { createPlainWalk } from '../plain-walk.ts';
import { type Members, SHAPES, type Walk } from '../walk.ts';
import { createSimdSkipper, type SkipExports } from './skipper.ts';

/** A walk in WebAssembly. The module's instance is its own from now on. */
export function createSimdWalk(members: Members, exports: SkipExports & WalkExports): Walk {
  const { memory, WINDOW, WINDOW_SIZE, PLACES, walk } = exports;
  const window = new Uint8Array(memory.buffer, WINDOW.value, WINDOW_SIZE.value);
  const count = members.outer.length + members.inner.length;
  const places = new Uint32Array(memory.buffer, PLACES.value, 2 * count);
  writeTable(members, exports);
  // An object that the window has no room for is rare; its walk is slow only outside of brackets.
  const large = createPlainWalk(members, createSimdSkipper(exports));

  return {
    places,
    over(raw) {
      if (raw.length > window.length) {
        const passes = large.over(raw);
        places.set(large.places);
        return passes;
      }
      window.set(raw);
      return walk(raw.length, members.outer.length, count) === raw.length;
    },
  };
}

/** Writes what the module is to know of the members. */
export function writeTable(
  { outer, inner, word }: Members,
  { memory, ROWS, ROW_SIZE, TABLE }: WalkExports,
): void {
  const rows = [...outer, ...inner, [word, 'any'] as const];
  const size = ROW_SIZE.value;
  const table = new Uint8Array(memory.buffer, TABLE.value, ROWS.value * size);
  for (const [index, [key, shape]] of rows.entries()) {
    const bytes = new TextEncoder().encode(`"${key}"`);
    if (bytes.length > size - 2) throw new RangeError(`no room for the key ${key}`);
    table.set([SHAPES.indexOf(shape), bytes.length, ...bytes], index * size);
  }
}

/** What assembly/walk.ts exports. */
export interface WalkExports {
  readonly memory: { readonly buffer: ArrayBuffer };
  readonly ROWS: { readonly value: number };
  readonly ROW_SIZE: { readonly value: number };
  readonly TABLE: { readonly value: number };
  readonly PLACES: { readonly value: number };
  /** The offset behind the object, or -1. */
  walk(length: number, outer: number, all: number): number;
}
