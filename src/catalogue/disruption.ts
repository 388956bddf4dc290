import type { Change, Value } from '../model/change.ts';
import { canonical, type Json, type Path } from '../model/json.ts';
import { isEmpty, isMarkedAlong, type Leaf, leavesAt, type Names, namesOf, written } from './path.ts';
import type { Protection, ProtectionKind } from './protection.ts';
import { rowsByType } from './side-by-side.ts';
import { aText, coversType, oneOf, type ReadTable } from './table.ts';
import { transition } from './transition.ts';
import { valueSeen } from './value.ts';
import { isWeakened } from './weakened.ts';

/** What an update does to what runs, though nothing is destroyed. */
export interface Disruption {
  readonly effect: DisruptionEffect;
  readonly says: string;
}

/** How each is told. The first lose something, the others interrupt. */
const EFFECTS = {
  data_loss: 'loss of data',
  backup_loss: 'loss of backups',
  data_divergence: 'copies part',
  privilege_widening: 'change of rights',
  exposure: 'exposure',
  lockout: 'lock-out',
  control_loss: 'loss of control',
  some_interruptions: 'interruption',
  outage: 'outage',
  rolling_restart: 'rolling restart',
  capacity: 'change of capacity',
  traffic_shift: 'shift of traffic',
  restart: 'restart',
  data_movement: 'data moved',
  stop_start: 'stop and start',
  reboot: 'reboot',
  failover: 'failover',
  nested_change: 'change inside',
  blue_green: 'switch to a copy',
  control_plane_upgrade: 'upgrade of the control plane',
  schema_change: 'change of schema',
  name_change: 'change of name',
  consistency_change: 'change of consistency',
  duplicate_work: 'work done twice',
} as const;
export type DisruptionEffect = keyof typeof EFFECTS;
export const DISRUPTIONS = Object.keys(EFFECTS) as readonly DisruptionEffect[];

export interface DisruptionRow {
  /** A type, or a pattern such as `google_*`. */
  readonly type: string;
  readonly names: Names;
  readonly effect: DisruptionEffect;
  /** When, or what else; empty where nothing more is known. */
  readonly what: string;
}

const COLUMNS = ['path', 'effect', 'what'] as const;

export type Disruptions = (
  change: Change,
  judged: readonly Protection[],
  mayShow: (path: Path, value: Json) => boolean,
) => readonly Disruption[];

const NAME = 'disruptions.tsv';

/** Every row of `rules/disruptions.tsv`, one for each type that it is for. */
export const disruptionsIn = (read: ReadTable): readonly DisruptionRow[] =>
  rowsByType(read, NAME, COLUMNS, ['path']).map((row) =>
    disruptionOf(row, `${NAME} ${row.type} ${row.path}`),
  );

/** `rules/disruptions.tsv`. Whether a protection of a path in `judged` goes is told elsewhere, and not twice. */
export const parseDisruptions = (read: ReadTable): Disruptions => disruptionsBy(disruptionsIn(read));

/** A row of the table: type, path, effect, what. */
export function disruptionOf(
  row: Readonly<Record<string, string | undefined>>,
  where: string,
): DisruptionRow {
  const what = aText(row['what'], where);
  return {
    type: aText(row['type'], where),
    names: namesOf(aText(row['path'], where)),
    effect: oneOf(DISRUPTIONS, row['effect'], where),
    what: what === '-' ? '' : what,
  };
}

export function disruptionsBy(rows: readonly DisruptionRow[]): Disruptions {
  return (change, protections, mayShow) => {
    if (change.effect !== 'update') return [];
    return rows.flatMap((row) => {
      if (!coversType(row.type, change.type)) return [];
      const own = protections.find(({ path }) => path === row.names.join('.'));
      if (OF_PROTECTION.has(row.effect) && own !== undefined) return [];
      const before = leavesAt(change.before, row.names);
      const isUnknown = isMarkedAlong(change.afterUnknown, row.names);
      const after = leavesAt(change.after, row.names);
      const values = (leaves: typeof before): string =>
        leaves.map(({ value }) => (isEmpty(value) ? '' : canonical(value))).join();
      // What was not set is set for the first time: nothing that runs goes by it yet.
      if (before.every(({ value }) => isEmpty(value))) return [];
      if (!isUnknown && values(before) === values(after)) return [];
      // What lets more in locks nobody out.
      if (row.effect === 'lockout' && !isUnknown && own !== undefined && opens(own, before, after)) return [];
      const path = before[0]?.path ?? row.names;
      const isShown = (value: Json): boolean => mayShow(path, value);
      const from = valueSeen(before, change.beforeSensitive, isShown);
      const to: Value = isUnknown ? UNKNOWN : valueSeen(after, change.afterSensitive, isShown);
      const because = row.what === '' ? '' : ` (${row.what})`;
      return [
        {
          effect: row.effect,
          says: `${written(path)} ${transition(from, to)}: ${EFFECTS[row.effect]}${because}`,
        },
      ];
    });
  };
}

const OF_PROTECTION: ReadonlySet<string> = new Set([
  'data_loss',
  'backup_loss',
  'exposure',
  'privilege_widening',
]);

const OPENED: ReadonlySet<ProtectionKind> = new Set(['public_access', 'access']);

const opens = (row: Protection, before: readonly Leaf[], after: readonly Leaf[]): boolean =>
  OPENED.has(row.kind) &&
  isWeakened(
    row,
    before.map(({ value }) => value),
    after.map(({ value }) => value),
  );

const UNKNOWN: Value = { exact: 'unknown', visibility: 'unknown' };
