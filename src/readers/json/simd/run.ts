import type { PlainElements } from '../run.ts';
import type { Passed } from '../skipper.ts';
import type { SkipExports } from './skipper.ts';
import { type WalkExports, writeTable } from './walk.ts';

/** Passes over plain elements of the window, from one offset in it up to another. */
export type SimdRun = (from: number, to: number) => Passed | null;

export function createSimdRun(
  { members, roles, passed }: PlainElements,
  exports: SkipExports & WalkExports & RunExports,
): SimdRun {
  const { memory, WINDOW, WINDOW_SIZE, FOUND, MOST, ROLES, run } = exports;
  const window = new Uint8Array(memory.buffer, WINDOW.value, WINDOW_SIZE.value);
  const found = new Int32Array(memory.buffer, FOUND.value, NUMBERS * (1 + MOST.value));
  const outer = members.outer.length;
  const all = outer + members.inner.length;
  writeTable(members, exports);
  new Uint8Array(memory.buffer, ROLES.value, roles.length).set(roles);

  const numberAt = (nth: number, which: number): number => found[NUMBERS * (1 + nth) + which] ?? 0;
  const low = (nth: number): number => numberAt(nth, 0);
  const high = (nth: number): number => numberAt(nth, 1);
  const address = (nth: number): Uint8Array => window.subarray(numberAt(nth, 2), numberAt(nth, 3));

  return (from, to) => {
    const end = run(from, to, outer, all);
    const [count = 0, existed, openTofu] = found;
    if (count === 0) return null;
    passed({ count, existed: existed === 1, openTofu: openTofu === 1, low, high, address });
    return { end, count };
  };
}

/** 32-bit numbers for each element, and as many before the first. */
const NUMBERS = 4;

/** What assembly/run.ts exports. */
export interface RunExports {
  readonly ROLES: { readonly value: number };
  readonly FOUND: { readonly value: number };
  readonly MOST: { readonly value: number };
  /** The offset behind the last element that is plain. */
  run(from: number, to: number, outer: number, all: number): number;
}
