import { setFlagsFromString } from 'node:v8';

/** What the engine does otherwise while a large file is read, and what it does without. */
const THROUGHOUT: Flags = [
  // Two cores are busy already, and to wake helpers takes longer than what they would do.
  ['--no-parallel-scavenge', '--parallel-scavenge'],
  // What is judged is soon garbage: with more room for it, it only takes more memory.
  ['--semi-space-growth-factor=1', '--semi-space-growth-factor=2'],
];
const AT_FIRST: Flags = [['--no-opt', '--opt']];
type Flags = readonly (readonly [off: string, on: string])[];

/** In milliseconds. Most large files are done sooner, and no optimised code would have paid for itself. */
const FIRST = 300;

export interface Tuning {
  /** Some time went by. */
  goOn(): void;
  /** All is as it was: compiled code that was kept on disk is only good for an engine with the same flags. */
  end(): void;
}

/** Tunes the engine for going through one large file on a machine with few cores. */
export function tuneEngine(): Tuning {
  const start = performance.now();
  let isFirst = true;
  for (const [off] of [...THROUGHOUT, ...AT_FIRST]) setFlagsFromString(off);
  const endFirst = (): void => {
    if (isFirst) for (const [, on] of AT_FIRST) setFlagsFromString(on);
    isFirst = false;
  };
  return {
    goOn() {
      if (isFirst && performance.now() - start > FIRST) endFirst();
    },
    end() {
      endFirst();
      for (const [, on] of THROUGHOUT) setFlagsFromString(on);
    },
  };
}
