import { describe, expect, test } from 'vitest';
import { FATES } from '../../src/model/change.ts';
import { catalogue } from './catalogue-under-test.ts';
import { changeOf, deletionOf, type json } from './sample.ts';

type Plain = Parameters<typeof json>[0];
const fateOf = (type: string, before: Plain) => catalogue.assess(deletionOf(type, before));

describe('the fate of a destroyed object, by what was set before', () => {
  test.each<[string, Plain, string]>([
    ['aws_db_instance', { skip_final_snapshot: false, final_snapshot_identifier: 'last' }, 'snapshotted'],
    ['aws_db_instance', { skip_final_snapshot: false, final_snapshot_identifier: null }, 'destroyed'],
    ['aws_db_instance', { skip_final_snapshot: false, final_snapshot_identifier: '' }, 'destroyed'],
    ['aws_db_instance', { skip_final_snapshot: true, final_snapshot_identifier: 'last' }, 'destroyed'],
    ['aws_db_instance', { final_snapshot_identifier: 'last' }, 'destroyed'],
    ['aws_db_instance', {}, 'destroyed'],
    ['aws_rds_cluster', { skip_final_snapshot: false, final_snapshot_identifier: 'last' }, 'snapshotted'],
    ['aws_docdb_cluster', { skip_final_snapshot: false, final_snapshot_identifier: 'last' }, 'snapshotted'],
    ['aws_neptune_cluster', { skip_final_snapshot: false, final_snapshot_identifier: 'last' }, 'snapshotted'],
    [
      'aws_redshift_cluster',
      { skip_final_snapshot: false, final_snapshot_identifier: 'last' },
      'snapshotted',
    ],
    ['aws_elasticache_replication_group', { final_snapshot_identifier: 'last' }, 'snapshotted'],
    ['aws_elasticache_replication_group', {}, 'destroyed'],
    ['aws_memorydb_cluster', { final_snapshot_name: 'last' }, 'snapshotted'],
    ['aws_cloudwatch_log_group', { skip_destroy: true }, 'orphaned'],
    ['aws_cloudwatch_log_group', { skip_destroy: false }, 'destroyed'],
    ['aws_eks_addon', { preserve: true }, 'orphaned'],
    ['aws_cloudfront_distribution', { retain_on_delete: true }, 'orphaned'],
    ['google_compute_network', { deletion_policy: 'ABANDON' }, 'orphaned'],
    ['google_compute_network', { deletion_policy: 'DELETE' }, 'destroyed'],
    ['google_firestore_database', {}, 'destroyed'],
    [
      'google_sql_database_instance',
      { settings: [{ final_backup_config: [{ enabled: true }] }] },
      'snapshotted',
    ],
    ['google_sql_database_instance', { settings: [{ final_backup_config: [] }] }, 'destroyed'],
    ['acme_vault', { skip_destroy: true }, 'destroyed'],
  ])('%s %j is %s', (type, before, fate) => {
    expect(fateOf(type, before).fate).toBe(fate);
  });

  test('nothing is taken from after: a value set by this change comes too late', () => {
    const change = changeOf(
      'aws_db_instance',
      {
        before: { skip_final_snapshot: true },
        after: { skip_final_snapshot: false, final_snapshot_identifier: 'last' },
      },
      { effect: 'replace', fate: 'destroyed' },
    );
    expect(catalogue.assess(change).fate).toBe('destroyed');
  });

  test.each(FATES.filter((fate) => fate !== 'destroyed'))(
    'a fate that the document tells stays: %s',
    (fate) => {
      const before = { skip_final_snapshot: false, final_snapshot_identifier: 'last' };
      expect(catalogue.assess(deletionOf('aws_db_instance', before, { fate })).fate).toBe(fate);
    },
  );
});

describe('why', () => {
  test.each<[string, Plain, RegExp]>([
    ['aws_kms_key', { deletion_window_in_days: 7 }, /for 7 days its deletion can be cancelled/],
    ['aws_kms_key', {}, /an unknown number of days/],
    ['aws_secretsmanager_secret', { recovery_window_in_days: 0 }, /at once/],
    ['aws_secretsmanager_secret', { recovery_window_in_days: 30 }, /restored for 30 days/],
    ['aws_s3_bucket', { force_destroy: true }, /all objects/],
    [
      'aws_db_instance',
      { skip_final_snapshot: true, delete_automated_backups: false },
      /automated backups stay/,
    ],
  ])('%s %j', (type, before, because) => {
    expect(fateOf(type, before)).toMatchObject({
      fate: 'destroyed',
      fateBecause: expect.stringMatching(because),
    });
  });

  test('a text in the place of an amount is not told', () => {
    expect(fateOf('aws_kms_key', { deletion_window_in_days: 'hunter2' }).fateBecause).not.toContain(
      'hunter2',
    );
  });
});

describe('protections that stand', () => {
  test.each<[string, Plain, RegExp]>([
    ['aws_db_instance', { deletion_protection: true }, /^deletion_protection is true: .* apply of its own$/],
    ['aws_lb', { enable_deletion_protection: true }, /refuses/],
    ['aws_s3_bucket', { force_destroy: false }, /fails while it holds objects/],
    ['google_compute_network', { deletion_policy: 'PREVENT' }, /PREVENT/],
    ['aws_cognito_user_pool', { deletion_protection: 'ACTIVE' }, /ACTIVE/],
  ])('%s %j', (type, before, says) => {
    expect(fateOf(type, before).standing).toEqual([expect.stringMatching(says)]);
  });

  test.each<[string, Plain]>([
    ['aws_db_instance', { deletion_protection: false }],
    ['aws_db_instance', {}],
    ['aws_s3_bucket', { force_destroy: true }],
  ])('none: %s %j', (type, before) => {
    expect(fateOf(type, before).standing).toEqual([]);
  });
});
