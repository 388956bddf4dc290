import { describe, expect, test } from 'vitest';
import { disruptionsIn } from '../../src/catalogue/disruption.ts';
import { kindOfType } from '../../src/catalogue/kind.ts';
import { parseProtections } from '../../src/catalogue/protection.ts';
import { rowsByType, typeColumns } from '../../src/catalogue/side-by-side.ts';
import { parseTypes } from '../../src/catalogue/types.ts';
import { catalogue, readTable } from './catalogue-under-test.ts';
import { changeOf } from './sample.ts';

const rows = (lines: readonly string[]) =>
  rowsByType(() => `${lines.join('\n')}\n`, 'made-up.tsv', ['path', 'safe', 'read'], ['path', 'safe']);
const HEADER = 'terraform\tcloudformation\tpath\tcfn_path\tsafe\tcfn_safe\tread';

describe('a row for the same thing in both tools', () => {
  test('is one row for each of its types', () => {
    expect(rows([HEADER, 'aws_a aws_b\tAWS::A::B\tin_snakes\tInCamels\ttrue\t\talways'])).toEqual([
      { type: 'aws_a', path: 'in_snakes', safe: 'true', read: 'always' },
      { type: 'aws_b', path: 'in_snakes', safe: 'true', read: 'always' },
      { type: 'AWS::A::B', path: 'InCamels', safe: 'true', read: 'always' },
    ]);
  });

  test('says for CloudFormation what is different there', () => {
    expect(rows([HEADER, 'aws_a\tAWS::A::B\tp\tP\ttrue\tEnabled\talways']).map(({ safe }) => safe)).toEqual([
      'true',
      'Enabled',
    ]);
  });

  test('may be of one tool only, and then says it once', () => {
    expect(rows([HEADER, '\tAWS::A::B\t\tP\ttrue\t\talways'])).toEqual([
      { type: 'AWS::A::B', path: 'P', safe: 'true', read: 'always' },
    ]);
  });

  test('is not looked up by a property', () => {
    expect(rows([HEADER, 'aws_a\tAWS::A::B#Part\tp\t\ttrue\t\talways']).map(({ type }) => type)).toEqual([
      'aws_a',
    ]);
  });

  test('stands under the columns of both tools, or it is no table', () => {
    expect(() => rows([HEADER.replace('cfn_safe', 'safe_there')])).toThrow('its columns are');
  });
});

const BOTH = ['types/aws.tsv', 'protections/aws.tsv', 'disruptions.tsv'];

test.each(BOTH)('every row of %s is of one of the tools or of both, and says nothing twice', (name) => {
  const text = readTable(name);
  expect(typeColumns(text)).toBe(2);
  const [header = '', ...lines] = text.trim().split('\n');
  const columns = header.split('\t');
  for (const line of lines) {
    const cells = line.split('\t');
    const [terraform = '', cloudformation = ''] = cells;
    const kinds = (cell: string) =>
      cell
        .split(' ')
        .filter((type) => type !== '')
        .map(kindOfType);
    expect(
      kinds(terraform).filter((kind) => kind !== 'terraform'),
      line,
    ).toEqual([]);
    expect(
      kinds(cloudformation).filter((kind) => kind !== 'cloudformation'),
      line,
    ).toEqual([]);
    expect(terraform + cloudformation, line).not.toBe('');
    for (const [at, column] of columns.entries()) {
      if (!column.startsWith('cfn_')) continue;
      expect(cells[at] === '' || cells[at] !== cells[at - 1], `${line}: ${column}`).toBe(true);
      // A path is never the same in both; anything else has a place of its own only where both tools are.
      const isThere =
        column === 'cfn_path' ? cloudformation !== '' : terraform !== '' && cloudformation !== '';
      expect(cells[at] === '' || isThere, `${line}: ${column}`).toBe(true);
      if (column === 'cfn_path')
        expect([cells[at - 1] !== '', cells[at] !== ''], line).toEqual([
          terraform !== '',
          cloudformation !== '',
        ]);
    }
  }
});

test('both tools are told the same of the same thing', () => {
  const types = parseTypes(readTable, 'types/aws.tsv');
  expect(types.get('AWS::RDS::DBInstance')).toEqual(types.get('aws_db_instance'));
  const of = parseProtections(readTable, 'protections/aws.tsv');
  const row = (type: string, path: string) => of(type).find((one) => one.path === path);
  expect(row('AWS::S3::Bucket', 'VersioningConfiguration.Status')).toMatchObject({ safe: ['Enabled'] });
  expect(row('aws_s3_bucket_versioning', 'versioning_configuration.status')).toMatchObject({
    safe: ['Enabled'],
  });
});

test('no disruption stands twice', () => {
  const keys = disruptionsIn(readTable).map(({ type, names, effect }) =>
    [type, names.join('.'), effect].join(' '),
  );
  expect(keys.filter((key, at) => keys.indexOf(key) < at)).toEqual([]);
});

test.each([
  [
    'AWS::EKS::Cluster',
    { ResourcesVpcConfig: { EndpointPublicAccess: false } },
    { ResourcesVpcConfig: {} },
    'ResourcesVpcConfig.EndpointPublicAccess',
  ],
  ['AWS::RDS::DBInstance', { DeleteAutomatedBackups: false }, {}, 'DeleteAutomatedBackups'],
  ['AWS::S3::Bucket', { AccessControl: 'Private' }, { AccessControl: 'PublicRead' }, 'AccessControl'],
  [
    'AWS::OpenSearchService::Domain',
    { LogPublishingOptions: { AUDIT_LOGS: { Enabled: true } } },
    { LogPublishingOptions: { AUDIT_LOGS: { Enabled: false } } },
    'LogPublishingOptions.AUDIT_LOGS.Enabled',
  ],
  [
    'AWS::Elasticsearch::Domain',
    { ElasticsearchClusterConfig: { InstanceCount: 3 } },
    { ElasticsearchClusterConfig: { InstanceCount: 1 } },
    'ElasticsearchClusterConfig.InstanceCount',
  ],
  [
    'aws_s3_bucket_acl',
    { access_control_policy: [{ grant: [{ grantee: [{ uri: null }] }] }] },
    {
      access_control_policy: [
        { grant: [{ grantee: [{ uri: 'http://acs.amazonaws.com/groups/global/AllUsers' }] }] },
      ],
    },
    'access_control_policy.grant.grantee.uri',
  ],
])('%s: the update from %j to %j takes away what %s was', (type, before, after, path) => {
  const { disarmed } = catalogue.assess(changeOf(type, { before, after }));
  expect(disarmed.map((one) => one.path.filter((step) => typeof step === 'string').join('.'))).toContain(
    path,
  );
});

test.each([
  ['AWS::QLDB::Ledger', { DeletionProtection: true }, {}],
  ['AWS::KMS::Key', { Enabled: true }, {}],
  [
    'AWS::AutoScaling::AutoScalingGroup',
    { AvailabilityZones: ['a', 'b'] },
    { AvailabilityZones: ['b', 'c'] },
  ],
])('%s: the update from %j to %j takes nothing away', (type, before, after) => {
  expect(catalogue.assess(changeOf(type, { before, after })).disarmed).toEqual([]);
});
