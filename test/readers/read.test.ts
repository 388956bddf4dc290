import { describe, expect, test } from 'vitest';
import { readChangeSet } from '../../src/readers/read.ts';
import { streamOf, utf8, utf16 } from './bytes.ts';
import { description, element } from './cloudformation/change-set.ts';
import { corpusBytes, corpusFiles } from './corpus.ts';
import { planText } from './terraform/plan.ts';

const kindOf = async (input: string | Uint8Array, cuts: readonly number[] = []): Promise<string> =>
  (await readChangeSet(streamOf(typeof input === 'string' ? utf8(input) : input, cuts), () => {})).kind;
const refusal = (input: string): Promise<unknown> => kindOf(input).then(String, (thrown) => thrown);

const changeSet = description([element()]);
const text = JSON.stringify(changeSet, null, 2);

/** More than what is looked at to tell what an input is. */
const BLANK = ' \r\n\t'.repeat(3000);

test.each([
  ['a plan', planText(), 'terraform'],
  ['a plan after white space', `\n\n  ${planText()}`, 'terraform'],
  ['a plan after much white space', `${BLANK}${planText()}`, 'terraform'],
  ['a change set', text, 'cloudformation'],
  ['one after much white space', `${BLANK}${text}`, 'cloudformation'],
  [
    'one with sorted keys',
    JSON.stringify(Object.fromEntries(Object.entries(changeSet).sort())),
    'cloudformation',
  ],
  ['one with another member first', JSON.stringify({ Capabilities: [], ...changeSet }), 'cloudformation'],
  ['a list of them', `\n [ ${text} ]`, 'cloudformation'],
  ['one in UTF-16, as Windows PowerShell writes it', utf16(text, 'le', true), 'cloudformation'],
  ['one with a byte order mark', utf8(`\uFEFF${text}`), 'cloudformation'],
])('%s goes to its reader', async (_name, input, kind) => {
  expect(await kindOf(input)).toBe(kind);
});

test('chunks of one byte change nothing', async () => {
  const cuts = Array.from({ length: text.length - 1 }, (_, at) => at + 1);
  expect(await kindOf(text, cuts)).toBe('cloudformation');
});

test('much white space is the same in any chunks, and alone it is an empty file', async () => {
  const plan = `${BLANK}${planText()}`;
  for (const cuts of [[1], [4096], [12_000], [4095, 4097, 11_999, 12_001]])
    expect(await kindOf(plan, cuts)).toBe('terraform');
  for (const blank of [BLANK, BLANK.slice(0, 4096), ' ']) {
    expect(await refusal(blank)).toMatchObject({
      code: 'not-a-plan',
      message: expect.stringContaining('empty file'),
    });
  }
  expect(await refusal(`${BLANK}${planText().slice(0, -3)}`)).toMatchObject({ code: 'not-json' });
  expect(await refusal(`${BLANK}Error: no plan`)).toMatchObject({ code: 'not-a-plan' });
});

test('a change set whose first kilobytes are something else is refused by name', async () => {
  const late = JSON.stringify({ Other: 'x'.repeat(5000), ...changeSet });
  expect(await refusal(late)).toMatchObject({
    code: 'not-a-plan',
    message: expect.stringContaining('change set'),
  });
});

describe('what only looks like a change set is refused by name', () => {
  test.each([
    ['the answer to create-change-set', '{"Id":"arn:x","StackId":"arn:y"}', /create-change-set/],
    ['the resources of a stack', '{"StackResources":[]}', /description of a stack/],
    ['a template', '{"AWSTemplateFormatVersion":"2010-09-09","Resources":{}}', /template/],
    ['a plan and a change set', JSON.stringify({ ...changeSet, resource_changes: [] }), /at once/],
    ['the changes alone', JSON.stringify(changeSet['Changes']), /only the list of changes/],
    ['one change alone', JSON.stringify(element()), /only the list of changes/],
    ['the console', '[{"resourceChange":{"action":"Remove"},"type":"Resource"}]', /console/],
    ['hooks', '{"ChangeSetId":"a","ChangeSetName":"b","Hooks":[]}', /hooks/],
    ['names alone', '{"ChangeSetId":"a","ChangeSetName":"b"}', /without its list of changes/],
    [
      'a list with something else in it',
      JSON.stringify([changeSet, { Id: 'a', StackId: 'b' }]),
      /page 2 is the answer/,
    ],
    ['a list with no object in it', JSON.stringify([changeSet, null]), /page 2 is not the description/],
    ['YAML', 'Capabilities: []\nChangeSetId: arn:aws:x\nChanges: []\n', /text, YAML or a table/],
    [
      'text',
      'arn:aws:cloudformation:eu-west-1:1:changeSet/cs/1\tcs\t2026\nCHANGES\tResource\n',
      /text, YAML or a table/,
    ],
    ['a table', '------\n|  DescribeChangeSet  |\n+----+\n', /text, YAML or a table/],
    ['an empty list', '[]', /array/],
  ])('%s', async (_name, input, message) => {
    expect(await refusal(input)).toMatchObject({
      code: 'not-a-plan',
      message: expect.stringMatching(message),
      mend: expect.stringMatching(/./),
    });
  });

  test('several documents after one another are not one', async () => {
    expect(await refusal(`${text}\n${text}`)).toMatchObject({
      code: 'not-json',
      mend: expect.stringContaining('jq -s'),
    });
  });

  test('a key that is there twice is refused at any depth', async () => {
    expect(await refusal(text.replace('"Action"', '"Action": "Add", "Action"'))).toMatchObject({
      code: 'duplicate-key',
    });
  });

  test.each(corpusFiles('not-plans'))('%s', async (file) => {
    await expect(readChangeSet(streamOf(corpusBytes(file)), () => {})).rejects.toMatchObject({
      name: 'CheckError',
    });
  });
});
