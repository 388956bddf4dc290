import fc from 'fast-check';
import { expect, test } from 'vitest';
import { element, readElement } from './plan.ts';

const replace = (change: Readonly<Record<string, unknown>>, rest = {}) =>
  readElement(element({ actions: ['delete', 'create'], before: {}, after: {}, ...change }, rest));

test('names the attribute with its value before and after', async () => {
  const { causes } = await replace({
    replace_paths: [['lsi', 0, 'name']],
    before: { lsi: [{ name: 'a' }] },
    after: { lsi: [{ name: 'b' }] },
  });
  expect(causes).toEqual([
    {
      kind: 'attribute',
      path: ['lsi', 0, 'name'],
      before: { exact: '"a"', visibility: 'private' },
      after: { exact: '"b"', visibility: 'private' },
    },
  ]);
});

test.each([
  ['both plain', {}, 'private', 'private'],
  ['sensitive before', { before_sensitive: { a: true } }, 'sensitive', 'sensitive'],
  ['sensitive after', { after_sensitive: { a: true } }, 'sensitive', 'sensitive'],
  ['all of it sensitive', { after_sensitive: true }, 'sensitive', 'sensitive'],
  ['a part of it sensitive', { after_sensitive: { a: [{ b: true }] } }, 'sensitive', 'sensitive'],
  ['a neighbour sensitive', { after_sensitive: { other: true } }, 'private', 'private'],
  ['no longer there', { after: {} }, 'private', 'absent'],
  ['not yet there', { before: null }, 'absent', 'private'],
  ['known only after apply', { after: {}, after_unknown: { a: true } }, 'private', 'unknown'],
  ['all of it unknown', { after: {}, after_unknown: true }, 'private', 'unknown'],
  ['a part of it unknown', { after_unknown: { a: [{ b: true }] } }, 'private', 'unknown'],
  ['noise in the mask', { after_unknown: { a: [{}, false] } }, 'private', 'private'],
  [
    'sensitive and unknown',
    { after: {}, after_unknown: { a: true }, after_sensitive: { a: true } },
    'sensitive',
    'sensitive',
  ],
])('a value is shown no further than it may be: %s', async (_name, change, before, after) => {
  const { causes } = await replace({
    replace_paths: [['a']],
    before: { a: [1] },
    after: { a: [2] },
    ...change,
  });
  expect(causes).toMatchObject([{ before: { visibility: before }, after: { visibility: after } }]);
});

test('an unknown value is not written as one that is taken away', async () => {
  const gone = await replace({ replace_paths: [['a']], before: { a: 1 } });
  const open = await replace({ replace_paths: [['a']], before: { a: 1 }, after_unknown: { a: true } });
  expect(gone.causes).toMatchObject([{ after: { exact: 'absent' } }]);
  expect(open.causes).toMatchObject([{ after: { exact: 'unknown' } }]);
});

test('a path through a set ends at the set, and is named once', async () => {
  const replace_paths = [
    ['rules', { key: 'secret' }, 'port'],
    ['rules', { key: 'other' }],
  ];
  const { causes } = await replace({ replace_paths, before: { rules: [] }, after: { rules: [1] } });
  expect(causes.map((cause) => cause.kind === 'attribute' && cause.path)).toEqual([['rules']]);
});

test('a path through __proto__ finds only what the document has', async () => {
  const { causes } = await replace({ replace_paths: [['__proto__', 'toString'], ['constructor']] });
  expect(causes).toMatchObject([{ before: { visibility: 'absent' } }, { before: { visibility: 'absent' } }]);
});

test('numbers keep their digits', async () => {
  const change = await replace({ replace_paths: [['a']], before: { a: 0.1 } });
  expect(change.causes).toMatchObject([{ before: { exact: '0.1' } }]);
});

test('the order of the paths in the document does not show', async () => {
  const paths = [['b'], ['a'], ['a', 10], ['a', 2], ['a', 'x'], []];
  const sorted = (await replace({ replace_paths: paths })).causes;
  await fc.assert(
    fc.asyncProperty(fc.shuffledSubarray(paths, { minLength: paths.length }), async (shuffled) => {
      expect((await replace({ replace_paths: shuffled })).causes).toEqual(sorted);
    }),
    { numRuns: 20 },
  );
});

test.each([
  ['replace_because_tainted', [], 1],
  ['replace_because_cannot_update', [], 1],
  ['replace_because_cannot_update', [['a']], 1],
  ['replace_by_request', [['a']], 2],
  ['something_new', [], 1],
])('the reason %s with the paths %j makes %i causes', async (action_reason, replace_paths, count) => {
  expect((await replace({ replace_paths }, { action_reason })).causes).toHaveLength(count);
});

test('a reason that nobody knows is shown as it is', async () => {
  const { causes } = await replace({}, { action_reason: 'constructor' });
  expect(causes).toEqual([{ kind: 'reason', reason: 'constructor', says: 'constructor' }]);
});
