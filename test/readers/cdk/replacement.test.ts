import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { readCatalogueFile } from '../../../src/adapters/catalogue-files.ts';
import { consequenceOf, replacementsIn } from '../../../src/readers/cdk/replacement.ts';

const extract = readCatalogueFile('replacement/aws.tsv');
const of = replacementsIn(readCatalogueFile('replacement/own.tsv'), extract);

test('the table has a row of five columns for every type, each once', () => {
  const [head, ...rows] = extract.trimEnd().split('\n');
  expect(head).toBe('type\tstateful\treplaces\tmay\tkeeps');
  expect(rows.length).toBeGreaterThan(1_500);
  expect(rows.filter((row) => row.split('\t').length !== 5)).toEqual([]);
  expect(new Set(rows.map((row) => row.split('\t')[0])).size).toBe(rows.length);
});

test('the version that it is from is the one that is installed to make it', () => {
  const { devDependencies } = JSON.parse(readFileSync('package.json', 'utf8'));
  const version = devDependencies['@aws-cdk/aws-service-spec'];
  expect(readCatalogueFile('sources.tsv')).toContain(
    `replacement/aws\t*\t@aws-cdk/aws-service-spec ${version} (Apache-2.0)`,
  );
});

test.each([
  ['AWS::RDS::DBInstance', ['StorageEncrypted'], 'replaces'],
  ['AWS::RDS::DBInstance', ['AllocatedStorage'], 'keeps'],
  ['AWS::EC2::Instance', ['UserData'], 'may replace'],
  ['AWS::S3::Bucket', ['Novelty'], 'not known'],
  ['AWS::Nothing::AtAll', ['Name'], 'not known'],
  ['AWS::EFS::AccessPoint', ['PosixUser', 'Uid'], 'replaces'],
  ['AWS::CDK::Metadata', ['Analytics'], 'keeps'],
  ['type', ['replaces'], 'not known'],
  ['AWS::S3::Bucket\nAWS::S3::Bucket', ['BucketName'], 'not known'],
])('%s %j: %s', (type, path, expected) => {
  expect(consequenceOf({ path, before: 'a', after: 'b' }, of(type))).toBe(expected);
});

test('a list that a replacing property stands in may have been turned round, so it only may replace', () => {
  const [row] = extract
    .split('\n')
    .filter((line) => /\t[^\t]*\w\.\*\.\w/.test(line.split('\t').slice(0, 3).join('\t')));
  const [type = '', , replaces = ''] = (row ?? '').split('\t');
  const path = (replaces.split(' ').find((one) => one.includes('.*.')) ?? '')
    .split('.')
    .map((step) => (step === '*' ? 0 : step));
  expect(path.length).toBeGreaterThan(2);
  expect(consequenceOf({ path, before: 'a', after: 'b' }, of(type))).toBe('may replace');
});
