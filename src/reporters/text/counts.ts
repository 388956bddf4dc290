import { EFFECTS, type Effect } from '../../model/change.ts';
import type { Counts } from '../../model/report.ts';
import { grouped } from './number.ts';

/** `2 replaced, 1 deleted, 412 unchanged`, worst first; empty where there is nothing to count. */
export const countsText = (counts: Counts): string =>
  EFFECTS.toReversed()
    .filter((effect) => counts[effect] > 0)
    .map((effect) => `${grouped(counts[effect])} ${DONE[effect]}`)
    .join(', ');

/** The effect as what was done, without `will` or `may`. */
export const DONE: Record<Effect, string> = {
  none: 'unchanged',
  read: 'read',
  create: 'created',
  import: 'imported',
  move: 'moved',
  update: 'updated in place',
  forget: 'forgotten',
  replace: 'replaced',
  delete: 'deleted',
  unknown: 'changed in an unknown way',
};
