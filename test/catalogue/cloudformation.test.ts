import { describe, expect, test } from 'vitest';
import { providerOf } from '../../src/catalogue/catalogue.ts';
import { catalogue } from './catalogue-under-test.ts';
import { changeOf, deletionOf } from './sample.ts';

test.each([
  ['aws_db_instance', 'aws'],
  ['random_id', 'random'],
  ['AWS::S3::Bucket', 'AWS'],
  ['Custom::Emptier', 'AWS'],
  ['MongoDB::Atlas::Cluster', 'AWS'],
])('%s is looked up under %s', (type, provider) => {
  expect(providerOf(type)).toBe(provider);
});

test.each([
  ['AWS::RDS::DBInstance', 'data', 'critical'],
  ['AWS::S3::Bucket', 'data', 'critical'],
  ['AWS::DynamoDB::Table', 'data', 'critical'],
  ['AWS::KMS::Key', 'identity', 'critical'],
  ['AWS::IAM::Policy', 'control', 'high'],
  ['AWS::CloudFormation::Stack', 'unknown', 'critical'],
  ['MongoDB::Atlas::Cluster', 'data', 'critical'],
  ['Custom::Emptier', 'unknown', 'high'],
])('%s holds %s, and its loss is %s', (type, holds, severity) => {
  expect(catalogue.assess(deletionOf(type, {}))).toMatchObject({ holds, severity, fate: 'destroyed' });
});

test('the fate is what the document says, with its own words for it', () => {
  const change = deletionOf(
    'AWS::RDS::DBCluster',
    { DeletionPolicy: 'Retain' },
    { fateBecause: 'PolicyAction is Delete' },
  );
  expect(catalogue.assess(change)).toMatchObject({
    fate: 'destroyed',
    fateBecause: 'PolicyAction is Delete',
  });
});

describe('protections', () => {
  const disarmed = (type: string, before: Record<string, string>, after: Record<string, string>) =>
    catalogue.assess(changeOf(type, { before, after })).disarmed.map(({ kind, says }) => `${kind}: ${says}`);

  test.each([
    ['AWS::RDS::DBInstance', 'DeletionProtection', 'true', 'false'],
    ['AWS::RDS::DBInstance', 'BackupRetentionPeriod', '14', '1'],
    ['AWS::DynamoDB::Table', 'DeletionProtectionEnabled', 'true', 'false'],
    ['AWS::Cognito::UserPool', 'DeletionProtection', 'ACTIVE', 'INACTIVE'],
    ['AWS::Logs::LogGroup', 'RetentionInDays', '365', '7'],
    ['AWS::ECR::Repository', 'EmptyOnDelete', 'false', 'true'],
    ['AWS::SNS::Topic', 'DeletionPolicy', 'RetainExceptOnCreate', 'Delete'],
  ])('%s %s from %s to %s is one taken away, and not the other way round', (type, name, from, to) => {
    expect(disarmed(type, { [name]: from }, { [name]: to })).toHaveLength(1);
    expect(disarmed(type, { [name]: to }, { [name]: from })).toEqual([]);
  });

  test('RDS takes a snapshot by default, so leaving the DeletionPolicy out is no loss there', () => {
    expect(disarmed('AWS::RDS::DBCluster', { DeletionPolicy: 'Snapshot' }, {})).toEqual([]);
    expect(disarmed('AWS::RDS::DBCluster', { UpdateReplacePolicy: 'Snapshot' }, {})).toHaveLength(1);
    expect(disarmed('AWS::Redshift::Cluster', { DeletionPolicy: 'Snapshot' }, {})).toHaveLength(1);
  });

  test('one whose old value is not told may be taken away, unless the new one guards', () => {
    const name = 'DeletionProtectionEnabled';
    const told = (after: Record<string, string>, isKnown: boolean) =>
      catalogue.assess(
        changeOf(
          'AWS::DynamoDB::Table',
          { after, afterUnknown: isKnown ? {} : { [name]: true } },
          { beforeUnknown: new Map([[name, true]]) },
        ),
      ).disarmed.length;
    expect(told({}, false)).toBe(1);
    expect(told({ [name]: 'false' }, true)).toBe(1);
    expect(told({ [name]: 'true' }, true)).toBe(0);
  });

  test('one that still stands is told', () => {
    const { standing } = catalogue.assess(deletionOf('AWS::RDS::DBInstance', { DeletionProtection: 'true' }));
    expect(standing).toEqual([expect.stringContaining('DeletionProtection is true')]);
  });
});
