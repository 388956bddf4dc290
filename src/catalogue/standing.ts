import type { Change } from '../model/change.ts';
import { aText, coversType, parseTable, type ReadTable } from './table.ts';
import { filled, holdsFor, parseWhen } from './when.ts';

const COLUMNS = ['type', 'when', 'says'] as const;

/** Protections that are on before a destruction, and what they do to it. The first row for an attribute counts. */
export function parseStanding(read: ReadTable): (change: Change) => readonly string[] {
  const name = 'standing.tsv';
  const rows = parseTable(read, name, COLUMNS).map((row) => {
    const where = `${name} ${row.type} ${row.when}`;
    const when = parseWhen(row.when, where);
    return {
      type: aText(row.type, where),
      when,
      attribute: when[0]?.names.join('.'),
      says: aText(row.says, where),
    };
  });
  return (change) => {
    if (change.effect !== 'delete' && change.effect !== 'replace') return [];
    const told = new Set<string | undefined>();
    return rows.flatMap(({ type, when, attribute, says }) => {
      if (told.has(attribute) || !coversType(type, change.type) || !holdsFor(when, change.before)) return [];
      told.add(attribute);
      return [filled(says, change)];
    });
  };
}
