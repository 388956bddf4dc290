import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { disruptionsIn } from '../../src/catalogue/disruption.ts';
import { parseIndex } from '../../src/catalogue/index-file.ts';
import { type ProtectionKind, protectionsIn } from '../../src/catalogue/protection.ts';
import { coversType, parseTable } from '../../src/catalogue/table.ts';
import { parseTypes } from '../../src/catalogue/types.ts';
import { readTable } from './catalogue-under-test.ts';

/** Facts drawn by script from the sources and schemas of providers that are not at hand here. */
const REFERENCE = new URL('../../../shared/reference/catalogue/', import.meta.url);
const missing = !existsSync(REFERENCE);

type Row = Readonly<Record<string, string>>;
const facts = (name: string): readonly Row[] => {
  if (missing) return [];
  const text = readFileSync(new URL(name, REFERENCE), 'utf8');
  return parseTable<string>(() => text, name, text.slice(0, text.indexOf('\n')).split('\t'));
};
/** A row as what it says of Terraform and what of CloudFormation. A property of another type is none by itself. */
const sides = (row: Row): readonly (readonly [type: string, path: string])[] =>
  (
    [
      [row['terraform_type'] ?? '', row['terraform_attribute'] ?? ''],
      [row['cloudformation_type'] ?? '', row['cloudformation_attribute'] ?? ''],
    ] as const
  ).filter(([type, path]) => type !== '' && !type.includes('#') && path !== '');

const index = parseIndex(readTable);
const types = new Map(
  [...new Set(index.types.values())].flatMap((name) => [...parseTypes(readTable, `types/${name}.tsv`)]),
);
const protections = [...new Set(index.protections.values())].flatMap((name) =>
  protectionsIn(readTable, `protections/${name}.tsv`),
);
const disruptions = disruptionsIn(readTable);
const key = (type: string, path: string): string => `${type} ${path}`;

/** What these kinds say counts for a destruction too; all others speak of updates only. */
const SPEAKS_OF_DESTRUCTION: ReadonlySet<ProtectionKind> = new Set([
  'deletion_protection',
  'force_destroy',
  'final_snapshot',
  'recovery_window',
]);

const replacing = new Map(
  parseTable(readTable, 'replacement/aws.tsv', ['type', 'stateful', 'replaces', 'may', 'keeps']).map(
    ({ type, replaces }) => [type, new Set(replaces.split(' '))],
  ),
);
const planned = new Set(
  facts('forces_replacement.tsv')
    // What the released provider itself has planned; a block that only replaces when it comes or goes may change inside.
    .filter(
      (row) =>
        row['mode'] === 'always' &&
        row['evidence']?.startsWith('plan ') &&
        !row['evidence'].includes('adding or removing'),
    )
    .map((row) => key(row['terraform_type'] ?? '', row['terraform_attribute'] ?? '')),
);
/** Whether a change of it never comes as an update. */
const onlyReplaces = (type: string, names: readonly string[]): boolean =>
  type.includes('::')
    ? names.some((_, at) => replacing.get(type)?.has(names.slice(0, at + 1).join('.')))
    : planned.has(key(type, names.join('.')));

test('no setting of CloudFormation that matters in an update always replaces', () => {
  const dead = [...protections.filter(({ kind }) => !SPEAKS_OF_DESTRUCTION.has(kind)), ...disruptions]
    .filter(({ type, names }) => type.includes('::') && onlyReplaces(type, names))
    .map(({ type, names }) => key(type, names.join('.')));
  // The same setting of Terraform can be updated: the row is for that, and says of CloudFormation what it is called there.
  const alone = dead.filter((one) => !beside.has(one));
  expect(alone).toEqual([]);
});

/** Properties whose row is for Terraform as well. */
const beside = new Set(
  [...rows('protections/aws.tsv'), ...rows('disruptions.tsv')].flatMap((row) =>
    row['terraform'] === ''
      ? []
      : (row['cloudformation'] ?? '').split(' ').map((type) => key(type, row['cfn_path'] ?? '')),
  ),
);
function rows(name: string): readonly Row[] {
  const text = readTable(name);
  return parseTable<string>(() => text, name, text.slice(0, text.indexOf('\n')).split('\t'));
}

describe.skipIf(missing)('against the facts of the providers (needs ../shared/reference)', () => {
  test('no row is dead because a change of its attribute always replaces', () => {
    const dead = [
      ...rows('protections/aws.tsv').filter(({ kind }) => !SPEAKS_OF_DESTRUCTION.has(kind as ProtectionKind)),
      ...rows('disruptions.tsv'),
    ].filter((row) => {
      const each = (['terraform path', 'cloudformation cfn_path'] as const).flatMap((pair) => {
        const [tool = '', path = ''] = pair.split(' ');
        return (row[tool] ?? '')
          .split(' ')
          .filter((type) => type !== '')
          .map((type) => onlyReplaces(type, (row[path] ?? '').split('.')));
      });
      return each.every((one) => one);
    });
    expect(
      dead.map((row) => [row['terraform'], row['path'], row['cloudformation'], row['cfn_path']].join(' ')),
    ).toEqual([]);
  });

  test('every type whose content is known has a row', () => {
    const known = facts('holds.tsv').flatMap((row) => [
      row['terraform_type'] ?? '',
      row['cloudformation_type'] ?? '',
    ]);
    expect(known.length).toBeGreaterThan(2000);
    expect(known.filter((type) => type !== '' && !type.includes('#') && !types.has(type))).toEqual([]);
  });

  const OF_REFERENCE = [
    'google',
    'azurerm',
    'kubernetes',
    'helm',
    'cloudflare',
    'mongodbatlas',
    'snowflake',
    'datadog',
    'confluent',
    'digitalocean',
  ];

  test.each(OF_REFERENCE)('every attribute that protects in a row of %s is one', (provider) => {
    const known = new Set(
      facts('protections.tsv')
        .flatMap(sides)
        .map(([type, path]) => key(type, path)),
    );
    const ours = protections.filter(({ type }) => type.startsWith(`${provider}_`) && !type.endsWith('*'));
    expect(ours.length).toBeGreaterThan(5);
    // A key of a map has no schema.
    const odd = ours.filter(
      ({ type, path }) =>
        !known.has(key(type, path)) &&
        !(path.endsWith(']') && known.has(key(type, path.replace(/\[.*$/, '')))),
    );
    expect(odd.map(({ type, path }) => key(type, path))).toEqual([]);
  });

  test.each(OF_REFERENCE)('every attribute that disturbs in a row of %s is one', (provider) => {
    const known = new Set(
      facts('disruptive_in_place.tsv')
        .flatMap(sides)
        .map(([type, path]) => key(type, path)),
    );
    const ours = disruptions
      .filter(({ type }) => type.startsWith(`${provider}_`))
      .map(({ type, names }) => key(type, names.join('.')));
    expect(ours.length).toBeGreaterThan(3);
    expect(ours.filter((one) => !known.has(one))).toEqual([]);
  });

  /** Facts that are in no table, and why. Anything else that is not there is an omission. */
  const LEFT_OUT: readonly (readonly [why: string, is: (row: Row, type: string, path: string) => boolean])[] =
    [
      [
        'changes how other edits are carried out, and protects nothing',
        (row) => row['kind'] === 'modifier' || row['effect'] === 'modifier',
      ],
      ['is a setting of the provider, and in no change', (_, type) => type.startsWith('provider:')],
      [
        'always replaces, so no update can take it away',
        (_, type, path) => onlyReplaces(type, path.split('.')),
      ],
      ['cannot be changed at all: its type has no update', (_, type) => noUpdate.has(type)],
      [
        'is in the table by the name of its provider',
        (_, type, path) =>
          protections.some(
            (row) => row.type.endsWith('*') && coversType(row.type, type) && row.path === path,
          ),
      ],
      ['is told as what it disturbs', (_, type, path) => disturbing.has(key(type, path))],
      ['is only told by the provider: nobody sets it', (_, __, path) => path === 'traffic_statuses'],
      ['is written with another path, as the schema has it', (_, type, path) => MENDED.has(key(type, path))],
    ];
  const disturbing = new Set(disruptions.map(({ type, names }) => key(type, names.join('.'))));
  const noUpdate = new Set(
    facts('forces_replacement.tsv')
      .filter((row) => row['terraform_attribute'] === '*')
      .map((row) => row['terraform_type']),
  );

  const leftOut = (name: string, has: ReadonlySet<string>): readonly string[] =>
    facts(name).flatMap((row) =>
      sides(row)
        .filter(
          ([type, path]) => !has.has(key(type, path)) && !LEFT_OUT.some(([, is]) => is(row, type, path)),
        )
        .map(([type, path]) => key(type, path)),
    );

  test('every attribute that is known to protect has a row, or there is a reason', () => {
    expect(leftOut('protections.tsv', new Set(protections.map(({ type, path }) => key(type, path))))).toEqual(
      [],
    );
  });

  test('every attribute that is known to disturb has a row, or there is a reason', () => {
    expect(
      leftOut(
        'disruptive_in_place.tsv',
        new Set(disruptions.map(({ type, names }) => key(type, names.join('.')))),
      ),
    ).toEqual([]);
  });
});

const MENDED = new Set([
  'AWS::Elasticsearch::Domain LogPublishingOptions.Enabled',
  'AWS::OpenSearchService::Domain LogPublishingOptions.Enabled',
  'AWS::SES::MailManagerArchive Retention',
  'AWS::Timestream::Table RetentionProperties',
  'AWS::VerifiedPermissions::PolicyStore DeletionProtection',
  'AWS::EMRServerless::Application WorkerTypeSpecifications.ImageConfiguration',
  'AWS::EMRServerless::Application WorkerTypeSpecifications.ImageConfiguration.ImageUri',
  'aws_athena_workgroup configuration_managed_query_results_configuration_encryption_configuration.kms_key',
  'aws_emrserverless_application monitoring_configuration_cloudwatch_logging_configuration.encryption_key_arn',
  'aws_emrserverless_application monitoring_configuration_managed_persistence_monitoring_configuration.encryption_key_arn',
  'aws_emrserverless_application monitoring_configuration_s3_monitoring_configuration.encryption_key_arn',
  'aws_glue_connection authentication_configuration_init.kms_key_arn',
  'aws_grafana_workspace workspace_init.kms_key_id',
  'aws_s3_bucket_acl access_control_policy',
  'aws_securitylake_data_lake configuration_encryption_configuration.kms_key_id',
  'confluent_kafka_topic config',
]);
