import { canonical, isObject, type Json } from '../../model/json.ts';
import { isEmpty } from '../path.ts';

/** An element of a list, and where it stands in it. */
export interface Element {
  readonly index: number;
  readonly value: Json;
}
export type Pair = readonly [before: Element, after: Element];

/** Two lists side by side: what changed into what, and what has no like on the other side. */
export interface Compared {
  readonly pairs: readonly Pair[];
  readonly lost: readonly Element[];
}

/**
 * Elements that are the same on both sides are left out, in whatever order they stand. The others are paired by their
 * names; what has none, by its place, where as many came as went.
 */
export function comparedLists(was: readonly Json[], now: readonly Json[]): Compared {
  const { gone, fresh } = unmatched(was, now);
  const isCertain = was.length <= now.length && gone.length === fresh.length;
  const named = pairsByName(gone, fresh);
  const left = { gone: without(gone, named, 0), fresh: without(fresh, named, 1) };
  const placed = isCertain ? pairsByPlace(left.gone, left.fresh) : [];
  return { pairs: [...named, ...placed], lost: without(left.gone, placed, 0) };
}

const without = (elements: readonly Element[], pairs: readonly Pair[], side: 0 | 1): readonly Element[] => {
  const paired = new Set(pairs.map((pair) => pair[side]));
  return elements.filter((one) => !paired.has(one));
};

function unmatched(was: readonly Json[], now: readonly Json[]): { gone: Element[]; fresh: Element[] } {
  const left = new Map<string, number>();
  for (const value of now) {
    const key = canonical(value);
    left.set(key, (left.get(key) ?? 0) + 1);
  }
  const gone = was.flatMap((value, index) => (taken(left, canonical(value)) ? [] : [{ index, value }]));
  const fresh = now.flatMap((value, index) => (taken(left, canonical(value)) ? [{ index, value }] : []));
  return { gone, fresh };
}

/** Takes one of a kind off the count, if there is one. */
function taken(left: Map<string, number>, key: string): boolean {
  const count = left.get(key) ?? 0;
  if (count > 0) left.set(key, count - 1);
  return count > 0;
}

function pairsByName(gone: readonly Element[], fresh: readonly Element[]): readonly Pair[] {
  const free = new Map(fresh.map((one) => [identityOf(one.value), one]));
  return gone.flatMap((one): Pair[] => {
    const identity = identityOf(one.value);
    const to = identity === null ? undefined : free.get(identity);
    if (to === undefined) return [];
    free.delete(identity);
    return [[one, to]];
  });
}

/** Two elements that both have a name, and another one each, are not the same one changed. */
const pairsByPlace = (gone: readonly Element[], fresh: readonly Element[]): readonly Pair[] =>
  gone.flatMap((one, place): Pair[] => {
    const to = fresh[place];
    return to === undefined || (isNamed(one.value) && isNamed(to.value)) ? [] : [[one, to]];
  });

/** Members by which people and providers tell the elements of a list apart; the first are names that nobody edits. */
const NAMES = ['Sid', 'sid', 'name', 'Name', 'rule_name', 'key', 'id', 'Id', 'role'];
const IDENTITIES = [
  ...NAMES,
  'port',
  'priority',
  'rule_number',
  'rule_no',
  'type',
  'path',
  'region',
  'region_name',
];

function identityOf(value: Json): string | null {
  if (!isObject(value)) return null;
  const name = IDENTITIES.find((one) => !isEmpty(value.get(one)));
  return name === undefined ? null : `${name}=${canonical(value.get(name))}`;
}

const isNamed = (value: Json): boolean => isObject(value) && NAMES.some((one) => !isEmpty(value.get(one)));
