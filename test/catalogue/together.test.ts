import { describe, expect, test } from 'vitest';
import { findingsOfChange } from '../../src/catalogue/evaluate.ts';
import { catalogue } from './catalogue-under-test.ts';
import { changeOf, deletionOf, subjectOf } from './sample.ts';

const bareOf = (type: string, before: Parameters<typeof deletionOf>[1]) =>
  catalogue.assess(deletionOf(type, before)).bare;

describe('protection that was taken off before a destruction', () => {
  test.each([
    ['aws_sqs_queue', { force_destroy: true }, ['force_destroy is true']],
    ['aws_s3_bucket', { force_destroy: true }, ['force_destroy is true']],
    ['aws_db_instance', { skip_final_snapshot: true }, ['skip_final_snapshot is true']],
    ['aws_secretsmanager_secret', { recovery_window_in_days: 0 }, ['recovery_window_in_days is 0']],
    ['google_sql_database_instance', { deletion_protection: false }, ['deletion_protection is false']],
    ['acme_gadget', { force_destroy: true }, ['force_destroy is true']],
  ])('%s %o', (type, before, bare) => {
    expect(bareOf(type, before)).toEqual(bare);
  });

  test.each([
    ['what is so by default', 'aws_db_instance', { deletion_protection: false }],
    ['what is safe', 'aws_s3_bucket', { force_destroy: false }],
    ['what is not set', 'aws_s3_bucket', {}],
    ['an unset value', 'aws_s3_bucket', { force_destroy: null }],
  ])('is not: %s', (_, type, before) => {
    expect(bareOf(type, before)).toEqual([]);
  });

  test('makes the loss of any data critical, and is said', () => {
    const change = deletionOf('aws_efs_access_point_store', { force_destroy: true });
    const subject = {
      ...subjectOf(change),
      assessment: { ...catalogue.assess(change), holds: 'data' as const, severity: 'medium' as const },
    };
    expect(findingsOfChange(catalogue.rules, subject, new Map(), 0)).toMatchObject([
      {
        rule: 'CP001',
        severity: 'critical',
        message: expect.stringContaining('its protection was taken off before (force_destroy is true)'),
      },
    ]);
  });
});

test.each([
  ['aws_db_snapshot', {}, true],
  ['aws_backup_vault', {}, true],
  ['aws_db_instance', { replicate_source_db: 'orders' }, true],
  ['AWS::RDS::DBInstance', { SourceDBInstanceIdentifier: 'orders' }, true],
  ['google_compute_snapshot', {}, true],
  ['aws_db_instance', { replicate_source_db: '' }, false],
  ['aws_backup_selection', {}, false],
  ['aws_s3_bucket', {}, false],
  ['azurerm_key_vault', {}, false],
  ['aws_dms_replication_instance', {}, false],
  ['aws_elasticache_replication_group', {}, false],
])('%s with %o is a copy: %s', (type, before, isCopy) => {
  expect(catalogue.assess(deletionOf(type, before)).isCopy).toBe(isCopy);
});

describe('the name that an object itself has', () => {
  test.each([
    ['aws_db_instance', { identifier: 'orders', name: 'x' }, 'identifier="orders"'],
    ['aws_s3_bucket', { bucket: 'orders' }, 'bucket="orders"'],
    ['acme_gadget', { name: '' }, null],
    ['acme_gadget', { name: 7 }, null],
  ])('%s %o', (type, before, name) => {
    expect(catalogue.assess(deletionOf(type, before)).ownName).toBe(name);
  });

  test('is that of the new object where none exists, and none where it is secret', () => {
    const made = changeOf('aws_s3_bucket', { after: { bucket: 'orders' } }, { effect: 'create' });
    expect(catalogue.assess(made).ownName).toBe('bucket="orders"');
    const secret = deletionOf('aws_s3_bucket', { bucket: 'orders' }, { beforeSensitive: true });
    expect(catalogue.assess(secret).ownName).toBeNull();
  });
});

describe('disruptions in place', () => {
  const says = (type: string, before: object, after: object) =>
    catalogue
      .assess(changeOf(type, { before: { ...before }, after: { ...after } }))
      .disruptions.map(({ effect }) => effect);

  test.each([
    ['aws_db_instance', { instance_class: 'a' }, { instance_class: 'b' }, ['reboot']],
    ['aws_route53_record', { records: ['1.2.3.4'] }, { records: ['5.6.7.8'] }, ['traffic_shift']],
    ['AWS::RDS::DBInstance', { DBInstanceClass: 'a' }, { DBInstanceClass: 'b' }, ['some_interruptions']],
    ['aws_db_instance', { instance_class: 'a' }, { instance_class: 'a' }, []],
    ['aws_db_instance', {}, { instance_class: 'a' }, []],
    ['aws_db_instance', { backup_retention_period: 7 }, { backup_retention_period: 30 }, []],
  ])('%s %o to %o: %j', (type, before, after, effects) => {
    expect(says(type, before, after)).toEqual(effects);
  });
});
