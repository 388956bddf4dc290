import type { Fate } from '../../model/change.ts';
import type { JudgedChange } from '../../model/report.ts';
import { isLoss } from './outcome.ts';

/** What becomes of the object that exists; empty where nothing does. */
export function fateText({ effect, fate, fateBecause }: JudgedChange): string {
  if (!isLoss(effect) && fate === 'kept') return '';
  return fateBecause === '' ? FATE[fate] : `${FATE[fate]}: ${fateBecause}`;
}

const FATE: Record<Fate, string> = {
  kept: 'kept',
  orphaned: 'goes on existing, unmanaged',
  snapshotted: 'destroyed, a snapshot of it stays',
  destroyed: 'destroyed',
  unknown: 'not known, so taken for destroyed',
};
