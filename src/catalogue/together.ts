import type { Effect } from '../model/change.ts';
import type { JudgedChange } from '../model/report.ts';
import { GUARDS } from './protection.ts';
import type { SetSubject } from './subject.ts';

/** Copies, and the data that they are copies of or might be, that go in one change set. */
export interface Copies {
  readonly copies: readonly JudgedChange[];
  readonly originals: readonly JudgedChange[];
}

/** Both are empty where only one of them is destroyed. */
export function copiesLost({ changes }: SetSubject): Copies {
  const lost = changes.filter(isLost);
  const copies = lost.filter(({ isCopy }) => isCopy === true);
  const originals = lost.filter(({ isCopy, holds }) => isCopy !== true && holds === 'data');
  return copies.length === 0 || originals.length === 0
    ? { copies: [], originals: [] }
    : { copies, originals };
}

/** Changes that take protection away, and destructions of data or keys, in one change set. */
export interface Disarming {
  readonly disarming: readonly JudgedChange[];
  readonly destroyed: readonly JudgedChange[];
}

export function disarmedAndDestroyed({ changes }: SetSubject): Disarming {
  const destroyed = changes.filter(
    (one) => isLost(one) && (one.holds === 'data' || one.holds === 'identity'),
  );
  const disarming = changes.filter((one) => one.environment.treatedAsProduction && isDisarming(one));
  return disarming.length === 0 || destroyed.length === 0
    ? { disarming: [], destroyed: [] }
    : { disarming, destroyed };
}

const isLost = ({ effect, fate, environment, mode, deposed }: JudgedChange): boolean =>
  LOSING.has(effect) &&
  fate !== 'orphaned' &&
  fate !== 'kept' &&
  mode === 'managed' &&
  deposed === null &&
  environment.treatedAsProduction;

const LOSING: ReadonlySet<Effect> = new Set(['delete', 'replace', 'unknown']);

const isDisarming = ({ effect, disarmed, type }: JudgedChange): boolean =>
  effect === 'update'
    ? disarmed.some(({ kind }) => OF_OBJECT.has(kind))
    : effect === 'delete' && GUARD_TYPE.test(type);

/** A shorter retention drops what is old, and opens the way to no destruction. */
const OF_OBJECT: ReadonlySet<string> = new Set(
  Object.entries(GUARDS).flatMap(([kind, of]) => (of === 'object' && kind !== 'retention' ? [kind] : [])),
);

/** Resources that are nothing but a protection of another one. */
const GUARD_TYPE =
  /_versioning$|object_lock|_lock$|_lock_configuration$|legal_hold|backup_(?:selection|plan|policy|schedule|protected_)|_backup_protected_|automated_backups_replication|snapshot_(?:schedule|policy)|resource_policy_attachment$|_replication_configuration$|lien$/;
