import type { Effect, Fate } from '../../model/change.ts';
import { type JsonObject, text } from '../../model/json.ts';

export interface FateOf {
  readonly fate: Fate;
  readonly because: string;
}

/** What the document says of an object that is taken away. */
export interface Taken {
  readonly effect: Effect;
  readonly type: string;
  readonly policyAction: string | null;
  /** The resource as the deployed template has it, and as the new one will; null where the document has no values. */
  readonly before: JsonObject | null;
  readonly after: JsonObject | null;
}

/**
 * What becomes of the object that exists. PolicyAction says it; descriptions of before it existed leave it to the
 * policies: a removal goes by the DeletionPolicy that is deployed, a replacement by the UpdateReplacePolicy of the new
 * template. A word that nobody has seen, or one that does not fit the effect, makes the fate unknown.
 */
export function fateOf(taken: Taken): FateOf {
  const { effect, type } = taken;
  if (effect !== 'delete' && effect !== 'replace') return NOT_TAKEN[effect];
  const told = inWords(taken.policyAction === null ? byPolicy(taken) : byAction(effect, taken.policyAction));
  if (type !== STACK || told.fate !== 'destroyed') return told;
  return { fate: 'unknown', because: `${told.because}: the whole nested stack goes, with all that it holds` };
}

/** The setting alone does not say what it comes to, where something stays. */
const inWords = ({ fate, because }: FateOf): FateOf => ({ fate, because: `${STAYS[fate]}${because}` });

const STAYS: Readonly<Record<Fate, string>> = {
  kept: '',
  orphaned: 'the object stays: ',
  snapshotted: 'a last snapshot stays: ',
  destroyed: '',
  unknown: '',
};

/** A resource that stands for a whole stack: its own line says nothing of what is in it. */
export const STACK = 'AWS::CloudFormation::Stack';

const KEPT: FateOf = { fate: 'kept', because: 'the change set leaves the object in place' };
const NOT_TAKEN: Readonly<Record<Exclude<Effect, 'delete' | 'replace'>, FateOf>> = {
  none: KEPT,
  read: KEPT,
  create: KEPT,
  import: KEPT,
  move: KEPT,
  update: KEPT,
  forget: { fate: 'orphaned', because: 'the change set lets go of the object' },
  unknown: { fate: 'unknown', because: 'the change set does not say what becomes of the object' },
};

const ACTION_FATES: Readonly<Record<'delete' | 'replace', ReadonlyMap<string, Fate>>> = {
  delete: new Map<string, Fate>([
    ['Delete', 'destroyed'],
    ['Retain', 'orphaned'],
    ['Snapshot', 'snapshotted'],
  ]),
  replace: new Map<string, Fate>([
    ['ReplaceAndDelete', 'destroyed'],
    ['ReplaceAndRetain', 'orphaned'],
    ['ReplaceAndSnapshot', 'snapshotted'],
  ]),
};

function byAction(effect: 'delete' | 'replace', policyAction: string): FateOf {
  const fate = ACTION_FATES[effect].get(policyAction) ?? 'unknown';
  return { fate, because: `PolicyAction is ${policyAction}` };
}

const POLICY_FATES: ReadonlyMap<string, Fate> = new Map<string, Fate>([
  ['Delete', 'destroyed'],
  ['Retain', 'orphaned'],
  ['RetainExceptOnCreate', 'orphaned'],
  ['Snapshot', 'snapshotted'],
]);

function byPolicy({ effect, type, before, after }: Taken): FateOf {
  const [name, side] = effect === 'delete' ? ['DeletionPolicy', before] : ['UpdateReplacePolicy', after];
  if (side === null)
    return {
      fate: 'destroyed',
      because: `the change set tells no PolicyAction and no ${name}: Delete is the default`,
    };
  if ((side.get(name) ?? null) === null) {
    const snapshot = effect === 'delete' && isSnapshotByDefault(type, side);
    return {
      fate: snapshot ? 'snapshotted' : 'destroyed',
      because: `${name} is not set: ${snapshot ? 'Snapshot' : 'Delete'} is the default`,
    };
  }
  const policy = text(side, name);
  const fate = policy === null ? undefined : POLICY_FATES.get(policy);
  return { fate: fate ?? 'unknown', because: `${name} is ${policy ?? 'no text'}` };
}

/** Of RDS alone, and not of an instance that is part of a cluster. */
const isSnapshotByDefault = (type: string, before: JsonObject): boolean =>
  type === 'AWS::RDS::DBCluster' ||
  (type === 'AWS::RDS::DBInstance' && (before.get('DBClusterIdentifier') ?? null) === null);
