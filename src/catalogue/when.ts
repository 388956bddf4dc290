import type { Change } from '../model/change.ts';
import type { Json } from '../model/json.ts';
import { masked } from '../model/mask.ts';
import { isEmpty, leavesAt, type Names, namesOf, scalarText } from './path.ts';
import { invalid } from './table.ts';

/** `skip_final_snapshot=false&final_snapshot_identifier=set`: all must hold. Empty always holds. */
export type When = readonly Clause[];
interface Clause {
  readonly names: Names;
  /** A literal, `set`, or `unset`. */
  readonly value: string;
}

export function parseWhen(text: string, where: string): When {
  if (text === '') return [];
  return text.split('&').map((clause) => {
    const [path, value, more] = clause.split('=');
    if (!path || !value || more !== undefined)
      throw invalid(where, `${JSON.stringify(clause)} is not path=value`);
    return { names: namesOf(path), value };
  });
}

/** Whether every place has the value. An absent attribute matches only `unset`: no default is taken for granted. */
export const holdsFor = (when: When, object: Json): boolean =>
  when.every(({ names, value }) => {
    const values = leavesAt(object, names).map((leaf) => leaf.value);
    if (value === 'unset') return values.every(isEmpty);
    if (value === 'set') return values.some((one) => !isEmpty(one));
    return values.length > 0 && values.every((one) => scalarText(one) === value);
  });

/** `{deletion_window_in_days}` in a text as the flag or amount before the change; no other values are told. */
export const filled = (text: string, { before, beforeSensitive }: Change): string =>
  text.replaceAll(/\{([^}]*)\}/g, (_, path: string) => {
    const leaf = leavesAt(before, namesOf(path))[0];
    if (leaf === undefined || typeof leaf.value === 'string' || masked(beforeSensitive, leaf.path))
      return UNTOLD;
    return scalarText(leaf.value) ?? UNTOLD;
  });

const UNTOLD = 'an unknown number of';
