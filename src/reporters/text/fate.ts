import { type Fate, takesAway } from '../../model/change.ts';
import type { JudgedChange } from '../../model/report.ts';

/** What becomes of the object that exists, where that is more than the effect says; else empty. */
export function fateText({ effect, fate, fateBecause }: JudgedChange): string {
  if (!takesAway(effect) && fate === 'kept') return '';
  return fateBecause === '' ? ALONE[fate] : `${BEFORE[fate]}${fateBecause}`;
}

const ALONE: Record<Fate, string> = {
  kept: 'kept',
  orphaned: 'goes on existing, unmanaged',
  snapshotted: 'destroyed, but a snapshot of it stays',
  destroyed: '',
  unknown: 'not known, so taken for destroyed',
};

const BEFORE: Record<Fate, string> = {
  kept: '',
  orphaned: '',
  snapshotted: 'destroyed, but ',
  destroyed: 'destroyed: ',
  unknown: 'not known, so taken for destroyed: ',
};
