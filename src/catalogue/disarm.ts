import type { Change, Value } from '../model/change.ts';
import type { Json, Path } from '../model/json.ts';
import type { Disarmed } from '../model/report.ts';
import { isEmpty, isMarkedAlong, type Leaf, leavesAt, type Names, scalarText, written } from './path.ts';
import type { Protection } from './protection.ts';
import { transition, worded } from './transition.ts';
import { valueSeen } from './value.ts';
import { isGuarded, isWeakened } from './weakened.ts';

type MayShow = (path: Path, value: Json) => boolean;

/** The protections that an update takes away. In a replacement or a deletion they go with the object: see its fate. */
export function disarmedBy(
  change: Change,
  protections: readonly Protection[],
  mayShow: MayShow,
): readonly Disarmed[] {
  if (change.effect !== 'update') return [];
  const found = protections.flatMap((row) => {
    const before = isMarkedAlong(change.beforeUnknown, row.names) ? null : leavesAt(change.before, row.names);
    const after = isMarkedAlong(change.afterUnknown, row.names) ? null : leavesAt(change.after, row.names);
    return isGone(row, before, after) ? [disarmed(change, row, before, after, mayShow)] : [];
  });
  return found
    .filter(({ names }) => !found.some((other) => other.isRemoved && isInside(names, other.names)))
    .map(({ told }) => told);
}

/** Null where the values are not told. What may have protected and may not do so after counts as taken away. */
function isGone(row: Protection, before: readonly Leaf[] | null, after: readonly Leaf[] | null): boolean {
  if (before === null) return after === null || !isGuarded(row, after.map(valueAt));
  if (after === null) return isGuarded(row, before.map(valueAt));
  return isWeakened(row, before.map(valueAt), after.map(valueAt));
}

interface Found {
  readonly names: Names;
  /** What was set is not set any more: then nothing inside of it needs to be told as well. */
  readonly isRemoved: boolean;
  readonly told: Disarmed;
}

const isInside = (names: Names, outer: Names): boolean =>
  names.length > outer.length && outer.every((name, index) => names[index] === name);

const valueAt = ({ value }: Leaf): Json | undefined => value;

/** A side is null where it is not told, as that after a change mostly is not before it is made. */
function disarmed(
  change: Change,
  row: Protection,
  before: readonly Leaf[] | null,
  after: readonly Leaf[] | null,
  mayShow: MayShow,
): Found {
  const path = before?.length === 1 && before[0] !== undefined ? before[0].path : row.names;
  const isShown = (value: Json): boolean => isWordOf(row, value) || mayShow(path, value);
  const from = before === null ? UNKNOWN : valueSeen(before, change.beforeSensitive, isShown);
  const to = after === null ? UNKNOWN : valueSeen(after, change.afterSensitive, isShown);
  const isRemoved = after?.every(({ value }) => isEmpty(value)) ?? false;
  const goes = isRemoved ? `was ${worded(from)} and is removed` : transition(from, to);
  const later = row.readOnDestroy ? ': a later destroy goes by it' : '';
  const says = `${written(path)} ${goes}${later}`;
  return { names: row.names, isRemoved, told: { path, kind: row.kind, before: from, after: to, says } };
}

const UNKNOWN: Value = { exact: 'unknown', visibility: 'unknown' };

/** Flags, amounts and the very words of the table carry no secret. */
function isWordOf(row: Protection, value: Json): boolean {
  if (typeof value !== 'string') return scalarText(value) !== null;
  return [...row.safe, ...row.unsafe, row.fallback].includes(value);
}
