import { describe, expect, test } from 'vitest';
import { EFFECTS } from '../../../src/model/change.ts';
import type { Json } from '../../../src/model/json.ts';
import { fateOf, type Taken } from '../../../src/readers/cloudformation/fate.ts';

const taken = (more: Partial<Taken>): Taken => ({
  effect: 'delete',
  type: 'AWS::DynamoDB::Table',
  policyAction: null,
  before: null,
  after: null,
  ...more,
});
const side = (members: Record<string, Json>): Taken['before'] => new Map(Object.entries(members));
const fate = (more: Partial<Taken>): string => fateOf(taken(more)).fate;

describe('PolicyAction', () => {
  test.each([
    ['Delete', 'destroyed', 'unknown'],
    ['Retain', 'orphaned', 'unknown'],
    ['Snapshot', 'snapshotted', 'unknown'],
    ['ReplaceAndDelete', 'unknown', 'destroyed'],
    ['ReplaceAndRetain', 'unknown', 'orphaned'],
    ['ReplaceAndSnapshot', 'unknown', 'snapshotted'],
    ['Explode', 'unknown', 'unknown'],
  ])('%s: a removal is %s, a replacement %s', (policyAction, removed, replaced) => {
    expect(fate({ policyAction })).toBe(removed);
    expect(fate({ policyAction, effect: 'replace' })).toBe(replaced);
  });

  test('counts before the policies', () => {
    const policies = side({ DeletionPolicy: 'Retain', UpdateReplacePolicy: 'Retain' });
    expect(fate({ policyAction: 'Delete', before: policies, after: policies })).toBe('destroyed');
  });
});

describe('without a PolicyAction the policies count', () => {
  test.each([
    ['Delete', 'destroyed'],
    ['Retain', 'orphaned'],
    ['RetainExceptOnCreate', 'orphaned'],
    ['Snapshot', 'snapshotted'],
    ['Explode', 'unknown'],
  ])('%s means %s', (policy, expected) => {
    expect(fate({ before: side({ DeletionPolicy: policy }) })).toBe(expected);
    expect(fate({ effect: 'replace', after: side({ UpdateReplacePolicy: policy }) })).toBe(expected);
  });

  test('a removal goes by the old DeletionPolicy alone', () => {
    const before = side({ DeletionPolicy: 'Delete', UpdateReplacePolicy: 'Retain' });
    expect(fate({ before, after: side({ DeletionPolicy: 'Retain' }) })).toBe('destroyed');
  });

  test('a replacement goes by the new UpdateReplacePolicy alone', () => {
    const before = side({ UpdateReplacePolicy: 'Retain', DeletionPolicy: 'Retain' });
    const after = side({ UpdateReplacePolicy: 'Delete', DeletionPolicy: 'Retain' });
    expect(fate({ effect: 'replace', before, after })).toBe('destroyed');
    expect(fate({ effect: 'replace', before, after: side({ DeletionPolicy: 'Retain' }) })).toBe('destroyed');
  });

  test('a policy that is no text is not believed', () => {
    expect(fate({ before: side({ DeletionPolicy: true }) })).toBe('unknown');
  });

  test.each([
    ['AWS::RDS::DBCluster', {}, 'snapshotted'],
    ['AWS::RDS::DBInstance', {}, 'snapshotted'],
    ['AWS::RDS::DBInstance', { DBClusterIdentifier: 'c' }, 'destroyed'],
    ['AWS::Redshift::Cluster', {}, 'destroyed'],
    ['AWS::EC2::Volume', {}, 'destroyed'],
  ])('%s with %j is by default %s on removal, and destroyed in a replacement', (type, members, expected) => {
    expect(fate({ type, before: side(members) })).toBe(expected);
    expect(fate({ type, effect: 'replace', after: side(members) })).toBe('destroyed');
  });

  test.each(['AWS::RDS::DBCluster', 'AWS::S3::Bucket'])(
    '%s: where nothing is told it is destroyed',
    (type) => {
      expect(fate({ type })).toBe('destroyed');
      expect(fate({ type, effect: 'replace' })).toBe('destroyed');
    },
  );
});

test('a nested stack that goes takes nobody knows what with it', () => {
  const type = 'AWS::CloudFormation::Stack';
  expect(fate({ type, policyAction: 'Delete' })).toBe('unknown');
  expect(fate({ type })).toBe('unknown');
  expect(fate({ type, effect: 'replace', policyAction: 'ReplaceAndDelete' })).toBe('unknown');
  expect(fate({ type, policyAction: 'Retain' })).toBe('orphaned');
});

test.each(EFFECTS.filter((effect) => effect !== 'delete' && effect !== 'replace'))(
  '%s takes nothing away, and no policy changes that',
  (effect) => {
    const expected = { unknown: 'unknown', forget: 'orphaned' }[effect as string] ?? 'kept';
    expect(fate({ effect })).toBe(expected);
    expect(fate({ effect, policyAction: 'Delete' })).toBe(expected);
  },
);
