import { describe, expect, test } from 'vitest';
import { parseProtections } from '../../src/catalogue/protection.ts';
import { catalogue, readTable } from './catalogue-under-test.ts';
import { changeOf, deletionOf } from './sample.ts';

/** What surprises people about the providers, and what the catalogue therefore has to say. */
const google = parseProtections(readTable, 'protections/google.tsv');
const aws = parseProtections(readTable, 'protections/aws.tsv');
const rowOf = (lookup: typeof google, type: string, path: string) =>
  lookup(type).find((row) => row.path === path);

test('what is read on destroy is marked so', () => {
  expect(rowOf(aws, 'aws_db_instance', 'skip_final_snapshot')?.readOnDestroy).toBe(true);
  expect(rowOf(aws, 'aws_db_instance', 'deletion_protection')?.readOnDestroy).toBe(false);
});

describe('deletion_policy of Google', () => {
  test('is known for every type, most of which delete by default', () => {
    expect(rowOf(google, 'google_compute_network', 'deletion_policy')?.fallback).toBe('DELETE');
  });

  test.each([
    'google_project',
    'google_secure_source_manager_instance',
    'google_secure_source_manager_repository',
  ])('%s prevents by default, so taking the line away is no loss', (type) => {
    expect(rowOf(google, type, 'deletion_policy')?.fallback).toBe('PREVENT');
    const removed = changeOf(type, { before: { deletion_policy: 'PREVENT' }, after: {} });
    expect(catalogue.assess(removed).disarmed).toEqual([]);
  });

  test('google_firestore_database abandons by default', () => {
    expect(rowOf(google, 'google_firestore_database', 'deletion_policy')?.fallback).toBe('ABANDON');
  });
});

test.each([
  'google_sql_database_instance',
  'google_container_cluster',
  'google_alloydb_cluster',
  'google_bigquery_table',
  'google_bigtable_instance',
  'google_spanner_database',
  'google_cloud_run_v2_service',
  'google_folder',
])('%s is protected by default', (type) => {
  expect(rowOf(google, type, 'deletion_protection')?.fallback).toBe('true');
});

test.each(['google_compute_instance', 'google_secret_manager_secret'])('%s is not', (type) => {
  expect(rowOf(google, type, 'deletion_protection')?.fallback).toBe('false');
});

test.each([
  ['aws_qldb_ledger', 'deletion_protection', 'true'],
  ['aws_cloudtrail_event_data_store', 'termination_protection_enabled', 'true'],
  ['aws_quicksight_account_settings', 'termination_protection_enabled', 'true'],
  ['aws_lb', 'enable_deletion_protection', 'false'],
  ['aws_db_instance', 'delete_automated_backups', 'true'],
  ['aws_fsx_lustre_file_system', 'skip_final_backup', 'true'],
  ['aws_fms_policy', 'delete_all_policy_resources', 'true'],
  ['aws_instance', 'root_block_device.delete_on_termination', 'true'],
])('%s %s is %s by default', (type, path, fallback) => {
  expect(rowOf(aws, type, path)?.fallback).toBe(fallback);
});

test('disable_api_termination is not said to stop every provider', () => {
  const { standing } = catalogue.assess(deletionOf('aws_instance', { disable_api_termination: true }));
  expect(standing).toEqual([expect.stringContaining('switch that off by themselves')]);
});

test('force_destroy of aws_dsql_cluster goes past its protection', () => {
  const before = { deletion_protection_enabled: true, force_destroy: true };
  const { standing, fate } = catalogue.assess(deletionOf('aws_dsql_cluster', before));
  expect(standing).toEqual([expect.stringContaining('destroys it all the same')]);
  expect(fate).toBe('destroyed');
});

test('skip_destroy means the opposite of force_destroy', () => {
  const update = (attribute: string, from: boolean) =>
    catalogue.assess(
      changeOf(attribute === 'skip_destroy' ? 'aws_cloudwatch_log_group' : 'aws_s3_bucket', {
        before: { [attribute]: from },
        after: { [attribute]: !from },
      }),
    ).disarmed;
  expect(update('skip_destroy', true)).toHaveLength(1);
  expect(update('skip_destroy', false)).toEqual([]);
  expect(update('force_destroy', true)).toEqual([]);
  expect(update('force_destroy', false)).toHaveLength(1);
});

test.each(['aws_elasticache_cluster', 'aws_elasticache_replication_group', 'aws_memorydb_cluster'])(
  '%s takes no final snapshot unless one is named',
  (type) => {
    expect(catalogue.assess(deletionOf(type, {})).fate).toBe('destroyed');
  },
);

describe('what is set by the change that destroys comes too late', () => {
  test.each([
    [
      'aws_db_instance',
      { skip_final_snapshot: true },
      { skip_final_snapshot: false, final_snapshot_identifier: 'x' },
    ],
    ['aws_ebs_volume', { final_snapshot: false }, { final_snapshot: true }],
    ['google_compute_network', { deletion_policy: 'DELETE' }, { deletion_policy: 'ABANDON' }],
  ])('%s', (type, before, after) => {
    const replaced = changeOf(type, { before, after }, { effect: 'replace', fate: 'destroyed' });
    expect(catalogue.assess(replaced).fate).toBe('destroyed');
  });
});

test.each(['aws_db_instance', 'aws_rds_cluster'])(
  'apply_immediately lets the destroy of %s go past protection that was put on elsewhere',
  (type) => {
    const before = { deletion_protection: false, apply_immediately: true };
    expect(catalogue.assess(deletionOf(type, before)).standing).toEqual([
      expect.stringContaining('outside of Terraform'),
    ]);
  },
);

test.each([
  ['azurerm_key_vault_key', 'purges'],
  ['azurerm_key_vault_secret', 'purges'],
  ['azurerm_key_vault_certificate', 'purges'],
  ['azurerm_linux_virtual_machine', 'OS disk'],
])('the features of the Azure provider decide on %s, and are not in the change', (type, says) => {
  const { fate, fateBecause } = catalogue.assess(deletionOf(type, {}));
  expect(fate).toBe('destroyed');
  expect(fateBecause).toContain(says);
  expect(fateBecause).toContain('features');
});

describe('CloudFormation', () => {
  test('keeps nothing of a replaced database by default, whatever DeletionPolicy is', () => {
    const removed = changeOf('AWS::RDS::DBInstance', {
      before: { UpdateReplacePolicy: 'Snapshot' },
      after: {},
    });
    expect(catalogue.assess(removed).disarmed.map(({ kind }) => kind)).toEqual(['deletion_protection']);
  });

  test('takes snapshots of eight types only', () => {
    const told = catalogue.rules.flatMap(({ instead }) =>
      instead.filter(({ text }) => text.startsWith('This type knows the policy Snapshot')),
    );
    expect(told.map(({ expects }) => (expects['type'] as readonly string[]).length)).toEqual([8]);
  });

  test('replaces a database for another port, which Terraform changes in place', () => {
    const row = readTable('replacement/aws.tsv')
      .split('\n')
      .find((line) => line.startsWith('AWS::RDS::DBInstance\t'));
    expect(row?.split('\t').slice(2, 4).join(' ').split(' ')).toContain('Port');
    const port = changeOf('aws_db_instance', { before: { port: 5432 }, after: { port: 5433 } });
    expect(catalogue.assess(port).disruptions.map(({ effect }) => effect)).toEqual(['reboot']);
  });
});
