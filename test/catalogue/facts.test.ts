import { describe, expect, test } from 'vitest';
import { parseProtections, protectionsIn } from '../../src/catalogue/protection.ts';
import { parseTable } from '../../src/catalogue/table.ts';
import { environmentOf } from '../../src/production/environment.ts';
import { locationOf } from '../../src/production/location.ts';
import { changeSample, policySample, type Told } from '../production/change-samples.ts';
import { catalogue, readTable } from './catalogue-under-test.ts';
import { changeOf, deletionOf } from './sample.ts';

/** What surprises people about the providers, in the order of the list of facts, and what is therefore said. */
const google = parseProtections(readTable, 'protections/google.tsv');
const aws = parseProtections(readTable, 'protections/aws.tsv');
const rowOf = (lookup: typeof google, type: string, path: string) =>
  lookup(type).find((row) => row.path === path);

/** The types that are protected unless somebody writes otherwise. */
const protectedByDefault = (table: string): readonly string[] => [
  ...new Set(
    protectionsIn(readTable, table)
      .filter(
        (row) =>
          row.kind === 'deletion_protection' && /delet|terminat/.test(row.path) && row.safe.includes('true'),
      )
      .filter((row) => row.fallback === 'true')
      .map(({ type }) => type),
  ),
];

describe('fact 1: what is read on destroy is read from the state', () => {
  test('and the tables say so', () => {
    expect(rowOf(aws, 'aws_db_instance', 'skip_final_snapshot')?.readOnDestroy).toBe(true);
    expect(rowOf(aws, 'aws_s3_bucket', 'force_destroy')?.readOnDestroy).toBe(true);
    expect(rowOf(aws, 'aws_db_instance', 'deletion_protection')?.readOnDestroy).toBe(false);
  });

  const LATE: readonly [string, Record<string, string | boolean>, Record<string, string | boolean>][] = [
    [
      'aws_db_instance',
      { skip_final_snapshot: true },
      { skip_final_snapshot: false, final_snapshot_identifier: 'x' },
    ],
    ['aws_ebs_volume', { final_snapshot: false }, { final_snapshot: true }],
    ['google_compute_network', { deletion_policy: 'DELETE' }, { deletion_policy: 'ABANDON' }],
  ];

  test.each(LATE)('%s: what the change that replaces it sets comes too late', (type, before, after) => {
    const replaced = changeOf(type, { before, after }, { effect: 'replace', fate: 'destroyed' });
    expect(catalogue.assess(replaced).fate).toBe('destroyed');
  });

  test.each(LATE)('%s: what it takes off comes too late as well', (type, after, before) => {
    const replaced = changeOf(type, { before, after }, { effect: 'replace', fate: 'destroyed' });
    expect(catalogue.assess(replaced).fate).not.toBe('destroyed');
  });
});

describe('fact 2: deletion_policy of Google', () => {
  test('is known for every type, most of which delete by default', () => {
    expect(rowOf(google, 'google_compute_network', 'deletion_policy')?.fallback).toBe('DELETE');
  });

  test('ABANDON deletes nothing, though the plan says delete', () => {
    expect(catalogue.assess(deletionOf('google_compute_network', { deletion_policy: 'ABANDON' })).fate).toBe(
      'orphaned',
    );
    expect(catalogue.assess(deletionOf('google_compute_network', { deletion_policy: 'DELETE' })).fate).toBe(
      'destroyed',
    );
  });

  test.each([
    'google_project',
    'google_secure_source_manager_instance',
    'google_secure_source_manager_repository',
    'google_oracle_database_goldengate_deployment',
  ])('%s prevents by default, so taking the line away is no loss', (type) => {
    expect(rowOf(google, type, 'deletion_policy')?.fallback).toBe('PREVENT');
    const removed = changeOf(type, { before: { deletion_policy: 'PREVENT' }, after: {} });
    expect(catalogue.assess(removed).disarmed).toEqual([]);
  });

  test('google_firestore_database abandons by default', () => {
    expect(rowOf(google, 'google_firestore_database', 'deletion_policy')?.fallback).toBe('ABANDON');
  });
});

describe('fact 3: 28 more types of Google are protected by default', () => {
  test('and no other', () => {
    const listed = protectedByDefault('protections/google.tsv');
    expect(listed).toHaveLength(28);
    for (const type of [
      'google_sql_database_instance',
      'google_container_cluster',
      'google_alloydb_cluster',
      'google_bigquery_table',
      'google_bigtable_instance',
      'google_spanner_database',
      'google_cloud_run_v2_service',
      'google_folder',
    ])
      expect(listed).toContain(type);
  });

  test('so that taking the line away is no loss, and writing false is', () => {
    const update = (after: Record<string, boolean>) =>
      catalogue.assess(
        changeOf('google_sql_database_instance', { before: { deletion_protection: true }, after }),
      ).disarmed;
    expect(update({})).toEqual([]);
    expect(update({ deletion_protection: false })).toHaveLength(1);
  });

  test.each(['google_compute_instance', 'google_secret_manager_secret'])('%s is not', (type) => {
    expect(rowOf(google, type, 'deletion_protection')?.fallback).toBe('false');
    const removed = changeOf(type, { before: { deletion_protection: true }, after: {} });
    expect(catalogue.assess(removed).disarmed).toHaveLength(1);
  });
});

describe('fact 4: only three types of AWS are protected by default', () => {
  test('and no other', () => {
    const terraform = protectedByDefault('protections/aws.tsv').filter((type) => type.startsWith('aws_'));
    expect(terraform.sort()).toEqual([
      'aws_cloudtrail_event_data_store',
      'aws_qldb_ledger',
      'aws_quicksight_account_settings',
    ]);
  });

  test.each([
    ['aws_qldb_ledger', 'deletion_protection', 0],
    ['aws_lb', 'enable_deletion_protection', 1],
  ])('so that taking the line away from %s is judged by that', (type, path, lost) => {
    expect(catalogue.assess(changeOf(type, { before: { [path]: true }, after: {} })).disarmed).toHaveLength(
      lost,
    );
  });
});

test('fact 5: disable_api_termination did not stop every version of Terraform', () => {
  const { standing, fate } = catalogue.assess(deletionOf('aws_instance', { disable_api_termination: true }));
  expect(standing).toEqual([expect.stringContaining('switch that off by themselves')]);
  expect(fate).toBe('destroyed');
});

describe.each(['aws_db_instance', 'aws_rds_cluster'])(
  'fact 6: the destroy of %s goes past protection that was put on elsewhere',
  (type) => {
    const standing = (before: Record<string, boolean>) => catalogue.assess(deletionOf(type, before)).standing;

    test('where changes apply at once', () => {
      expect(standing({ deletion_protection: false, apply_immediately: true })).toEqual([
        expect.stringContaining('outside of Terraform'),
      ]);
    });

    test('and only there', () => {
      expect(standing({ deletion_protection: false, apply_immediately: false })).toEqual([]);
    });
  },
);

test('fact 7: force_destroy of aws_dsql_cluster goes past its protection', () => {
  const before = { deletion_protection_enabled: true, force_destroy: true };
  const { standing, fate } = catalogue.assess(deletionOf('aws_dsql_cluster', before));
  expect(standing).toEqual([expect.stringContaining('destroys it all the same')]);
  expect(fate).toBe('destroyed');
});

describe('fact 8: some defaults of AWS destroy', () => {
  test.each([
    ['aws_db_instance', 'delete_automated_backups', 'true'],
    ['aws_fsx_lustre_file_system', 'skip_final_backup', 'true'],
    ['aws_fms_policy', 'delete_all_policy_resources', 'true'],
    ['aws_instance', 'root_block_device.delete_on_termination', 'true'],
  ])('%s %s is %s by default', (type, path, fallback) => {
    expect(rowOf(aws, type, path)?.fallback).toBe(fallback);
  });

  test('so that taking the line away is a loss', () => {
    const removed = changeOf('aws_db_instance', { before: { delete_automated_backups: false }, after: {} });
    expect(catalogue.assess(removed).disarmed).toHaveLength(1);
  });

  test.each([
    ['aws_elasticache_cluster', 'final_snapshot_identifier'],
    ['aws_elasticache_replication_group', 'final_snapshot_identifier'],
    ['aws_memorydb_cluster', 'final_snapshot_name'],
  ])('%s takes no final snapshot unless one is named', (type, name) => {
    expect(catalogue.assess(deletionOf(type, {})).fate).toBe('destroyed');
    expect(catalogue.assess(deletionOf(type, { [name]: 'last' })).fate).toBe('snapshotted');
  });
});

describe('fact 9: the features of the Azure provider decide, and are in no change', () => {
  test.each([
    ['azurerm_key_vault_key', 'purges'],
    ['azurerm_key_vault_secret', 'purges'],
    ['azurerm_key_vault_certificate', 'purges'],
    ['azurerm_linux_virtual_machine', 'OS disk'],
  ])('of %s', (type, says) => {
    const { fate, fateBecause } = catalogue.assess(deletionOf(type, {}));
    expect(fate).toBe('destroyed');
    expect(fateBecause).toContain(says);
    expect(fateBecause).toContain('features');
  });
});

test('fact 10: CloudFormation keeps nothing of a replaced database by default, whatever DeletionPolicy is', () => {
  const update = (before: Record<string, string>) =>
    catalogue.assess(changeOf('AWS::RDS::DBInstance', { before, after: {} })).disarmed;
  expect(update({ UpdateReplacePolicy: 'Snapshot' }).map(({ kind }) => kind)).toEqual([
    'deletion_protection',
  ]);
  expect(update({ DeletionPolicy: 'Snapshot' })).toEqual([]);
});

describe('fact 11: CloudFormation takes snapshots of eight types only', () => {
  test('and is asked to for no other', () => {
    const told = catalogue.rules.flatMap(({ instead }) =>
      instead.filter(({ text }) => text.startsWith('This type knows the policy Snapshot')),
    );
    expect(told.map(({ expects }) => (expects['type'] as readonly string[]).length)).toEqual([8]);
  });

  const columns = ['type', 'stateful', 'replaces', 'may', 'keeps'] as const;
  const stateful = parseTable(readTable, 'replacement/aws.tsv', columns).filter(
    (row) => row.stateful === 'yes',
  );

  test('its specification calls 29 types stateful', () => {
    expect(stateful).toHaveLength(29);
  });

  test.each([
    'AWS::DSQL::Cluster',
    'AWS::MemoryDB::Cluster',
    'AWS::MSK::Cluster',
    'AWS::ECR::Repository',
    'AWS::S3Tables::TableBucket',
    'AWS::Timestream::Table',
    'AWS::RDS::GlobalCluster',
  ])('%s holds data all the same', (type) => {
    expect(stateful.map((row) => row.type)).not.toContain(type);
    expect(catalogue.assess(deletionOf(type, {}))).toMatchObject({ holds: 'data', severity: 'critical' });
  });
});

test('fact 12: CloudFormation replaces a database for another port, which Terraform changes in place', () => {
  const row = readTable('replacement/aws.tsv')
    .split('\n')
    .find((line) => line.startsWith('AWS::RDS::DBInstance\t'));
  expect(row?.split('\t').slice(2, 4).join(' ').split(' ')).toContain('Port');
  const port = changeOf('aws_db_instance', { before: { port: 5432 }, after: { port: 5433 } });
  expect(catalogue.assess(port).disruptions.map(({ effect }) => effect)).toEqual(['reboot']);
});

describe('fact 13: skip_destroy, retain and preserve mean the opposite of force_destroy', () => {
  const KEEPING: readonly (readonly [type: string, attribute: string])[] = [
    ['aws_cloudwatch_log_group', 'skip_destroy'],
    ['aws_cloudformation_stack_set_instance', 'retain_stack'],
    ['aws_cloudfront_distribution', 'retain_on_delete'],
    ['aws_servicecatalog_provisioned_product', 'retain_physical_resources'],
    ['aws_eks_addon', 'preserve'],
  ];

  const update = (type: string, attribute: string, from: boolean) =>
    catalogue.assess(changeOf(type, { before: { [attribute]: from }, after: { [attribute]: !from } }))
      .disarmed;

  test('to switch it off takes protection away, and on gives it', () => {
    for (const [type, attribute] of KEEPING) {
      expect(update(type, attribute, true)).toHaveLength(1);
      expect(update(type, attribute, false)).toEqual([]);
    }
    expect(update('aws_s3_bucket', 'force_destroy', true)).toEqual([]);
    expect(update('aws_s3_bucket', 'force_destroy', false)).toHaveLength(1);
  });

  test.each(KEEPING)('a deletion of %s that %s is on for destroys nothing', (type, attribute) => {
    expect(catalogue.assess(deletionOf(type, { [attribute]: true })).fate).toBe('orphaned');
    expect(catalogue.assess(deletionOf(type, { [attribute]: false })).fate).toBe('destroyed');
  });
});

describe('fact 14: AWS says where and what a thing is in attributes of its own', () => {
  const environment = (told: Told) =>
    environmentOf(changeSample(told), { environment: null, workspace: null }, policySample()).is;

  test('the region argument of version 6 is the region of a resource whose ARN has none', () => {
    const bucket = { arn: 'arn:aws:s3:::orders', region: 'eu-central-1' };
    expect(locationOf(changeSample({ type: 'aws_s3_bucket', before: bucket })).region).toBe('eu-central-1');
    const queue = { region: 'us-west-2', name: 'work' };
    expect(locationOf(changeSample({ type: 'aws_sqs_queue', after: queue })).region).toBe('us-west-2');
  });

  test('tags_all has the tags that the provider gives to everything', () => {
    const tags = { tags: null, tags_all: { Environment: 'production' } };
    expect(environment({ type: 'aws_sqs_queue', before: tags })).toBe('production');
    const test = { tags: {}, tags_all: { Environment: 'test' } };
    expect(environment({ type: 'aws_sqs_queue', before: test })).toBe('non-production');
  });

  test('a region in the tag environment says nothing, and stage says what it is', () => {
    const labelled = (stage: string) => ({
      type: 'aws_sqs_queue',
      before: { tags: { Namespace: 'eg', Environment: 'uw2', Stage: stage, Name: `eg-uw2-${stage}-work` } },
    });
    expect(environment(labelled('prod'))).toBe('production');
    expect(environment(labelled('dev'))).toBe('non-production');
    expect(environment({ type: 'aws_sqs_queue', before: { tags: { Environment: 'uw2' } } })).toBe('unknown');
  });
});
