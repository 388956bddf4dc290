import { describe, expect, test } from 'vitest';
import { catalogue } from './catalogue-under-test.ts';
import { changeOf, type json } from './sample.ts';

type Plain = Parameters<typeof json>[0];

/** Kind → what it says, for an update from before to after. */
const disarmedBy = (type: string, before: Plain, after: Plain, more: Parameters<typeof changeOf>[1] = {}) =>
  catalogue.assess(changeOf(type, { before, after, ...more })).disarmed;
const kindsOf = (...update: Parameters<typeof disarmedBy>) => disarmedBy(...update).map(({ kind }) => kind);

describe('an update that disarms', () => {
  test.each<[string, string, Plain, Plain, readonly string[]]>([
    [
      'deletion protection off',
      'aws_db_instance',
      { deletion_protection: true },
      { deletion_protection: false },
      ['deletion_protection'],
    ],
    [
      'deletion protection removed',
      'aws_db_instance',
      { deletion_protection: true },
      {},
      ['deletion_protection'],
    ],
    [
      'final snapshot skipped',
      'aws_db_instance',
      { skip_final_snapshot: false },
      { skip_final_snapshot: true },
      ['final_snapshot'],
    ],
    [
      'backups of the database off',
      'aws_db_instance',
      { backup_retention_period: 7 },
      { backup_retention_period: 0 },
      ['backup'],
    ],
    [
      'force_destroy on',
      'aws_s3_bucket',
      { force_destroy: false },
      { force_destroy: true },
      ['force_destroy'],
    ],
    [
      'force_destroy on, where it was never set',
      'aws_s3_bucket',
      {},
      { force_destroy: true },
      ['force_destroy'],
    ],
    [
      'versioning suspended',
      'aws_s3_bucket_versioning',
      { versioning_configuration: [{ status: 'Enabled' }] },
      { versioning_configuration: [{ status: 'Suspended' }] },
      ['versioning'],
    ],
    [
      'recovery point off by its block',
      'aws_dynamodb_table',
      { point_in_time_recovery: [{ enabled: true }] },
      { point_in_time_recovery: [] },
      ['backup'],
    ],
    [
      'recovery window cut to nothing',
      'aws_secretsmanager_secret',
      { recovery_window_in_days: 30 },
      { recovery_window_in_days: 0 },
      ['recovery_window'],
    ],
    [
      'logs kept for ever, then for days',
      'aws_cloudwatch_log_group',
      { retention_in_days: 0 },
      { retention_in_days: 7 },
      ['retention'],
    ],
    [
      'capacity to nothing',
      'aws_autoscaling_group',
      { desired_capacity: 4 },
      { desired_capacity: 0 },
      ['capacity'],
    ],
    [
      'open to the world',
      'aws_security_group',
      { ingress: [{ cidr_blocks: ['10.0.0.0/8'] }] },
      { ingress: [{ cidr_blocks: ['0.0.0.0/0'] }] },
      ['public_access'],
    ],
    [
      'a Google policy of the pattern row',
      'google_compute_network',
      { deletion_policy: 'PREVENT' },
      { deletion_policy: 'DELETE' },
      ['deletion_protection'],
    ],
    [
      'one that kept the object',
      'google_compute_network',
      { deletion_policy: 'ABANDON' },
      { deletion_policy: 'DELETE' },
      ['deletion_protection'],
    ],
    [
      'the service side of Cloud SQL',
      'google_sql_database_instance',
      { settings: [{ deletion_protection_enabled: true }] },
      { settings: [{ deletion_protection_enabled: false }] },
      ['deletion_protection'],
    ],
    [
      'purge protection of a vault',
      'azurerm_recovery_services_vault',
      { immutability: 'Locked' },
      { immutability: 'Disabled' },
      ['deletion_protection'],
    ],
    [
      'a topic that forgets sooner',
      'confluent_kafka_topic',
      { config: { 'retention.ms': '604800000' } },
      { config: { 'retention.ms': '1000' } },
      ['retention'],
    ],
  ])('%s', (_, type, before, after, kinds) => {
    expect(kindsOf(type, before, after)).toEqual(kinds);
  });
});

describe('a type that no table has disarms by the names of its attributes', () => {
  test.each<[string, Plain, Plain, string]>([
    ['protection off', { deletion_protection: true }, { deletion_protection: false }, 'deletion_protection'],
    ['protection removed', { delete_protection: true }, {}, 'deletion_protection'],
    ['force on', {}, { force_destroy: true }, 'force_destroy'],
    ['no last snapshot', { skip_final_snapshot: false }, { skip_final_snapshot: true }, 'final_snapshot'],
    ['fewer backups', { backup_retention_period: 7 }, { backup_retention_period: 1 }, 'backup'],
    ['backups off by the block', { backup_policy: [{ at: '03:00' }] }, { backup_policy: [] }, 'backup'],
    ['shorter retention', { retention_in_days: 30 }, { retention_in_days: 1 }, 'retention'],
    ['no versions', { versioning: [{ enabled: true }] }, { versioning: [{ enabled: false }] }, 'versioning'],
    ['public', { publicly_accessible: false }, { publicly_accessible: true }, 'public_access'],
    ['open', { allowed_cidrs: ['10.0.0.0/8'] }, { allowed_cidrs: ['0.0.0.0/0'] }, 'public_access'],
    ['to nothing', { desired_count: 3 }, { desired_count: 0 }, 'capacity'],
    ['one zone', { multi_az: true }, { multi_az: false }, 'replicas'],
    ['no logs', { enable_logging: true }, { enable_logging: false }, 'logging'],
    ['another key', { kms_key_id: 'a' }, { kms_key_id: 'b' }, 'encryption_key'],
    ['in a block', { settings: [{ multi_az: true }] }, { settings: [{ multi_az: false }] }, 'replicas'],
    [
      'open in a block',
      { rule: [{ source_ips: [] }] },
      { rule: [{ source_ips: ['::/0'] }] },
      'public_access',
    ],
    ['as CloudFormation names it', { BackupRetentionPeriod: 7 }, { BackupRetentionPeriod: 0 }, 'backup'],
  ])('%s', (_, before, after, kind) => {
    expect(kindsOf('acme_gadget', before, after)).toContain(kind);
  });

  test('where a table has the attribute, the table decides', () => {
    const forEver = ['aws_cloudwatch_log_group', { retention_in_days: 7 }, { retention_in_days: 0 }] as const;
    expect(kindsOf(...forEver)).toEqual([]);
  });
});

describe('an update that does not', () => {
  test.each<[string, string, Plain, Plain]>([
    ['protection on', 'aws_db_instance', { deletion_protection: false }, { deletion_protection: true }],
    ['longer backups', 'aws_db_instance', { backup_retention_period: 7 }, { backup_retention_period: 30 }],
    [
      'logs kept for ever from now on',
      'aws_cloudwatch_log_group',
      { retention_in_days: 7 },
      { retention_in_days: 0 },
    ],
    ['off, written out', 'aws_db_instance', {}, { deletion_protection: false }],
  ])('%s', (_, type, before, after) => {
    expect(kindsOf(type, before, after)).toEqual([]);
  });

  test.each(['delete', 'replace', 'create', 'none'] as const)('%s', (effect) => {
    const sides = { before: { deletion_protection: true }, after: { deletion_protection: false } };
    expect(catalogue.assess(changeOf('aws_db_instance', sides, { effect })).disarmed).toEqual([]);
  });
});

describe('a value that is decided only while applying', () => {
  const before = { deletion_protection: true };

  test.each<[string, Plain, Plain]>([
    ['left out of after', {}, { deletion_protection: true }],
    ['null in after', { deletion_protection: null }, { deletion_protection: true }],
    ['all of it unknown', {}, true],
  ])('counts as disarmed: %s', (_, after, afterUnknown) => {
    const [first] = disarmedBy('aws_db_instance', before, after, { afterUnknown });
    expect(first).toMatchObject({ kind: 'deletion_protection', after: { visibility: 'unknown' } });
    expect(first?.says).toContain('known only while applying');
  });

  test('is no loss where nothing protected before', () => {
    const unknown = { afterUnknown: { deletion_protection: true } };
    expect(kindsOf('aws_db_instance', { deletion_protection: false }, {}, unknown)).toEqual([]);
  });

  test('in a block counts too', () => {
    const unknown = { afterUnknown: { versioning_configuration: [{ status: true }] } };
    const enabled = { versioning_configuration: [{ status: 'Enabled' }] };
    expect(kindsOf('aws_s3_bucket_versioning', enabled, { versioning_configuration: [{}] }, unknown)).toEqual(
      ['versioning'],
    );
  });
});

describe('what is told', () => {
  test('is the path, from, to, and that a later destroy goes by it', () => {
    const [first] = disarmedBy(
      'aws_db_instance',
      { skip_final_snapshot: false },
      { skip_final_snapshot: true },
    );
    expect(first).toEqual({
      path: ['skip_final_snapshot'],
      kind: 'final_snapshot',
      before: { exact: 'false', visibility: 'shown' },
      after: { exact: 'true', visibility: 'shown' },
      says: 'skip_final_snapshot goes from false to true: a later destroy goes by it',
    });
  });

  test('has the index of the one block', () => {
    const [first] = disarmedBy(
      'aws_s3_bucket_versioning',
      { versioning_configuration: [{ status: 'Enabled' }] },
      { versioning_configuration: [{ status: 'Suspended' }] },
    );
    expect(first?.path).toEqual(['versioning_configuration', 0, 'status']);
  });

  test('is a removed block once, and not all that was in it', () => {
    const block = { point_in_time_recovery: [{ enabled: true, recovery_period_in_days: 35 }] };
    const told = disarmedBy('aws_dynamodb_table', block, { point_in_time_recovery: [] });
    expect(told.map(({ says }) => says)).toEqual([
      'point_in_time_recovery was a value that is not shown and is removed',
    ]);
  });

  test('holds no sensitive value', () => {
    const [first] = disarmedBy(
      'aws_db_instance',
      { deletion_protection: true },
      { deletion_protection: false },
      { beforeSensitive: { deletion_protection: true }, afterSensitive: { deletion_protection: true } },
    );
    expect([first?.before.visibility, first?.after.visibility]).toEqual(['sensitive', 'sensitive']);
    expect(first?.says).not.toMatch(/true|false/);
  });

  test('holds no value of an attribute that may not be shown', () => {
    const [first] = disarmedBy(
      'aws_cloudtrail',
      { cloud_watch_logs_group_arn: 'hunter2', kms_key_id: 'x', s3_bucket_name: 'a' },
      { cloud_watch_logs_group_arn: '', kms_key_id: 'x', s3_bucket_name: 'a' },
    );
    expect(first?.kind).toBe('logging');
    expect(first?.says).not.toContain('hunter2');
  });
});
