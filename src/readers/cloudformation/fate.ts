import { type Effect, FATES, type Fate } from '../../model/change.ts';
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
  /** The resource as the deployed template has it, and as the new one will. */
  readonly before: Told;
  readonly after: Told;
}

/** What a document tells of a resource: null where it has no values. A transform may make what no template has. */
export type Told = JsonObject | 'not in the template' | null;

/**
 * What becomes of the object that exists. PolicyAction says it, and where a policy that is set says otherwise the worse of
 * the two counts; descriptions of before it existed leave it to the policies: a removal goes by the DeletionPolicy that is
 * deployed, a replacement by the UpdateReplacePolicy of the new template. A word that nobody has seen, or one that does not
 * fit the effect, makes the fate unknown.
 */
export function fateOf(taken: Taken): FateOf {
  const { effect, type } = taken;
  if (effect !== 'delete' && effect !== 'replace') return NOT_TAKEN[effect];
  const told = inWords(
    taken.policyAction === null ? byPolicy(taken) : byBoth({ ...taken, effect }, taken.policyAction),
  );
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

/** AWS makes its PolicyAction from the policy, so where they differ somebody changed the document, or nobody knows. */
function byBoth(taken: Taken & { readonly effect: 'delete' | 'replace' }, policyAction: string): FateOf {
  const action = byAction(taken.effect, policyAction);
  const { name, side } = deciding(taken);
  if (side === null || side === 'not in the template' || text(side, name) === null) return action;
  const policy = byPolicy(taken);
  if (FATES.indexOf(policy.fate) <= FATES.indexOf(action.fate)) return action;
  return { fate: policy.fate, because: `${action.because}, but ${policy.because}` };
}

const deciding = ({ effect, before, after }: Taken): { name: string; side: Told } =>
  effect === 'delete'
    ? { name: 'DeletionPolicy', side: before }
    : { name: 'UpdateReplacePolicy', side: after };

const POLICY_FATES: ReadonlyMap<string, Fate> = new Map<string, Fate>([
  ['Delete', 'destroyed'],
  ['Retain', 'orphaned'],
  ['RetainExceptOnCreate', 'orphaned'],
  ['Snapshot', 'snapshotted'],
]);

function byPolicy(taken: Taken): FateOf {
  const { effect, type } = taken;
  const { name, side } = deciding(taken);
  if (side === 'not in the template')
    return { fate: 'unknown', because: `the template does not have it, so its ${name} is not known` };
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
