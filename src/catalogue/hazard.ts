import type { Declared } from '../model/change.ts';
import { isObject, text } from '../model/json.ts';
import type { Hazard, HazardId } from '../model/report.ts';
import { isMarkedAlong, leavesAt, type Names } from './path.ts';
import type { Protection } from './protection.ts';
import type { TypeFacts } from './types.ts';
import { isGuarded } from './weakened.ts';

/**
 * The properties that have to be looked at for the hazards of a resource, beside its policies, tags and names; null where
 * nothing of it has to. What an app has to resolve for them is what they cost it.
 */
export type HazardNeeds = readonly Names[] | null;

export function needsOf(
  type: string,
  { severity, holds }: TypeFacts,
  protections: () => readonly Protection[],
): HazardNeeds {
  if (EMPTYING.has(type)) return [];
  if (!PRECIOUS.has(severity)) return null;
  const switches = protections().filter(isSwitch);
  return switches.length > 0 || holds === 'data' ? switches.map(({ names }) => names) : null;
}

/** What a declaration says, as far as it makes a later mistake costly: a logical id that changes, a replacement, a deleted stack. */
export function hazardsOf(
  declared: Declared,
  facts: TypeFacts,
  protections: () => readonly Protection[],
): readonly Hazard[] {
  const { change } = declared;
  const hazard = (id: HazardId, says: string): Hazard => ({
    id,
    address: change.address,
    type: change.type,
    construct: change.construct ?? null,
    says,
    instead: INSTEAD[id],
  });
  // Only a stack that is deployed by itself has it.
  const termination = isObject(change.after) ? change.after.get('TerminationProtection') : undefined;
  if (change.type === 'AWS::CloudFormation::Stack')
    return termination === false ? [hazard('termination-protection', TERMINATION)] : [];
  if (EMPTYING.has(change.type)) return [hazard('empties-on-delete', `${EMPTYING.get(change.type)}`)];
  if (!PRECIOUS.has(facts.severity)) return [];
  return [
    ...(facts.holds === 'data' ? policyHazards(declared, facts, hazard) : []),
    ...protections().flatMap((row) => {
      if (!isSwitch(row) || isMarkedAlong(change.afterUnknown, row.names)) return [];
      const values = leavesAt(change.after, row.names).map(({ value }) => value);
      return isGuarded(row, values)
        ? []
        : [hazard('protection-off', `${row.path} is not ${row.safe.join(' or ')}`)];
    }),
    ...(facts.holds === 'data' && declared.fixedName !== null
      ? [
          hazard(
            'fixed-name',
            `${declared.fixedName} is fixed: a replacement cannot be made beside it, so the old one has to go first`,
          ),
        ]
      : []),
  ];
}

const TERMINATION = 'termination protection is off: one call deletes the stack with all that it holds';

type Make = (id: HazardId, says: string) => Hazard;

function policyHazards({ change }: Declared, { loses }: TypeFacts, hazard: Make): readonly Hazard[] {
  return POLICIES.flatMap(([id, policy, when]) => {
    if (isMarkedAlong(change.afterUnknown, [policy])) return [];
    const word = text(change.after, policy);
    const isDefault = word === null && !(isObject(change.after) && change.after.has(policy));
    if (isDefault && policy === 'DeletionPolicy' && SNAPSHOT_BY_DEFAULT.has(change.type)) return [];
    if (word !== 'Delete' && !isDefault) return [];
    const is = isDefault ? `${policy} is not set, and Delete is the default` : `${policy} is Delete`;
    return [hazard(id, `${is}: ${when} (${loses})`)];
  });
}

const POLICIES: readonly (readonly [HazardId, string, string])[] = [
  ['removal-policy', 'DeletionPolicy', 'it goes with its logical id, or with its stack'],
  ['replace-policy', 'UpdateReplacePolicy', 'a replacement destroys the old one'],
];

const INSTEAD: Readonly<Record<HazardId, string>> = {
  'removal-policy': 'removalPolicy: RemovalPolicy.RETAIN, or applyRemovalPolicy on the construct',
  'replace-policy':
    'removalPolicy: RemovalPolicy.RETAIN sets both policies; on an L1 construct applyRemovalPolicy does',
  'protection-off': 'turn it on in the code of the app',
  'fixed-name': 'leave the name to CloudFormation, or keep the properties that replace as they are',
  'empties-on-delete': 'leave out autoDeleteObjects, or emptyOnDelete',
  'termination-protection': 'terminationProtection: true in the properties of the stack',
};

/** What CDK puts beside a bucket or a repository so that CloudFormation can delete it with all that is in it. */
const EMPTYING: ReadonlyMap<string, string> = new Map([
  [
    'Custom::S3AutoDeleteObjects',
    'a custom resource deletes every object of the bucket before the bucket goes',
  ],
  ['Custom::ECRAutoDeleteImages', 'a custom resource deletes every image of the repository before it goes'],
]);

/** A setting that is on or off by itself, and guards the object or what can be restored of it. */
const isSwitch = ({ type, kind, path, safe }: Protection): boolean =>
  !type.endsWith('*') &&
  (kind === 'deletion_protection' ||
    kind === 'force_destroy' ||
    (kind === 'backup' && safe.includes('true') && /PointInTime|ContinuousBackup/.test(path)));

const PRECIOUS: ReadonlySet<string> = new Set(['critical', 'high']);
const SNAPSHOT_BY_DEFAULT: ReadonlySet<string> = new Set(['AWS::RDS::DBCluster', 'AWS::RDS::DBInstance']);
