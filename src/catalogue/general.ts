import type { Change } from '../model/change.ts';
import { isArray, isObject, type Json } from '../model/json.ts';
import { each } from './once.ts';
import { type Protection, parseProtections } from './protection.ts';
import { rowOfKey } from './rows-of-type.ts';
import type { ReadTable } from './table.ts';

/**
 * The protections that attributes of this change are by their names alone, in whatever type, at the top or in a block;
 * none that `own` speaks of.
 */
export type General = (change: Change, own: readonly Protection[]) => readonly Protection[];

/** A table whose rows are for every type: `*`. Of its many rows, those for attributes that come by are parsed. */
export function parseGeneral(read: ReadTable, name: string): General {
  const rowFor = rowOfKey(read, name);
  const rows = each((attribute: string): Protection | null => {
    const row = /[\t\n]/.test(attribute) ? null : rowFor(attribute);
    return row === null ? null : (parseProtections(row, name)('')[0] ?? null);
  });
  return ({ before, after, afterUnknown }, own) => {
    const roots = new Set(own.map(({ names }) => names[0]));
    const paths = new Set(own.map(({ path }) => path));
    const found = new Map<string, Protection>();
    const see = (row: Protection | null, names: readonly string[]): void => {
      const path = names.join('.');
      if (row !== null && !paths.has(path)) found.set(path, { ...row, path, names });
    };
    for (const side of [before, after, afterUnknown]) {
      if (!isObject(side)) continue;
      for (const [attribute, value] of side) {
        if (!roots.has(attribute)) see(rows(attribute), [attribute]);
        for (const inner of blockKeys(value)) see(rows(inner), [attribute, inner]);
      }
    }
    return [...found.values()];
  };
}

/** The attributes of a block, or of every block of a list. */
function blockKeys(value: Json): ReadonlySet<string> {
  const keys = new Set<string>();
  for (const block of isArray(value) ? value : [value])
    if (isObject(block)) for (const key of block.keys()) keys.add(key);
  return keys;
}
