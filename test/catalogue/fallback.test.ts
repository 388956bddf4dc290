import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseFallback, wordsOf } from '../../src/catalogue/fallback.ts';
import { SEVERITIES } from '../../src/model/finding.ts';
import { catalogue, readTable } from './catalogue-under-test.ts';
import { changeOf, deletionOf, type json } from './sample.ts';

const fallback = parseFallback(readTable);

describe('a type that no table has is judged by its name', () => {
  test.each([
    ['acme_database', 'data', 'critical'],
    ['acme_database_v2', 'data', 'critical'],
    ['acme_object_storage', 'data', 'critical'],
    ['acme_block_volume', 'data', 'critical'],
    ['acme_postgresql_cluster', 'data', 'critical'],
    ['acme_disk_snapshot', 'data', 'critical'],
    ['acme_kms_key', 'identity', 'critical'],
    ['acme_api_key', 'identity', 'high'],
    ['acme_user', 'identity', 'high'],
    ['acme_dns_zone', 'traffic', 'critical'],
    ['acme_load_balancer', 'traffic', 'high'],
    ['acme_target_group', 'traffic', 'high'],
    ['acme_kubernetes_cluster', 'compute', 'high'],
    ['acme_server', 'compute', 'high'],
    ['acme_role_policy_attachment', 'control', 'high'],
    ['acme_audit_log', 'control', 'high'],
    ['acme_firewall_rule', 'control', 'high'],
    ['acme_volume_tag', 'control', 'medium'],
    ['acme_cidr_association', 'control', 'medium'],
    ['acme_mysql_parameter_group', 'compute', 'medium'],
    ['Acme::Cloud::DBInstance', 'data', 'critical'],
    ['AWS::Brandnew::EFSFileSystem', 'data', 'critical'],
  ])('%s holds %s, %s', (type, holds, severity) => {
    expect(catalogue.assess(deletionOf(type, {}))).toMatchObject({ holds, severity });
  });

  test('which is said', () => {
    expect(catalogue.assess(deletionOf('acme_database', {})).loses).toMatch(
      /^check-plan has no row for this type, but by its name: /,
    );
  });

  test('and never as something that may go without a word', () => {
    const words = fc.constantFrom('big', 'key', 'tag', 'policy', 'association', 'set', 'x', 'db', 'v2', '1');
    fc.assert(
      fc.property(fc.array(words, { minLength: 1, maxLength: 5 }), (parts) => {
        const { holds, severity } = fallback.byName(['acme', ...parts].join('_'));
        expect(SEVERITIES.slice(0, 3)).toContain(severity);
        expect(holds).not.toBe('nothing');
      }),
    );
  });
});

describe('and by what is set on it, where that says worse', () => {
  test.each<[string, Parameters<typeof json>[0], string, string]>([
    ['acme_gadget', { skip_final_snapshot: true }, 'data', 'critical'],
    ['acme_gadget', { backup_retention_period: 7 }, 'data', 'critical'],
    ['Acme::Big::Gadget', { BackupRetentionPeriod: 7 }, 'data', 'critical'],
    ['acme_gadget', { force_destroy: false }, 'data', 'high'],
    ['acme_gadget', { deletion_protection: false }, 'unknown', 'critical'],
    ['acme_server', { allocated_storage: 100 }, 'data', 'critical'],
    ['acme_association', { force_destroy: true }, 'data', 'high'],
    ['acme_gadget', { backup_retention_period: null, force_destroy: '' }, 'unknown', 'high'],
    ['acme_database', { force_destroy: true }, 'data', 'critical'],
  ])('%s with %o holds %s, %s', (type, before, holds, severity) => {
    expect(catalogue.assess(deletionOf(type, before))).toMatchObject({ holds, severity });
  });

  test('also for a type that only a pattern covers, and not for one with a row of its own', () => {
    const shape = { skip_final_snapshot: true };
    expect(catalogue.assess(deletionOf('aws_sagemaker_brand_new', shape)).severity).toBe('critical');
    expect(catalogue.assess(deletionOf('aws_db_parameter_group', shape)).severity).toBe('medium');
  });

  test('but not for what is only created', () => {
    const change = changeOf('acme_gadget', { after: { force_destroy: true } }, { effect: 'create' });
    expect(catalogue.assess(change).holds).toBe('unknown');
  });
});

test.each([
  ['acme_big_database_v2', ['big', 'database']],
  ['acme_v2', ['v2']],
  ['acme', []],
  ['AWS::RDS::DBInstance', ['rds', 'db', 'instance']],
  ['MongoDB::Atlas::ProjectIpAccessList', ['mongodb', 'atlas', 'project', 'ip', 'access', 'list']],
])('the words of %s', (type, words) => {
  expect(wordsOf(type)).toEqual(words);
});
