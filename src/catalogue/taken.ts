import type { Disarmed } from '../model/report.ts';
import { GUARDS, type Guards, type ProtectionKind } from './protection.ts';
import type { Shrinkage } from './shrink.ts';

/** What an update takes away of the object's own protection, of its surroundings, or of its content. */
export type Taken = Guards | 'content';

/** Of all that an update takes away, what one rule speaks of. */
export const takenText = (disarmed: readonly Disarmed[], of: Taken): string =>
  disarmed
    .filter(({ kind }) => TAKEN.get(kind) === of)
    .map(({ says }) => says)
    .join('; ');

const OF_SHRINKAGE: Readonly<Record<Shrinkage, Taken>> = {
  access: 'surroundings',
  rules: 'content',
  entries: 'content',
  amount: 'content',
};

const ALL: Readonly<Record<ProtectionKind | Shrinkage, Taken>> = { ...GUARDS, ...OF_SHRINKAGE };
const TAKEN: ReadonlyMap<string, Taken> = new Map(Object.entries(ALL));
