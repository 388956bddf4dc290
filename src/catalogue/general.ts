import type { Change } from '../model/change.ts';
import { isArray, isObject, type Json } from '../model/json.ts';
import { type Protection, parseProtections } from './protection.ts';
import type { ReadTable } from './table.ts';

/**
 * The protections that attributes of this change are by their names alone, in whatever type, at the top or in a block;
 * none that `own` speaks of.
 */
export type General = (change: Change, own: readonly Protection[]) => readonly Protection[];

/** A table whose rows are for every type: `*`. */
export function parseGeneral(read: ReadTable, name: string): General {
  const rows = new Map(parseProtections(read, name)('').map((row) => [row.path, row]));
  return ({ before, after, afterUnknown }, own) => {
    const roots = new Set(own.map(({ names }) => names[0]));
    const paths = new Set(own.map(({ path }) => path));
    const found = new Map<string, Protection>();
    const see = (row: Protection | undefined, names: readonly string[]): void => {
      const path = names.join('.');
      if (row !== undefined && !paths.has(path)) found.set(path, { ...row, path, names });
    };
    for (const side of [before, after, afterUnknown]) {
      if (!isObject(side)) continue;
      for (const [attribute, value] of side) {
        if (!roots.has(attribute)) see(rows.get(attribute), [attribute]);
        for (const inner of blockKeys(value)) see(rows.get(inner), [attribute, inner]);
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
