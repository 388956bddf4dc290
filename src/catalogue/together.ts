import type { Effect } from '../model/change.ts';
import type { JudgedChange } from '../model/report.ts';
import { callsOf, providerOf } from './kin.ts';
import { GUARDS } from './protection.ts';
import type { SetSubject } from './subject.ts';

/** Copies, and the data that they are copies of or might be, that go in one change set. */
export interface Copies {
  readonly copies: readonly JudgedChange[];
  readonly originals: readonly JudgedChange[];
  /** Whether the copies say themselves of what they are copies; else they only stand together. */
  readonly isKnown: boolean;
}

/** All are empty where only one of them is destroyed, or where each copy is one of something that stays. */
export const copiesLost = askedOnce((changes): Copies => {
  const lost = changes.filter(isLost);
  const copies = lost.filter(({ isCopy }) => isCopy === true);
  if (copies.length === 0) return { copies: [], originals: [], isKnown: false };
  const originals = lost.filter(({ isCopy, holds }) => isCopy !== true && holds === 'data');
  const named = byReference(copies, lost, (copy) => copy.kin?.copyOf ?? []);
  if (named.of.length > 0) return { copies: named.of, originals: named.to, isKnown: true };
  // A vault or a plan of backups does not say what is in it.
  const silent = copies.filter(
    (copy) =>
      (copy.kin?.copyOf ?? []).length === 0 && originals.some((one) => providerOf(one) === providerOf(copy)),
  );
  if (silent.length === 0) return { copies: [], originals: [], isKnown: false };
  const providers = new Set(silent.map(providerOf));
  const near = originals.filter((one) => providers.has(providerOf(one)));
  return { copies: silent, originals: near, isKnown: false };
});

/** Changes that take protection away, and destructions of data or keys, in one change set. */
export interface Disarming {
  readonly disarming: readonly JudgedChange[];
  readonly destroyed: readonly JudgedChange[];
  /** Whether what was disarmed and what is destroyed refer to each other; else they only stand together. */
  readonly isKnown: boolean;
}

export const disarmedAndDestroyed = askedOnce((changes): Disarming => {
  const disarming = changes.filter((one) => one.environment.treatedAsProduction && isDisarming(one));
  if (disarming.length === 0) return { disarming: [], destroyed: [], isKnown: false };
  const destroyed = changes.filter(
    (one) => isLost(one) && (one.holds === 'data' || one.holds === 'identity'),
  );
  if (destroyed.length === 0) return { disarming: [], destroyed: [], isKnown: false };
  const there = byReference(disarming, destroyed, ({ kin }) => kin?.about ?? []);
  const back = byReference(destroyed, disarming, ({ kin }) => kin?.about ?? []);
  const known = new Set([...there.of, ...back.to]);
  if (known.size === 0) return { disarming, destroyed, isKnown: false };
  const hit = new Set([...there.to, ...back.of]);
  return {
    disarming: disarming.filter((one) => known.has(one)),
    destroyed: destroyed.filter((one) => hit.has(one)),
    isKnown: true,
  };
});

/** Which of these refer to which of those, and which are referred to. In time of both together, not of each with each. */
function byReference(
  from: readonly JudgedChange[],
  to: readonly JudgedChange[],
  textsOf: (change: JudgedChange) => readonly string[],
): { readonly of: readonly JudgedChange[]; readonly to: readonly JudgedChange[] } {
  const called = callsOf(to);
  const hit = new Set<JudgedChange>();
  const of = from.filter((one) => {
    const found = called(textsOf(one), providerOf(one)).filter((other) => other !== one);
    for (const other of found) hit.add(other);
    return found.length > 0;
  });
  return { of, to: to.filter((one) => hit.has(one)) };
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

/** Conditions and texts of one rule ask for the same, one after the other. */
function askedOnce<Found>(find: (changes: readonly JudgedChange[]) => Found): (subject: SetSubject) => Found {
  const found = new WeakMap<SetSubject, Found>();
  return (subject) => {
    const known = found.get(subject) ?? find(subject.changes);
    found.set(subject, known);
    return known;
  };
}
