import { describe, expect, test } from 'vitest';
import { findingsOfChange, findingsOfSet } from '../../src/catalogue/evaluate.ts';
import type { SetSubject } from '../../src/catalogue/subject.ts';
import { type Cause, type Change, EFFECTS } from '../../src/model/change.ts';
import type { Json } from '../../src/model/json.ts';
import type { Counts } from '../../src/model/report.ts';
import { catalogue } from './catalogue-under-test.ts';
import { changeOf, deletionOf, subjectOf } from './sample.ts';

const value = { exact: '1', visibility: 'private' } as const;
const forcedBy = (...path: (string | number)[]): Cause => ({
  kind: 'attribute',
  path,
  before: value,
  after: value,
});
const removed: Cause = { kind: 'reason', reason: 'delete_because_no_resource_config', says: 'x' };
const replaced: Partial<Change> = { effect: 'replace', order: 'delete-first' };

const adviceOn = (change: Change): string =>
  findingsOfChange(catalogue.rules, subjectOf(change), new Map(), 0)
    .flatMap(({ instead }) => instead)
    .join('\n');
const databaseWith = (more: Partial<Change>, before: Record<string, boolean> = {}) =>
  adviceOn(deletionOf('aws_db_instance', before, more));

describe('advice is given where it fits', () => {
  test('a rename is thought of where the code is gone, not in a replacement, and not in a whole destroy', () => {
    expect(databaseWith({ causes: [removed] })).toContain('moved block');
    expect(databaseWith({ ...replaced, causes: [forcedBy('engine')] })).not.toContain('moved block');
    expect(databaseWith({ causes: [] })).not.toContain('moved block');
  });

  test('a replacement names what forces it, first', () => {
    const advice = databaseWith({ ...replaced, causes: [forcedBy('engine'), forcedBy('tags', 'x\ny')] });
    expect(advice).toMatch(/^Leave engine and tags unchanged/);
  });

  test('a final snapshot only for a type that has one', () => {
    expect(databaseWith({}, { skip_final_snapshot: true })).toContain('skip_final_snapshot');
    expect(adviceOn(deletionOf('aws_s3_bucket', {}))).not.toContain('skip_final_snapshot');
  });

  test('a copy of the data only where there is data', () => {
    expect(adviceOn(deletionOf('aws_s3_bucket', {}))).toContain('Copy the data');
    expect(adviceOn(deletionOf('aws_lb', {}))).not.toContain('Copy the data');
  });

  test('KMS only for its keys', () => {
    expect(adviceOn(deletionOf('aws_kms_key', {}))).toContain('aws kms');
    expect(adviceOn(deletionOf('aws_secretsmanager_secret', {}))).not.toContain('aws kms');
  });

  test('a protection taken away is not spoken of as a destruction', () => {
    const flag = (on: boolean): Json => new Map([['deletion_protection', on]]);
    const change = { ...changeOf('aws_db_instance'), before: flag(true), after: flag(false) };
    expect(adviceOn(change)).toContain('Leave the protection on');
    expect(adviceOn(change)).not.toMatch(/destr/);
  });
});

describe('advice for a change set', () => {
  const reason: Cause = { kind: 'reason', reason: 'attribute Engine', says: 'x' };
  const untold: Partial<Change> = { beforeUnknown: true };
  const types = [
    ['AWS::RDS::DBInstance', 'CP001'],
    ['AWS::KMS::Key', 'CP003'],
    ['AWS::ElasticLoadBalancingV2::LoadBalancer', 'CP004'],
    ['AWS::ECS::Service', 'CP005'],
    ['AWS::IAM::Role', 'CP006'],
    ['Custom::Emptier', 'CP007'],
    ['AWS::CloudFormation::Stack', 'CP021'],
  ] as const;
  const cases = types.flatMap(([type, rule]) =>
    (['delete', 'replace'] as const).flatMap((effect) =>
      [[], [reason], [forcedBy('Engine'), reason]].map((causes) => [type, rule, effect, causes] as const),
    ),
  );

  test.each(cases)('%s (%s), %s: none of Terraform, each step once', (type, rule, effect, causes) => {
    const subject = subjectOf(deletionOf(type, {}, { effect, causes, ...untold }));
    const found = findingsOfChange(catalogue.rules, subject, new Map(), 0);
    expect(found.map((finding) => finding.rule)).toEqual([rule]);
    const steps = found.flatMap(({ instead }) => instead);
    expect(new Set(steps).size).toBe(steps.length);
    expect(steps.join('\n')).not.toMatch(/moved block|removed block|lifecycle|skip_final|state\b|\bapply\b/i);
    expect(steps.join('\n')).toContain('--include-property-values');
    expect(steps.join('\n').includes('DeletionPolicy: Retain in a change set of its own')).toBe(
      effect === 'delete',
    );
  });

  test('and none of templates for what Terraform manages', () => {
    for (const type of [
      'aws_db_instance',
      'aws_kms_key',
      'aws_lb',
      'aws_instance',
      'aws_iam_role',
      'acme_thing',
    ])
      for (const causes of [[], [removed], [forcedBy('name')]])
        for (const effect of ['delete', 'replace'] as const)
          expect(adviceOn(deletionOf(type, {}, { effect, causes }))).not.toMatch(/stack|Policy|change set/);
  });

  test('a last snapshot only of a type that can have one', () => {
    expect(adviceOn(deletionOf('AWS::Redshift::Cluster', {}))).toContain('policy Snapshot');
    expect(adviceOn(deletionOf('AWS::S3::Bucket', {}))).not.toContain('policy Snapshot');
  });

  test('to ask for the values only where they are not told', () => {
    expect(adviceOn(deletionOf('AWS::S3::Bucket', {}))).not.toContain('--include-property-values');
  });
});

test.each([
  ['terraform', 'aws_s3_bucket', /workspace/, /stack/],
  ['cloudformation', 'AWS::S3::Bucket', /stack/, /workspace|moved block/],
] as const)('a mass destruction of %s: check what that has', (kind, type, has, lacks) => {
  const subject = subjectOf(deletionOf(type, {}));
  const more = { findings: [], location: { account: null, region: null }, needsSignOff: false };
  const { change, assessment, environment } = subject;
  const counts = Object.fromEntries(
    EFFECTS.map((effect) => [effect, effect === 'delete' ? 20 : 0]),
  ) as Counts;
  const set: SetSubject = {
    counts,
    facts: { kind, complete: true, hadState: true, vanished: [] as readonly string[] } as SetSubject['facts'],
    changes: Array.from({ length: 20 }, () => ({ ...change, ...assessment, environment, ...more })),
  };
  const found = findingsOfSet(catalogue.rules, set, new Map(), 0);
  expect(found.map(({ rule }) => rule)).toEqual(['CP015']);
  const advice = found.flatMap(({ instead }) => instead).join('\n');
  expect(advice).toMatch(has);
  expect(advice).not.toMatch(lacks);
});

test('whatever is found, there is advice', () => {
  for (const rule of catalogue.rules) {
    const always = rule.instead.some(({ expects }) => Object.keys(expects).length === 0);
    if (!CONDITIONAL.has(rule.id)) expect(always, rule.id).toBe(true);
  }
  for (const effect of ['delete', 'replace'] as const) {
    for (const causes of [[], [removed], [forcedBy('name')]]) {
      for (const type of ['aws_lb', 'aws_instance', 'aws_iam_role', 'AWS::IAM::Role'])
        expect(adviceOn(deletionOf(type, {}, { effect, causes })), `${type} ${effect}`).not.toBe('');
    }
  }
});

/** Of these each alternative, or each kind of tool, has advice of its own. */
const CONDITIONAL = new Set(['CP004', 'CP005', 'CP006', 'CP012', 'CP020']);
