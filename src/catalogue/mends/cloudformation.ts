import type { MendRow } from '../mend.ts';

const BOTH = ['cloudformation', 'cdk'] as const;
const CDK = ['cdk'] as const;
const GONE = ['destroyed', 'unknown'] as const;

/** The types that know the policy Snapshot. */
const SNAPSHOTS: readonly string[] = [
  'AWS::DocDB::DBCluster',
  'AWS::EC2::Volume',
  'AWS::ElastiCache::CacheCluster',
  'AWS::ElastiCache::ReplicationGroup',
  'AWS::Neptune::DBCluster',
  'AWS::RDS::DBCluster',
  'AWS::RDS::DBInstance',
  'AWS::Redshift::Cluster',
];

/** What can be written instead, for CloudFormation and CDK. */
export const CLOUDFORMATION_MENDS: readonly MendRow[] = [
  {
    id: 'override-logical-id',
    when: { kind: CDK, effect: ['delete'], renamed: true },
    language: 'typescript',
    says: ({ rename }) =>
      `It looks renamed or moved: ${idOf(rename?.to ?? '')} is made anew. This keeps its logical id, and then nothing is destroyed.`,
    code: ({ rename }) => {
      const id = plainId(rename?.from ?? '');
      if (id === null) return null;
      return `const resource = construct.node.defaultChild as cdk.CfnResource; // the construct that was renamed\nresource.overrideLogicalId('${id}');`;
    },
  },
  {
    id: 'keep-logical-id',
    when: { kind: ['cloudformation'], effect: ['delete'], renamed: true },
    language: 'yaml',
    says: ({ rename }) =>
      `It looks renamed: ${idOf(rename?.to ?? '')} is made anew. Keep its logical id, and nothing is destroyed; of a CDK app, with overrideLogicalId.`,
    code: ({ change }) => resource(change.address, [`Type: ${change.type}`]),
  },
  {
    id: 'deletion-policy',
    when: { kind: BOTH, effect: ['delete'], fate: GONE, renamed: false },
    language: 'yaml',
    says: () =>
      'If it must live on without this template: in a change set of its own, before this one and with the resource still in it. A removal goes by the template that is deployed.',
    code: ({ change }) => resource(change.address, ['DeletionPolicy: Retain']),
  },
  {
    id: 'update-replace-policy',
    when: { kind: BOTH, effect: ['replace'], fate: GONE },
    language: 'yaml',
    says: () =>
      'The old one then stays as it is, unmanaged. The new one is empty all the same: its content is yours to move.',
    code: ({ change }) => resource(change.address, ['UpdateReplacePolicy: Retain']),
  },
  {
    id: 'snapshot-policy',
    when: { kind: BOTH, effect: ['delete', 'replace'], fate: GONE, types: SNAPSHOTS },
    language: 'yaml',
    says: ({ change }) =>
      `Or have a last snapshot taken when it goes${change.effect === 'delete' ? ', also in a change set of its own, before this one' : ''}.`,
    code: ({ change }) =>
      resource(change.address, [
        `${change.effect === 'delete' ? 'DeletionPolicy' : 'UpdateReplacePolicy'}: Snapshot`,
      ]),
  },
  {
    id: 'removal-policy',
    when: { kind: CDK, effect: ['delete', 'replace'], fate: GONE },
    language: 'typescript',
    says: ({ change }) =>
      `In the CDK app, the same as the policy above${change.effect === 'delete' ? ': deploy it before the construct is taken out' : ''}.`,
    code: () => 'construct.applyRemovalPolicy(cdk.RemovalPolicy.RETAIN);',
  },
];

const idOf = (address: string): string => address.slice(address.lastIndexOf('/') + 1);

const plainId = (address: string): string | null => {
  const id = idOf(address);
  return /^[A-Za-z0-9]+$/.test(id) ? id : null;
};

function resource(address: string, lines: readonly string[]): string | null {
  const id = plainId(address);
  if (id === null || lines.some((line) => !/^[\w:. ]+$/.test(line))) return null;
  return [
    'Resources:',
    `  ${id}:`,
    '    # … what stands there now',
    ...lines.map((line) => `    ${line}`),
  ].join('\n');
}
