import { describe, expect, test } from 'vitest';
import { findingsOfChange } from '../../src/catalogue/evaluate.ts';
import type { Cause, Change } from '../../src/model/change.ts';
import type { Json } from '../../src/model/json.ts';
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

test('whatever is found, there is advice', () => {
  for (const rule of catalogue.rules) {
    const always = rule.instead.some(({ expects }) => Object.keys(expects).length === 0);
    if (!CONDITIONAL.has(rule.id)) expect(always, rule.id).toBe(true);
  }
  for (const effect of ['delete', 'replace'] as const) {
    for (const causes of [[], [removed], [forcedBy('name')]]) {
      for (const type of ['aws_lb', 'aws_instance', 'aws_iam_role'])
        expect(adviceOn(deletionOf(type, {}, { effect, causes })), `${type} ${effect}`).not.toBe('');
    }
  }
});

/** Of these each alternative has advice of its own. */
const CONDITIONAL = new Set(['CP004', 'CP005', 'CP006', 'CP012']);
