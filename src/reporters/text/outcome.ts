import type { Effect, Fate, Order } from '../../model/change.ts';
import type { JudgedChange } from '../../model/report.ts';
import { DONE } from './counts.ts';

/** What happens to the resource: `will be deleted and created again (the old one goes first: downtime)`. */
export function outcomeText(change: JudgedChange): string {
  const modal = change.certainty === 'possible' ? 'may' : 'will';
  const adopted = change.importing && change.effect !== 'import' ? '; it is imported at the same time' : '';
  const moved =
    change.previousAddress === null || change.previousAddress === change.address
      ? ''
      : `; until now it was ${change.previousAddress}`;
  return `${modal} ${OUTCOME[change.effect](change)}${adopted}${moved}`;
}

/** The same in a few words: `replaced, old one first`. */
export function briefText({ effect, certainty, order, fate }: JudgedChange): string {
  const done = certainty === 'possible' ? `perhaps ${DONE[effect]}` : DONE[effect];
  if (effect !== 'replace' && effect !== 'delete') return done;
  if (STAYS[fate]) return `${done}, old one left behind`;
  return order === null ? done : `${done}, ${order === 'delete-first' ? 'old' : 'new'} one first`;
}

const OUTCOME: Record<Effect, (change: JudgedChange) => string> = {
  none: () => 'stay as it is',
  read: () => 'be read',
  create: () => 'be created',
  import: () => 'be imported',
  move: () => 'be moved',
  update: () => 'be updated in place',
  forget: () => 'be forgotten: it goes on existing, and nothing manages it',
  replace: ({ fate, order }) =>
    STAYS[fate] ? 'be created anew; the old one is left behind' : REPLACED[order ?? 'unsaid'],
  delete: ({ fate }) => (STAYS[fate] ? 'be taken out of management; the object itself stays' : 'be deleted'),
  unknown: () => 'be changed in a way that is not known, so it may be destroyed',
};

const REPLACED: Record<Order | 'unsaid', string> = {
  'delete-first': 'be deleted and created again (the old one goes first: downtime)',
  'create-first': 'be replaced (the new one stands first, then the old one is deleted)',
  unsaid: 'be replaced (which goes first is not said: expect downtime)',
};

/** Whether the old object outlives its deletion. */
export const STAYS: Record<Fate, boolean> = {
  kept: true,
  orphaned: true,
  snapshotted: false,
  destroyed: false,
  unknown: false,
};
