import { expect, test } from 'vitest';
import { createCatalogue } from '../../src/catalogue/catalogue.ts';
import { CheckError } from '../../src/model/error.ts';
import { readTable } from './catalogue-under-test.ts';
import { deletionOf } from './sample.ts';

const codeOf = (act: () => unknown): string | null => {
  try {
    act();
  } catch (thrown) {
    return thrown instanceof CheckError ? thrown.code : `not a CheckError: ${thrown}`;
  }
  return null;
};

/** The catalogue with one file changed. */
const withFile = (name: string, change: (text: string) => string) => (asked: string) =>
  asked === name ? change(readTable(asked)) : readTable(asked);

const ruleWith = (part: Readonly<Record<string, unknown>>) =>
  withFile('CP001.json', (text) => JSON.stringify({ ...JSON.parse(text), ...part }));

test.each([
  ['an unknown condition', { when: [{ fullMoon: true }] }],
  ['a condition of another scope', { when: [{ complete: false }] }],
  ['a condition from Object.prototype', { when: [{ constructor: true }] }],
  ['a word that is no effect', { when: [{ effect: ['obliterate'] }] }],
  ['a flag that is a text', { when: [{ production: 'yes' }] }],
  ['an empty list', { when: [{ effect: [] }] }],
  ['no alternatives', { when: [] }],
  ['an alternative that is no object', { when: ['production'] }],
  ['an unknown word in the message', { message: '{adress} goes' }],
  ['a word of another scope in the advice', { instead: ['{share} goes'] }],
  ['no advice', { instead: [] }],
  ['an unknown severity', { severity: 'catastrophic' }],
  ['an unknown scope', { scope: 'galaxy' }],
  ['a severity of the type where there is none', { scope: 'set', when: [{ complete: false }], message: 'x' }],
  ['an unknown key', { whenever: [] }],
  ['another id', { id: 'CP002' }],
  ['an empty title', { title: ' ' }],
])('a rule with %s is no catalogue', (_, part) => {
  expect(codeOf(() => createCatalogue(ruleWith(part)))).toBe('catalogue-invalid');
});

test.each([
  ['index.json', () => '{'],
  ['index.json', () => '[]'],
  ['index.json', () => '{"rules":[],"types":{},"protections":{}}'],
  ['index.json', (text: string) => text.replace('"CP002"', '"CP001"')],
])('%s that is broken is no catalogue', (name, change) => {
  expect(codeOf(() => createCatalogue(withFile(name, change)))).toBe('catalogue-invalid');
});

test.each([
  ['types/aws.tsv', (text: string) => text.replace('cloudformation\tholds', 'holds\tcloudformation')],
  ['types/aws.tsv', (text: string) => text.replace('DBInstance\tdata\tcritical', 'DBInstance\tdata\tgrave')],
  [
    'types/aws.tsv',
    (text: string) => text.replace('DBInstance\tdata\tcritical', 'DBInstance\triches\tcritical'),
  ],
  ['types/aws.tsv', (text: string) => `${text}aws_db_instance\t\tdata\thigh\tagain\n`],
  ['fates.tsv', (text: string) => text.replace('\tsnapshotted\t', '\tblessed\t')],
  ['fates.tsv', (text: string) => text.replace('=false', '=')],
  ['standing.tsv', (text: string) => text.replace('\n', '\naws_db_instance\ty\n')],
])('a deletion is not judged on a broken %s', (name, change) => {
  const broken = createCatalogue(withFile(name, change));
  expect(codeOf(() => broken.assess(deletionOf('aws_db_instance', {})))).toBe('catalogue-invalid');
});

test('only the tables of the providers that a change set has are read', () => {
  const asked: string[] = [];
  const watched = createCatalogue((name) => {
    asked.push(name);
    return readTable(name);
  });
  watched.assess(deletionOf('aws_db_instance', {}));
  watched.assess(deletionOf('aws_s3_bucket', {}));
  expect(asked.filter((name) => name.startsWith('types/'))).toEqual(['types/aws.tsv']);
  expect(asked.filter((name) => name.startsWith('protections/'))).toEqual([
    'protections/aws.tsv',
    'protections/any.tsv',
  ]);
});
