import { type Change, FATES, type Fate } from '../model/change.ts';
import { aText, coversType, oneOf, parseTable, type ReadTable } from './table.ts';
import { filled, holdsFor, parseWhen, type When } from './when.ts';

export interface FateOf {
  readonly fate: Fate;
  readonly because: string;
}

interface FateRow extends FateOf {
  readonly type: string;
  readonly when: When;
}

const COLUMNS = ['type', 'when', 'fate', 'because'] as const;

/**
 * What becomes of an object that the document calls destroyed. Providers read these settings from the state, so the
 * values before the change decide, in a replacement too; a value set by this same change comes too late. The first
 * row that matches counts, and no row means destroyed.
 */
export function parseFates(read: ReadTable): (change: Change) => FateOf {
  const name = 'fates.tsv';
  const rows: readonly FateRow[] = parseTable(read, name, COLUMNS).map((row) => {
    const where = `${name} ${row.type} ${row.when}`;
    return {
      type: aText(row.type, where),
      when: parseWhen(row.when, where),
      fate: oneOf(FATES, row.fate, where),
      because: aText(row.because, where),
    };
  });
  return (change) => {
    const told = { fate: change.fate, because: change.fateBecause ?? AS_PLANNED[change.fate] };
    if (change.fate !== 'destroyed') return told;
    const row = rows.find(({ type, when }) => coversType(type, change.type) && holdsFor(when, change.before));
    if (row === undefined) return told;
    return { fate: row.fate, because: filled(row.because, change) };
  };
}

const AS_PLANNED: Readonly<Record<Fate, string>> = {
  kept: 'the plan leaves the object in place',
  orphaned: 'the plan lets go of the object without destroying it',
  snapshotted: 'the plan says that a snapshot is taken',
  destroyed: '',
  unknown: 'the plan does not say what becomes of the object',
};
