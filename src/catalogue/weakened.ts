import { canonical, isArray, type Json } from '../model/json.ts';
import { isEmpty, scalarsIn, scalarText } from './path.ts';
import type { Protection } from './protection.ts';
import { compareQuantities } from './quantity.ts';
import { isWideRange } from './range.ts';

/** The values of one attribute on one side; undefined stands for a place where it is not set. */
export type Values = readonly (Json | undefined)[];
type Setting = Pick<Protection, 'safe' | 'unsafe' | 'fallback' | 'kind'>;

/** Whether going from these values to those takes protection away. What cannot be compared counts as taken away. */
export function isWeakened(row: Setting, before: Values, after: Values): boolean {
  const from = settled(row, before);
  const to = settled(row, after);
  if (from.map(canonical).sort().join() === to.map(canonical).sort().join()) return false;
  return (
    isLessGuarded(row, from, to) || row.unsafe.some((word) => DIRECTIONS.get(word)?.(row, from, to) === true)
  );
}

/** Whether these values protect, or may: any of them is safe, or is not known to be unsafe. */
export const isGuarded = (row: Setting, values: Values): boolean =>
  settled(row, values).some((value) => MAY_GUARD.has(stateOf(row, value)));

/** At least one value: where there is no block the default of the attribute stands in. */
function settled(row: Setting, values: Values): Values {
  const fallback = row.fallback ?? undefined;
  const all = values.flatMap((value): Values => (isArray(value) ? value : [value]));
  return all.length === 0 ? [fallback] : all.map((value) => (isEmpty(value) ? fallback : value));
}

/** `odd`: a word that stands in neither list of words. It may guard, and what guarded and becomes odd may not any more. */
type State = 'guarded' | 'odd' | 'unguarded' | 'nothing';
const MAY_GUARD: ReadonlySet<State> = new Set(['guarded', 'odd']);

/** An attribute that is not set and has no known default guards `nothing`, and is no danger by itself. */
function stateOf(row: Setting, value: Json | undefined): State {
  if (row.unsafe.some((word) => isState(word, row.safe, value))) return 'unguarded';
  if (row.safe.some((word) => isState(word, row.unsafe, value))) return 'guarded';
  if (!isEmpty(value)) return isWordsOnly(row) ? 'odd' : 'guarded';
  if (ASKED_FOR.has(row.kind)) return 'guarded';
  if (row.safe.includes('false')) return 'guarded';
  return row.unsafe.includes('false') ? 'unguarded' : 'nothing';
}

/** Whether both lists of the row are words and nothing else. */
const isWordsOnly = ({ safe, unsafe }: Setting): boolean =>
  ![...safe, ...unsafe].some((word) => STATES.has(word) || NO_STATE.has(word));
const STATES: ReadonlySet<string> = new Set(['set', 'unset', 'other']);

/** Kinds whose danger must be asked for: absent is safe. */
const ASKED_FOR: ReadonlySet<string> = new Set(['force_destroy', 'public_access']);

/** Whether a value is in the state that a word of the table names; a direction is no state. */
function isState(word: string, opposite: readonly string[], value: Json | undefined): boolean {
  if (word === 'set') return !isEmpty(value);
  if (word === 'unset') return isEmpty(value);
  if (word === 'other')
    return !isEmpty(value) && !opposite.some((other) => other !== 'other' && isState(other, [], value));
  if (NO_STATE.has(word)) return false;
  return scalarsIn(value).some((text) => isWord(text, word));
}

/** Without case; `1` and `0` are read as true and false by some providers, and a range may be written in many ways. */
const isWord = (text: string, word: string): boolean =>
  text.toLowerCase() === word.toLowerCase() ||
  text === FLAGS[word] ||
  (ANYWHERE.has(word) && isWideRange(text));

const FLAGS: Readonly<Record<string, string>> = { true: '1', false: '0' };
const ANYWHERE: ReadonlySet<string> = new Set(['0.0.0.0/0', '::/0']);

function isLessGuarded(row: Setting, before: Values, after: Values): boolean {
  const count = (values: Values, state: State): number =>
    values.filter((value) => stateOf(row, value) === state).length;
  if (count(after, 'unguarded') > count(before, 'unguarded')) return true;
  return count(after, 'guarded') < count(before, 'guarded') && count(after, 'guarded') < after.length;
}

type Direction = (row: Setting, before: Values, after: Values) => boolean;

const DIRECTIONS: ReadonlyMap<string, Direction> = new Map<string, Direction>([
  ['lower', (row, before, after) => hasDropped(row, before, after, (a, b) => compareQuantities(a, b))],
  ['higher', (row, before, after) => hasDropped(row, before, after, (a, b) => compareQuantities(b, a))],
  ['changed', (_, before, after) => !before.every(isEmpty) && listed(before).join() !== listed(after).join()],
  ['fewer', (_, before, after) => present(after).length < present(before).length],
  ['last', (row, before, after) => rankOf(row, after) > rankOf(row, before)],
  ['removed', (_, before, after) => present(after).length < present(before).length],
  ['narrowed', (_, before, after) => !listed(before).every((value) => listed(after).includes(value))],
]);

/** 1 where any value is the last word of `safe`, the one that guards least. */
const rankOf = ({ safe }: Setting, values: Values): number =>
  values.some((value) => isState(safe.at(-1) ?? '', [], value)) ? 1 : 0;
const NO_STATE: ReadonlySet<string> = new Set([...DIRECTIONS.keys(), 'unchanged']);

/** Words of the tables that name a direction. */
export const DIRECTION_WORDS: readonly string[] = [...NO_STATE];

const present = (values: Values): Values => values.filter((value) => !isEmpty(value));
const listed = (values: Values): readonly string[] => present(values).map(canonical).sort();

type Order = (a: string, b: string) => number | null;

/** Whether an amount dropped. A value that `safe` names (`0` for "for ever", `unset`) is more than any amount. */
function hasDropped(row: Setting, before: Values, after: Values, order: Order): boolean {
  const isLimitless = (value: Json | undefined): boolean =>
    row.safe.some((word) => isState(word, row.unsafe, value));
  const from = before.filter((value) => !isEmpty(value) || isLimitless(value));
  const to = after.filter((value) => !isEmpty(value) || isLimitless(value));
  if (from.length === 0) return false;
  if (to.length < from.length && !row.safe.includes('unset')) return true;
  const amounts = sorted(
    from.filter((value) => !isLimitless(value)),
    order,
  );
  const limited = sorted(
    to.filter((value) => !isLimitless(value)),
    order,
  );
  if (limited.length > amounts.length && to.length <= from.length) return true;
  if (limited.length === amounts.length)
    return limited.some((value, index) => isLess(value, amounts[index], order));
  return limited.some((value) => amounts.every((earlier) => isLess(value, earlier, order)));
}

const sorted = (values: Values, order: Order): Values =>
  [...values].sort((a, b) => order(scalarText(a) ?? '', scalarText(b) ?? '') ?? 0);

function isLess(value: Json | undefined, earlier: Json | undefined, order: Order): boolean {
  const [now, then] = [scalarText(value), scalarText(earlier)];
  if (now === null || then === null) return canonical(value) !== canonical(earlier);
  const compared = order(now, then);
  return compared === null ? now !== then : compared < 0;
}
