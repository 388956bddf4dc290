import { expect, test } from 'vitest';
import { movedBlock, type Rename, renamesIn } from '../../src/catalogue/rename.ts';
import type { SetSubject } from '../../src/catalogue/subject.ts';
import type { Cause } from '../../src/model/change.ts';
import { EFFECTS } from '../../src/model/change.ts';
import type { Counts, JudgedChange } from '../../src/model/report.ts';
import { catalogue } from './catalogue-under-test.ts';
import { changeOf, deletionOf, subjectOf } from './sample.ts';

type Part = Partial<JudgedChange> & { readonly address: string };

function judged(change: ReturnType<typeof changeOf>, part: Part): JudgedChange {
  const { environment } = subjectOf(change, 'production');
  const module = /^((?:module\.[^.]+\.)*module\.[^.]+)\./.exec(part.address)?.[1] ?? null;
  const rest = { environment, findings: [], location: { account: null, region: null }, needsSignOff: false };
  return { ...change, ...catalogue.assess(change), ...rest, module, ...part };
}

const gone = (address: string, part: Partial<JudgedChange> = {}) =>
  judged(deletionOf('aws_sqs_queue', {}), { address, ...part });
const made = (address: string, part: Partial<JudgedChange> = {}) =>
  judged(changeOf('aws_sqs_queue', {}, { effect: 'create' }), { address, ...part });

const subject = (changes: readonly JudgedChange[]): SetSubject => ({
  changes,
  counts: Object.fromEntries(EFFECTS.map((effect) => [effect, 0])) as Counts,
  facts: {} as SetSubject['facts'],
});
const pairs = (...changes: JudgedChange[]): readonly Rename[] => renamesIn(subject(changes));

const noModule: readonly Cause[] = [{ kind: 'reason', reason: 'delete_because_no_module', says: 'x' }];
const forced: readonly Cause[] = [
  {
    kind: 'attribute',
    path: ['name'],
    before: { exact: '1', visibility: 'shown' },
    after: { exact: '2', visibility: 'shown' },
  },
];

const Q = 'aws_sqs_queue';
test.each<[string, JudgedChange[], [from: string, to: string][]]>([
  ['one for one', [gone(`${Q}.a`), made(`${Q}.b`)], [[`${Q}.a`, `${Q}.b`]]],
  [
    'into a module, by what stands in it',
    [gone(`${Q}.a`), gone(`${Q}.b`), made(`module.m.${Q}.b`), made(`module.m.${Q}.a`)],
    [
      [`${Q}.a`, `module.m.${Q}.a`],
      [`${Q}.b`, `module.m.${Q}.b`],
    ],
  ],
  [
    'the same keys under another name',
    [gone(`${Q}.a["x"]`), gone(`${Q}.a["y"]`), made(`${Q}.b["y"]`), made(`${Q}.b["x"]`)],
    [
      [`${Q}.a["x"]`, `${Q}.b["x"]`],
      [`${Q}.a["y"]`, `${Q}.b["y"]`],
    ],
  ],
  [
    'a key renamed in each of two',
    [gone(`${Q}.a["x"]`), gone(`${Q}.b["x"]`), made(`${Q}.a["z"]`), made(`${Q}.b["z"]`)],
    [
      [`${Q}.a["x"]`, `${Q}.a["z"]`],
      [`${Q}.b["x"]`, `${Q}.b["z"]`],
    ],
  ],
  [
    'a module that is gone, said once for all that is in it',
    [
      gone(`module.a.${Q}.x`, { causes: noModule }),
      gone(`module.a.module.in.${Q}.y`, { causes: noModule }),
      made(`module.b.module.in.${Q}.y`),
      made(`module.b.${Q}.x`),
    ],
    [['module.a', 'module.b']],
  ],
  ['two that are alike: none is guessed', [gone(`${Q}.a`), made(`${Q}.b`), made(`${Q}.c`)], []],
  ['another type', [gone(`${Q}.a`), made('aws_sns_topic.a', { type: 'aws_sns_topic' })], []],
  ['another provider', [gone(`${Q}.a`), made(`${Q}.b`, { provider: 'other' })], []],
  ['a leftover object', [gone(`${Q}.a`, { deposed: 'a1b2c3d4' }), made(`${Q}.b`)], []],
  ['an attribute that forces it', [gone(`${Q}.a`, { causes: forced }), made(`${Q}.b`)], []],
  ['a key that would not stand in code as it is', [gone(`${Q}.a["\${x}\\n"]`), made(`${Q}.b`)], []],
])('%s', (_, changes, expected) => {
  const found = expected.map(([from, to]) => ({ from, to }));
  expect(pairs(...changes)).toEqual(found);
  expect(pairs(...changes.toReversed())).toEqual(found);
});

test('in a template it is the logical id that changes', () => {
  const of = (change: JudgedChange): JudgedChange => ({ ...change, type: 'AWS::SQS::Queue' });
  expect(pairs(of(gone('shop/Jobs')), of(made('shop/Work')))).toEqual([
    { from: 'shop/Jobs', to: 'shop/Work' },
  ]);
  expect(pairs(gone('shop/Jobs'), made('shop/Work'))).toEqual([]);
});

test('outside of production nothing is looked for', () => {
  const { environment } = subjectOf(deletionOf(Q, {}), 'non-production');
  expect(pairs(gone(`${Q}.a`, { environment }), made(`${Q}.b`))).toEqual([]);
});

test('a block has a line for each argument', () => {
  expect(movedBlock({ from: 'a.b', to: 'a.c' })).toBe('moved {\n  from = a.b\n  to   = a.c\n}');
});
